package holdfast.simulator;

import java.util.Arrays;

/// The appliance that the simulator pretends to be.
public enum Role {
    SDDC_MANAGER("sddc-manager", "SddcManager"),
    /// Only from 9.0.
    INSTALLER("installer", "VcfInstaller"),
    /// Only until 5.2: HTTP Basic, no password retrievable.
    CLOUD_BUILDER("cloud-builder", "CloudBuilder"),
    /// VCF Operations with its fleet accounts, only from 9.1: no password retrievable, but each can be changed.
    OPERATIONS("operations", "VcfOperations"),
    /// The fleet management appliance with its Locker, only 9.0. In no published description.
    FLEET_MANAGEMENT("fleet-management", "FleetManagement");

    private final String text;
    private final String wire;

    Role(String text, String wire) {
        this.text = text;
        this.wire = wire;
    }

    /// @throws IllegalArgumentException listing the roles there are
    public static Role of(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text.equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "role: must be one of "
                                        + Arrays.stream(values()).map(Role::text).toList()
                                        + ", is '"
                                        + text
                                        + "'"));
    }

    /// As written on the command line.
    public String text() {
        return text;
    }

    /// As `GET /v1/system/appliance-info` writes it.
    String wire() {
        return wire;
    }

    /// @throws IllegalArgumentException when no such appliance exists in `version`
    void requireIn(Version version) {
        if (this == INSTALLER && !version.hasInstaller()) {
            throw new IllegalArgumentException("role: an installer exists only from 9.0");
        }
        if (this == CLOUD_BUILDER && version.hasInstaller()) {
            throw new IllegalArgumentException("role: a cloud-builder exists only until 5.2");
        }
        boolean fleetApi = version.isAtLeast(Version.V9_1_0);
        if (this == OPERATIONS && !fleetApi) {
            throw new IllegalArgumentException("role: operations exists only from 9.1");
        }
        if (this == FLEET_MANAGEMENT && (fleetApi || !version.hasInstaller())) {
            throw new IllegalArgumentException("role: fleet-management exists only in 9.0");
        }
    }
}
