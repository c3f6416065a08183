package holdfast.health;

import holdfast.cluster.Jobs;
import holdfast.health.Health.Check;
import holdfast.health.Health.Component;
import holdfast.health.Health.Status;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.Ledger;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// What every installation has: database, keys, ledger, jobs, disk, clock.
public final class OwnChecks {
    private static final long LOW = 1L << 30; // bytes free: 1 GiB
    private static final long FULL = 128L << 20; // bytes free: 128 MiB

    private static final Duration APART = Duration.ofSeconds(10);

    private OwnChecks() {}

    /// @param directory where the state is kept, for the check of the disk
    public static List<Check> of(
            Database database,
            Seal seal,
            Ledger ledger,
            Jobs jobs,
            Path directory,
            InstantSource clock) {
        return List.of(
                check("database", () -> database(database)),
                check("keys", () -> keys(seal)),
                check("ledger", () -> ledger(ledger)),
                check("jobs", () -> jobs(jobs)),
                check("disk", () -> disk(directory)),
                check("clock", () -> clock(database, ledger, clock.instant())));
    }

    private static Component database(Database database) {
        database.readPlatform(tx -> tx.createQuery("SELECT 1").mapTo(Integer.class).one());
        return new Component(
                "database",
                Status.HEALTHY,
                "The database answers.",
                Optional.empty(),
                Map.of("engine", database.engine().name()));
    }

    private static Component keys(Seal seal) {
        var status = seal.status();
        return status.open()
                ? new Component(
                        "keys",
                        Status.HEALTHY,
                        "The root key is open. " + status.note(),
                        Optional.empty(),
                        Map.of("method", status.method()))
                : new Component(
                        "keys",
                        Status.UNHEALTHY,
                        "The keys are sealed: no value can be stored or shown.",
                        Optional.of("Unseal the server by " + status.method() + "."),
                        Map.of("method", status.method()));
    }

    private static Component ledger(Ledger ledger) {
        long newest = ledger.newest(TenantId.DEFAULT);
        return new Component(
                "ledger",
                Status.HEALTHY,
                "The ledger has %,d events.".formatted(newest),
                Optional.empty(),
                Map.of("newest", newest));
    }

    private static Component jobs(Jobs jobs) {
        var failed =
                jobs.statuses().stream()
                        .filter(job -> job.lastError().isPresent())
                        .map(Jobs.Status::name)
                        .distinct()
                        .toList();
        return failed.isEmpty()
                ? Component.healthy("jobs", "No background job failed at its last turn.")
                : new Component(
                        "jobs",
                        Status.DEGRADED,
                        "Background jobs failed at their last turn: " + String.join(", ", failed),
                        Optional.of("They are tried again; see Activity, Jobs for the reason."),
                        Map.of("failed", failed));
    }

    private static Component disk(Path directory) {
        var place = new File(directory.toString());
        long free = place.getUsableSpace();
        var details =
                Map.<String, Object>of("freeBytes", free, "totalBytes", place.getTotalSpace());
        var sentence = "%,d MiB are free on the disk.".formatted(free >> 20);
        if (free >= LOW) {
            return new Component("disk", Status.HEALTHY, sentence, Optional.empty(), details);
        }
        return new Component(
                "disk",
                free < FULL ? Status.UNHEALTHY : Status.DEGRADED,
                sentence,
                Optional.of("Free some space: a full disk stops every change and every reveal."),
                details);
    }

    /// Compares the clock with the newest event and, where it is another machine's, with the database.
    private static Component clock(Database database, Ledger ledger, Instant now) {
        var newest =
                ledger.entry(TenantId.DEFAULT, ledger.newest(TenantId.DEFAULT))
                        .map(Entry::time)
                        .filter(time -> time.isAfter(now.plus(APART)));
        if (newest.isPresent()) {
            return astray("The clock is behind the newest event, of " + newest.get() + ".");
        }
        var there =
                database.engine() == Database.Engine.SQLITE
                        ? now
                        : Instant.ofEpochSecond(database.readPlatform(OwnChecks::seconds));
        return Duration.between(there, now).abs().compareTo(APART) > 0
                ? astray("The clock is not the database's, which says " + there + ".")
                : Component.healthy("clock", "The clock agrees with what was written.");
    }

    private static long seconds(Handle tx) {
        return tx.createQuery("SELECT CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)")
                .mapTo(Long.class)
                .one();
    }

    private static Component astray(String sentence) {
        return new Component(
                "clock",
                Status.DEGRADED,
                sentence,
                Optional.of("Keep the clocks by NTP: sessions, tokens and events go by them."),
                Map.of());
    }

    private static Check check(String name, Supplier<Component> look) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Component look() {
                return look.get();
            }
        };
    }
}
