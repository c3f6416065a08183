package holdfast.administration;

import static holdfast.access.Action.MANAGE_KEYS;

import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.ledger.Event.Outcome;
import holdfast.ledger.Ledger;
import holdfast.seal.KeyShare;
import holdfast.seal.SealRoom;
import holdfast.seal.SealStatus;
import holdfast.seal.Unsealing;
import holdfast.storage.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// HTTP to how the root key is unsealed.
final class SealRoutes {
    private static final String PATH = "/api/seal";
    private static final String RESOURCE = "seal";
    private static final String KEY_FILE = "key-file";
    private static final String PASSPHRASE = "passphrase";
    private static final String SHARES = "shares";

    private final Database database;
    private final Policy policy;
    private final SealRoom seal;
    private final Path keyFile;
    private final Ledger ledger;

    SealRoutes(Database database, Policy policy, SealRoom seal, Path keyFile, Ledger ledger) {
        this.database = database;
        this.policy = policy;
        this.seal = seal;
        this.keyFile = keyFile;
        this.ledger = ledger;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", PATH, MANAGE_KEYS, 0, Rate.API, this::read),
                new Route("PUT", PATH, MANAGE_KEYS, 4 * 1024, Rate.HEAVY, this::move));
    }

    private Response read(Request request) {
        policy.permit(request.caller(), MANAGE_KEYS, RESOURCE);
        return Response.json(View.of(seal.seal().status()));
    }

    private Response move(Request request) {
        var permit = policy.permitFresh(request.caller(), MANAGE_KEYS, RESOURCE);
        var change = request.json(Change.class);
        switch (change.method()) {
            case KEY_FILE -> {
                if (change.passphrase().isPresent()) {
                    throw invalid("/passphrase", "unexpected", "a key file has no passphrase");
                }
                if (seal.seal().status().method().equals(KEY_FILE)) {
                    throw Problem.CONFLICT.because("the root key is unsealed by key-file already");
                }
                move(permit, KEY_FILE, new Unsealing.KeyFile(keyFile));
            }
            case PASSPHRASE -> {
                try (var given = passphrase(change)) {
                    move(permit, PASSPHRASE, new Unsealing.Passphrase(given));
                }
            }
            case SHARES -> {
                return Response.json(split(permit, change));
            }
            default ->
                    throw invalid(
                            "/method",
                            "not-one-of",
                            "must be %s, %s or %s".formatted(KEY_FILE, PASSPHRASE, SHARES));
        }
        return Response.json(View.of(seal.seal().status()));
    }

    /// The only time that the shares are shown.
    private View split(Permit permit, Change change) {
        int threshold = change.threshold().orElseThrow(() -> needed("/threshold"));
        int count = change.count().orElseThrow(() -> needed("/count"));
        var shares = moving(permit, SHARES, first -> seal.keys().split(threshold, count, first));
        try {
            var texts = shares.stream().map(seal.keys()::text).toList();
            return View.of(seal.seal().status(), Optional.of(texts));
        } finally {
            shares.forEach(KeyShare::close);
        }
    }

    private static Refusal needed(String pointer) {
        return invalid(pointer, "required", "is needed for this method");
    }

    /// The key store has transactions of its own: the event is durable first, and a failure after it is told too.
    private void move(Permit permit, String method, Unsealing to) {
        moving(
                permit,
                method,
                first -> {
                    seal.keys().move(to, first);
                    return method;
                });
    }

    private <T> T moving(Permit permit, String method, Function<Runnable, T> moving) {
        var told = new AtomicBoolean();
        try {
            return moving.apply(() -> {
                database.writePlatform(tx -> {
                    policy.recheck(tx, permit);
                    ledger.append(tx, permit.principal(), event(method, Outcome.SUCCESS));
                    return true;
                });
                told.set(true);
            });
        } catch (RuntimeException failure) {
            if (told.get()) {
                ledger.record(permit.principal(), event(method, Outcome.FAILED));
            }
            throw failure;
        }
    }

    private static AdministrationEvent event(String method, Outcome outcome) {
        return new AdministrationEvent.SealMoved(method, outcome);
    }

    private static SecretBytes passphrase(Change change) {
        return change.passphrase()
                .map(SecretBytes::ofUtf8)
                .orElseThrow(() -> invalid("/passphrase", "required", "is needed for this method"));
    }

    private static Refusal invalid(String pointer, String code, String detail) {
        return Refusal.of(List.of(FieldError.of(pointer, code, detail)));
    }

    /// @param passphrase of `passphrase`, 16 characters or more
    /// @param threshold  of `shares`: how many open the root key together
    /// @param count      of `shares`: how many there are
    record Change(
            String method,
            Optional<String> passphrase,
            Optional<Integer> threshold,
            Optional<Integer> count) {
        @Override
        public String toString() {
            return "Change[" + method + "]"; // the passphrase never prints
        }
    }

    /// @param atStart what the configuration must say at the next start
    /// @param split  how the root key is shared out
    /// @param shares once, for those who will keep them
    record View(
            String method,
            boolean open,
            String note,
            String atStart,
            Optional<SealStatus.Shares> split,
            Optional<List<String>> shares) {
        static View of(SealStatus status) {
            return of(status, Optional.empty());
        }

        static View of(SealStatus status, Optional<List<String>> shares) {
            var atStart =
                    switch (status.method()) {
                        case KEY_FILE -> "unseal: key-file";
                        case PASSPHRASE ->
                                "unseal: passphrase, with the passphrase in the file that"
                                        + " passphrase-file names";
                        default ->
                                "nothing: after each start its holders bring their shares, by"
                                        + " holdfast unseal";
                    };
            return new View(
                    status.method(),
                    status.open(),
                    status.note(),
                    atStart,
                    status.shares(),
                    shares);
        }

        @Override
        public String toString() {
            return "View[" + method + "]"; // the shares never print
        }
    }
}
