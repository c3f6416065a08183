package holdfast.identity;

import holdfast.http.Repeats;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Remembers by principal and key for a day. Of what was asked an HMAC under the tenant's key is kept, which lets nobody
/// guess a value in it; of what was answered no body.
final class KeptRepeats implements Repeats {
    static final Duration KEPT = Duration.ofHours(24);

    private static final String PURPOSE = "identity.repeat";

    private final Database database;
    private final Seal seal;
    private final InstantSource clock;
    private final RepeatStore store = new RepeatStore();

    KeptRepeats(Database database, Seal seal, InstantSource clock) {
        this.database = database;
        this.seal = seal;
        this.clock = clock;
    }

    @Override
    public Optional<Outcome> claim(Principal who, String key, SecretBytes request) {
        var mark = seal.fingerprint(who.tenant(), PURPOSE, request);
        var now = clock.instant();
        var kept =
                database.write(
                        who.tenant(),
                        tx -> {
                            store.removeBefore(tx, who.tenant(), now.minus(KEPT));
                            return store.add(tx, who, key, mark, now)
                                    ? Optional.<RepeatStore.Kept>empty()
                                    : store.find(tx, who, key);
                        });
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        if (!kept.get().request().equals(mark)) {
            throw Problem.CONFLICT
                    .because("this Idempotency-Key was used for another request: take a new one")
                    .with("header", "Idempotency-Key");
        }
        return Optional.of(
                kept.get()
                        .outcome()
                        .orElseThrow(() ->
                                Problem.CONFLICT
                                        .because(
                                                "this request is being worked on, or was cut"
                                                        + " short: look what came of it")
                                        .with("header", "Idempotency-Key")));
    }

    @Override
    public void keep(Principal who, String key, Outcome outcome) {
        database.write(
                who.tenant(),
                tx -> {
                    store.keep(tx, who, key, outcome);
                    return true;
                });
    }

    @Override
    public void release(Principal who, String key) {
        database.write(
                who.tenant(),
                tx -> {
                    store.remove(tx, who, key);
                    return true;
                });
    }
}
