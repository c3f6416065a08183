package holdfast.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// What all resources of one simulated appliance share.
///
/// @param planned the rows as they were at the start
/// @param started the time of the start
record World(
        Version version,
        Seed seed,
        List<Credential> planned,
        Instant started,
        Estate estate,
        Logins logins,
        Switches switches,
        Faults faults,
        InstantSource clock) {

    static World of(SimulatorOptions options) {
        var seed = new Seed(options.seed());
        var now = options.clock().instant();
        var plan = new EstatePlan(options.version(), seed, options.credentials(), now);
        var estate = new Estate(plan, seed, options.clock());
        var switches = new Switches(options.switches());
        var configured = new User(options.user(), options.password(), "ADMIN");
        var localAdmin = Passwords.generated(seed.random("admin@local"));
        var apiKey = Passwords.generated(seed.random("api key"));
        return new World(
                options.version(),
                seed,
                plan.credentials(),
                now,
                estate,
                new Logins(estate, switches, localAdmin, apiKey, configured),
                switches,
                new Faults(options.faults()),
                options.clock());
    }

    Instant now() {
        return clock.instant();
    }

    /// The code of an accepted asynchronous call: 202, or 200 where the release declares both.
    int accepted() {
        boolean old = version.declaresOldSuccessCodes() && switches.is(Switch.ACCEPTED_CODE, "200");
        return old ? 200 : 202;
    }
}
