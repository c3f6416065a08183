package holdfast.benchmarks;

import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Version;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A simulated SDDC Manager and the environment that syncs from it.
final class Estate implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(5); // between looks at a run

    private final Simulator simulator;
    private final Installation installation;
    private final String environment;

    private Estate(Simulator simulator, Installation installation, String name) {
        this.simulator = simulator;
        this.installation = installation;
        this.environment = created(name);
    }

    static Estate of(Installation installation, String name, int credentials) {
        var options =
                SimulatorOptions.defaults(InstantSource.system())
                        .withCredentials(credentials, 11)
                        .withAppliance(Role.SDDC_MANAGER, Version.V9_0_2);
        return new Estate(Simulator.start(options), installation, name);
    }

    private String created(String name) {
        var source =
                Map.of(
                        "host",
                        "localhost",
                        "port",
                        simulator.port(),
                        "username",
                        simulator.user(),
                        "password",
                        simulator.password(),
                        "trust",
                        Map.of("mode", "PIN", "fingerprint", simulator.fingerprint()));
        return installation
                .api()
                .post(
                        "/api/environments",
                        Map.of("name", name, "description", "", "sddcManager", source))
                .path("id")
                .asString();
    }

    /// Syncs and waits for the end.
    void sync() {
        var api = installation.api();
        var run = api.post(path("/sync"), Map.of()).path("id").asString();
        for (; ; ) {
            var now = api.get(path("/runs/" + run));
            switch (now.path("status").asString()) {
                case "SUCCESS" -> {
                    return;
                }
                case "RUNNING" -> LockSupport.parkNanos(LOOK.toNanos());
                default -> throw new IllegalStateException("the run ended as " + now);
            }
        }
    }

    String environment() {
        return environment;
    }

    /// {@return a path below the environment}
    String path(String rest) {
        return "/api/environments/" + environment + rest;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
