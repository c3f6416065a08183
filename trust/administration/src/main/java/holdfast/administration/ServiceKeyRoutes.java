package holdfast.administration;

import static holdfast.access.Action.MANAGE_KEYS;

import holdfast.access.Policy;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Problem;
import holdfast.ledger.Event.Outcome;
import holdfast.ledger.Ledger;
import holdfast.seal.KeyRing;
import holdfast.storage.Database;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// HTTP to the keys of the service itself: the newest works, the older ones verify what they made.
final class ServiceKeyRoutes {
    private static final String PATH = "/api/seal/service-keys";
    private static final String RESOURCE = "seal";

    /// What the rooms below derive keys for.
    private static final List<String> PURPOSES = List.of("ledger-checkpoint", "proof-of-work");

    private final Database database;
    private final Policy policy;
    private final KeyRing keys;
    private final Ledger ledger;

    ServiceKeyRoutes(Database database, Policy policy, KeyRing keys, Ledger ledger) {
        this.database = database;
        this.policy = policy;
        this.keys = keys;
        this.ledger = ledger;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", PATH, MANAGE_KEYS, 0, Rate.API, this::list),
                new Route(
                        "POST",
                        PATH + "/{purpose}/rotate",
                        MANAGE_KEYS,
                        0,
                        Rate.HEAVY,
                        this::rotate));
    }

    /// @param keys the newest first
    record View(String purpose, List<KeyRing.ServiceKeyState> keys) {}

    record Views(List<View> items, int total) {}

    private Response list(Request request) {
        policy.permit(request.caller(), MANAGE_KEYS, RESOURCE);
        var all = PURPOSES.stream().map(this::view).toList();
        return Response.json(new Views(all, all.size()));
    }

    private View view(String purpose) {
        return new View(purpose, keys.services(purpose));
    }

    /// The key store has transactions of its own: the event is durable first, and a failure after it is told too.
    private Response rotate(Request request) {
        var permit = policy.permitFresh(request.caller(), MANAGE_KEYS, RESOURCE);
        var purpose = request.parameter("purpose");
        if (!PURPOSES.contains(purpose)) {
            throw Problem.NOT_FOUND.because("the service has no such key");
        }
        var told = new AtomicBoolean();
        try {
            keys.rotateService(
                    purpose,
                    () -> {
                        database.writePlatform(tx -> {
                            policy.recheck(tx, permit);
                            ledger.append(
                                    tx,
                                    permit.principal(),
                                    new AdministrationEvent.ServiceKeyRotated(
                                            purpose, Outcome.SUCCESS));
                            return true;
                        });
                        told.set(true);
                    });
        } catch (RuntimeException failure) {
            if (told.get()) {
                ledger.record(
                        permit.principal(),
                        new AdministrationEvent.ServiceKeyRotated(purpose, Outcome.FAILED));
            }
            throw failure;
        }
        return Response.json(view(purpose));
    }
}
