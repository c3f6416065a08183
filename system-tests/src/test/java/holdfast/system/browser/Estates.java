package holdfast.system.browser;

import holdfast.demo.Client;
import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Switch;
import holdfast.simulator.Version;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Three environments that have synced: a usual one with Installer and SDDC Manager, a large one, one whose source is gone.
final class Estates implements AutoCloseable {
    static final String USUAL = "San Francisco";
    static final String LARGE = "Frankfurt";
    static final String BROKEN = "Old lab";
    static final int LARGE_SIZE = 10_000;
    private static final int USUAL_SIZE = 180;

    private final List<Simulator> simulators;
    private final Map<String, String> ids = new HashMap<>();

    private Estates(List<Simulator> simulators) {
        this.simulators = simulators;
    }

    static Estates open(Client admin) {
        var usual = options(USUAL_SIZE, 7).withSwitch(Switch.LIST_EXPIRY, "present");
        var estates =
                new Estates(
                        List.of(
                                Simulator.start(
                                        usual.withAppliance(Role.INSTALLER, Version.V9_0_2)),
                                Simulator.start(usual),
                                Simulator.start(
                                        options(LARGE_SIZE, 11)
                                                .withSwitch(Switch.LIST_EXPIRY, "present"))));
        var lost = Simulator.start(options(24, 13));
        estates.add(
                admin,
                USUAL,
                "Production, both appliances",
                estates.installer(),
                estates.manager());
        estates.add(admin, LARGE, "Ten thousand credentials", null, estates.large());
        estates.add(admin, BROKEN, "Its SDDC Manager was switched off", null, lost);
        lost.close();
        admin.post("/api/environments/%s/sync".formatted(estates.id(BROKEN)), Map.of());
        return estates;
    }

    static SimulatorOptions options(int credentials, long seed) {
        return SimulatorOptions.defaults(InstantSource.system()).withCredentials(credentials, seed);
    }

    /// Adds an environment of one SDDC Manager and syncs it.
    ///
    /// @return its id
    static String add(Client admin, String name, Simulator manager) {
        return new Estates(List.of()).add(admin, name, "", null, manager);
    }

    private String add(
            Client admin,
            String name,
            String description,
            @org.jspecify.annotations.Nullable Simulator installer,
            Simulator manager) {
        var body = new HashMap<String, Object>();
        body.put("name", name);
        body.put("description", description);
        body.put("sddcManager", source(manager));
        if (installer != null) {
            body.put("installer", source(installer));
        }
        var id = admin.post("/api/environments", body).path("id").asString();
        ids.put(name, id);
        admin.post("/api/environments/%s/sync?wait=60".formatted(id), Map.of());
        return id;
    }

    static Map<String, Object> source(Simulator appliance) {
        return Map.of(
                "host", "localhost",
                "port", appliance.port(),
                "username", appliance.user(),
                "password", appliance.password(),
                "trust", Map.of("mode", "PIN", "fingerprint", appliance.fingerprint()));
    }

    Simulator installer() {
        return simulators.get(0);
    }

    Simulator manager() {
        return simulators.get(1);
    }

    Simulator large() {
        return simulators.get(2);
    }

    String id(String name) {
        return java.util.Objects.requireNonNull(ids.get(name), name);
    }

    /// The page of an environment.
    String path(String name) {
        return "/environments/" + id(name);
    }

    /// {@return the address with `{name}` replaced by that environment's page}
    String place(String pattern) {
        var place = pattern;
        for (var one : ids.entrySet()) {
            place = place.replace("{" + one.getKey() + "}", "/environments/" + one.getValue());
        }
        return place;
    }

    @Override
    public void close() {
        simulators.forEach(Simulator::close);
    }
}
