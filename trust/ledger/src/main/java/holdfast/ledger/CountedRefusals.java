package holdfast.ledger;

import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Gathers what nobody was refused, per address and minute, into one counted event: who cannot sign in cannot fill the ledger.
///
/// Safe for many threads. What is gathered is lost with the process; a refusal of somebody is never gathered.
public final class CountedRefusals {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST = 10_000; // addresses and reasons; the rest count together

    private static final String ELSEWHERE = "-";

    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<Key, Tally> tallies = new HashMap<>();

    public CountedRefusals(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /// @param reason kebab-case, for example `sign-in-refused`
    public synchronized void count(String address, String reason) {
        var key = new Key(address, reason);
        if (!tallies.containsKey(key) && tallies.size() >= MOST) {
            key = new Key(ELSEWHERE, reason);
        }
        var now = clock.instant();
        tallies.merge(
                key,
                new Tally(1, now, now),
                (known, _) -> new Tally(known.count() + 1, known.first(), now));
    }

    /// Records what is older than a minute; a job calls it.
    ///
    /// @return how many events that made
    public int flush() {
        var due = due(clock.instant().minus(WINDOW));
        due.forEach((key, tally) ->
                ledger.record(
                        Principal.anonymous(new Origin(key.address(), new UUID(0, 0))),
                        new Refused(key.reason(), tally.count(), tally.first(), tally.last())));
        return due.size();
    }

    private synchronized Map<Key, Tally> due(Instant before) {
        var due = new HashMap<Key, Tally>();
        tallies.forEach((key, tally) -> {
            if (!tally.first().isAfter(before)) {
                due.put(key, tally);
            }
        });
        tallies.keySet().removeAll(due.keySet());
        return due;
    }

    private record Key(String address, String reason) {}

    private record Tally(long count, Instant first, Instant last) {}

    /// So many refusals of nobody from one address.
    private record Refused(String reason, long count, Instant first, Instant last)
            implements Event {
        @Override
        public String action() {
            return "nobody.refuse";
        }

        @Override
        public String resource() {
            return "";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "reason",
                    reason,
                    "count",
                    count,
                    "first",
                    first.toString(),
                    "last",
                    last.toString());
        }

        @Override
        public Outcome outcome() {
            return Outcome.REFUSED;
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }
}
