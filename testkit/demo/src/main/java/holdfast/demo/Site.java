package holdfast.demo;

import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Switch;
import holdfast.simulator.Version;
import java.time.InstantSource;

/// The two simulated appliances of the demo, made of the same site.
final class Site implements AutoCloseable {
    private static final int CREDENTIALS = 180;

    private final Simulator installer;
    private final Simulator sddcManager;

    private Site(Simulator installer, Simulator sddcManager) {
        this.installer = installer;
        this.sddcManager = sddcManager;
    }

    static Site start(InstantSource clock, long seed) {
        var options =
                SimulatorOptions.defaults(clock)
                        .withCredentials(CREDENTIALS, seed)
                        .withSwitch(Switch.LIST_EXPIRY, "present");
        return new Site(
                Simulator.start(options.withAppliance(Role.INSTALLER, Version.V9_0_2)),
                Simulator.start(options.withAppliance(Role.SDDC_MANAGER, Version.V9_0_2)));
    }

    Estate estate() {
        return new Estate(appliance(installer), appliance(sddcManager));
    }

    private static Estate.Appliance appliance(Simulator simulator) {
        return new Estate.Appliance(
                "localhost",
                simulator.port(),
                simulator.user(),
                simulator.password(),
                simulator.fingerprint());
    }

    @Override
    public String toString() {
        return "Installer on %d, SDDC Manager on %d"
                .formatted(installer.port(), sddcManager.port());
    }

    @Override
    public void close() {
        installer.close();
        sddcManager.close();
    }
}
