package holdfast.ledger;

import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gathers what nobody was refused, per address and minute, into counted events: who cannot sign in can neither fill the ledger nor the disk.
///
/// Safe for many threads. What is gathered is lost when the process is killed; a refusal of somebody is never gathered.
public final class CountedRefusals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CountedRefusals.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final int MOST = 500; // addresses and reasons a minute; the rest count together
    private static final int SINGLE = 60; // events a minute that are kept one by one

    private static final String ELSEWHERE = "-";

    private final BiConsumer<Principal, Event> recorder;
    private final InstantSource clock;
    private final BooleanSupplier roomy;
    private final Map<Key, Tally> tallies = new HashMap<>();
    private final Thread thread =
            Thread.ofVirtual().name("ledger-refusals").unstarted(this::flushAgainAndAgain);
    private Instant minute = Instant.MIN;
    private int single;

    /// @param recorder where the events go
    /// @param roomy    whether there is room on the disk for the events of nobody
    CountedRefusals(
            BiConsumer<Principal, Event> recorder, InstantSource clock, BooleanSupplier roomy) {
        this.recorder = recorder;
        this.clock = clock;
        this.roomy = roomy;
    }

    CountedRefusals start() {
        thread.start();
        return this;
    }

    /// @param reason kebab-case, for example `unauthenticated`
    public synchronized void count(String address, String reason) {
        var key = new Key(address, reason);
        if (!tallies.containsKey(key) && tallies.size() >= MOST) {
            key = new Key(ELSEWHERE, reason);
        }
        var now = clock.instant();
        tallies.merge(key, new Tally(1, now, now), Tally::and);
    }

    /// {@return whether one more event of nobody is kept by itself; if not it is to be counted}
    synchronized boolean admits() {
        var now = clock.instant();
        if (minute.plus(WINDOW).isBefore(now) || now.isBefore(minute)) {
            minute = now;
            single = 0;
        }
        return ++single <= SINGLE && roomy.getAsBoolean();
    }

    /// Records what is older than a minute, if there is room for it.
    ///
    /// @return how many events that made
    public int flush() {
        return roomy.getAsBoolean() ? record(due(clock.instant().minus(WINDOW))) : 0;
    }

    /// Records what is left. Close it before the database.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LOOK);
            if (roomy.getAsBoolean()) {
                record(due(Instant.MAX));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.atWarn().setCause(failure).log("counted refusals are lost");
        }
    }

    private void flushAgainAndAgain() {
        while (true) {
            try {
                Thread.sleep(LOOK);
                flush();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException failure) {
                LOG.atWarn().setCause(failure).log("counted refusals wait for the next turn");
            }
        }
    }

    private int record(Map<Key, Tally> due) {
        int recorded = 0;
        try {
            for (var one : due.entrySet()) {
                var key = one.getKey();
                recorder.accept(
                        Principal.anonymous(new Origin(key.address(), new UUID(0, 0)))
                                .in(TenantId.DEFAULT),
                        new Refused(key.reason(), one.getValue()));
                recorded++;
            }
            return recorded;
        } finally {
            keep(due.entrySet().stream().skip(recorded).toList());
        }
    }

    /// What could not be recorded comes again.
    private synchronized void keep(Iterable<Map.Entry<Key, Tally>> left) {
        left.forEach(one -> tallies.merge(one.getKey(), one.getValue(), Tally::and));
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

    private record Tally(long count, Instant first, Instant last) {
        Tally and(Tally other) {
            return new Tally(
                    count + other.count,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }

    /// So many refusals of nobody from one address; `-` stands for all others together.
    private record Refused(String reason, Tally tally) implements Event {
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
                    tally.count(),
                    "first",
                    tally.first().toString(),
                    "last",
                    tally.last().toString());
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
