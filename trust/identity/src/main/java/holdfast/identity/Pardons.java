package holdfast.identity;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Attempts that stand in the database and must not count: the password was right, and taking them back could not be stored.
///
/// Kept in the memory of this node until the next attempt of the same subject is stored without them. Each is used once.
final class Pardons {
    private static final int MOST = 10_000; // subjects; beyond it attempts count as they did

    private final Map<String, Held> held = new ConcurrentHashMap<>();

    void add(String subject, Instant now) {
        if (held.size() >= MOST && !held.containsKey(subject)) {
            return;
        }
        held.merge(subject, new Held(1, 0, now), (old, one) -> old.moved(1, 0, now));
    }

    /// {@return how many attempts of the subject do not count, those that somebody is using now among them}
    int of(String subject) {
        var found = held.get(subject);
        return found == null ? 0 : found.free() + found.taken();
    }

    /// Takes all that nobody else uses; each is to be [#spend]t or given [#back].
    int take(String subject) {
        int[] taken = {0};
        held.computeIfPresent(
                subject,
                (_, old) -> {
                    taken[0] = old.free();
                    return old.moved(-old.free(), old.free(), old.last());
                });
        return taken[0];
    }

    void spend(String subject, int taken) {
        move(subject, 0, -taken);
    }

    void back(String subject, int taken) {
        move(subject, taken, -taken);
    }

    void tidy(Instant before) {
        held.values().removeIf(one -> one.last().isBefore(before));
    }

    private void move(String subject, int free, int taken) {
        held.computeIfPresent(
                subject,
                (_, old) -> {
                    var left = old.moved(free, taken, old.last());
                    return left.free() + left.taken() > 0 ? left : null;
                });
    }

    private record Held(int free, int taken, Instant last) {
        Held moved(int more, int used, Instant when) {
            return new Held(Math.max(0, free + more), Math.max(0, taken + used), when);
        }
    }
}
