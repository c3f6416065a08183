package holdfast.simulator;

import java.util.Arrays;

/// The appliance that the simulator pretends to be.
public enum Role {
    SDDC_MANAGER("sddc-manager", "SddcManager"),
    /// Only from 9.0.
    INSTALLER("installer", "VcfInstaller"),
    /// Only until 5.2: HTTP Basic, no password retrievable.
    CLOUD_BUILDER("cloud-builder", "CloudBuilder");

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
                                "role: must be one of sddc-manager, installer,"
                                        + " cloud-builder, is '"
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
    }
}
