package holdfast.system;

import holdfast.simulator.Fault;
import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Version;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// An Installer and an SDDC Manager of one site, to be synced by a server under test.
final class SimulatedSite implements AutoCloseable {
    private final Simulator installer;
    private final Simulator manager;

    private SimulatedSite(Simulator installer, Simulator manager) {
        this.installer = installer;
        this.manager = manager;
    }

    /// @param credentials of the SDDC Manager, up to 20,000
    static SimulatedSite of(int credentials) {
        var options =
                SimulatorOptions.defaults(InstantSource.system()).withCredentials(credentials, 11);
        return new SimulatedSite(
                Simulator.start(options.withAppliance(Role.INSTALLER, Version.V9_0_2)),
                Simulator.start(options.withAppliance(Role.SDDC_MANAGER, Version.V9_0_2)));
    }

    Simulator installer() {
        return installer;
    }

    Simulator manager() {
        return manager;
    }

    /// The body that creates an environment with both sources, pinned, without a schedule.
    Map<String, Object> environment(String name) {
        return environment(name, 0);
    }

    /// @param minutes of the schedule of the Installer, which begins at once; 0 for none. The SDDC Manager has none: its
    ///                turns ask every component for its expiry, which takes longer than a test may wait
    Map<String, Object> environment(String name, int minutes) {
        return Map.of(
                "name", name,
                "installer", source(installer, minutes),
                "sddcManager", source(manager, 0));
    }

    private static Map<String, Object> source(Simulator simulator, int minutes) {
        return Map.of(
                "scheduleMinutes", minutes,
                "host", "localhost",
                "port", simulator.port(),
                "username", simulator.user(),
                "password", simulator.password(),
                "trust", Map.of("mode", "PIN", "fingerprint", simulator.fingerprint()));
    }

    void add(Fault fault) {
        List.of(installer, manager).forEach(simulator -> simulator.faults().add(fault));
    }

    void clearFaults() {
        List.of(installer, manager).forEach(simulator -> simulator.faults().clear());
    }

    /// Ends all faults and forgets what was received.
    void calm() {
        clearFaults();
        List.of(installer, manager).forEach(simulator -> simulator.requests().clear());
    }

    /// Every credential gets a new value.
    void rotateAll() {
        for (var simulator : List.of(installer, manager)) {
            var estate = simulator.estate();
            estate.credentials().forEach(row -> estate.rotate(row.id()));
        }
    }

    /// Waits for a request at either of the two.
    ///
    /// @param line for example `GET /v1/credentials`
    void awaitRequest(String line, Duration patience) {
        var first =
                CompletableFuture.anyOf(
                        List.of(installer, manager).stream()
                                .map(simulator -> awaited(simulator, line, patience))
                                .toArray(CompletableFuture<?>[]::new));
        first.join();
    }

    private static CompletableFuture<?> awaited(
            Simulator simulator, String line, Duration patience) {
        var seen = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        var request =
                                simulator
                                        .requests()
                                        .await(one -> one.line().equals(line), patience);
                        seen.complete(request);
                    } catch (AssertionError failure) {
                        seen.completeExceptionally(failure);
                    }
                });
        return seen;
    }

    /// What the SDDC Manager would tell: account → value.
    Map<String, String> values() {
        var values = new HashMap<String, String>();
        manager.estate()
                .credentials()
                .forEach(row ->
                        values.put(
                                String.join(
                                        " ",
                                        row.component().type(),
                                        row.component().name(),
                                        row.account().credentialType(),
                                        row.account().username()),
                                row.password()));
        return values;
    }

    @Override
    public void close() {
        installer.close();
        manager.close();
    }
}
