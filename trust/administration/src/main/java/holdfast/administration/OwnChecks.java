package holdfast.administration;

import holdfast.administration.Health.Check;
import holdfast.administration.Health.Component;
import holdfast.administration.Health.Status;
import holdfast.cluster.Jobs;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What every installation has: database, keys, ledger, jobs, disk.
final class OwnChecks {
    private static final long LOW = 1L << 30; // bytes free: 1 GiB
    private static final long FULL = 128L << 20; // bytes free: 128 MiB

    private OwnChecks() {}

    static List<Check> of(Database database, Seal seal, Ledger ledger, Jobs jobs, Path directory) {
        return List.of(
                check("database", () -> database(database)),
                check("keys", () -> keys(seal)),
                check("ledger", () -> ledger(ledger)),
                check("jobs", () -> jobs(jobs)),
                check("disk", () -> disk(directory)));
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
