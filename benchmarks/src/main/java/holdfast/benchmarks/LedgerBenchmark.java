package holdfast.benchmarks;

import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.ledger.LedgerRoom;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import holdfast.testkit.TemporaryPostgres;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Ledger events appended and durable, from many callers at once.
///
/// On PostgreSQL the server is the one of the tests, which does not wait for the disk (`fsync=off`): the figure shows
/// what the program costs, not what a disk allows.
final class LedgerBenchmark implements Benchmark {
    private static final int CALLERS = 64;
    private static final int CONNECTIONS = 16; // to PostgreSQL, as the server has
    private static final int ROUNDS = 5;
    private static final double SECONDS = 2; // of a round

    @Override
    public void run(Report report) {
        var folder = Installation.Folder.make();
        try {
            var sqlite = StorageConfig.sqlite(folder.resolve("state"));
            measure(report, sqlite, "SQLite, synchronous=FULL");
        } finally {
            Installation.Folder.delete(folder);
        }
        var database = TemporaryPostgres.fresh();
        var postgres =
                new StorageConfig.Postgres(
                        database.url(),
                        "holdfast",
                        new StorageConfig.Role(database.service(), "unused"),
                        Optional.of(new StorageConfig.Role(database.owner(), "unused")),
                        CONNECTIONS);
        measure(report, postgres, "PostgreSQL, fsync=off");
    }

    private static void measure(Report report, StorageConfig config, String name) {
        var clock = InstantSource.system();
        var random = new SecureRandom();
        try (var database = Storage.open(config, "0", List.of(LedgerRoom.schema()));
                var room =
                        LedgerRoom.assemble(
                                database,
                                new ProviderCrypto(random),
                                new Ids(clock, random),
                                clock)) {
            var ledger = room.ledger();
            var actor =
                    new Principal(
                            new UUID(1, 1),
                            Principal.Kind.SERVICE,
                            "bench",
                            TenantId.DEFAULT,
                            Origin.INTERNAL);
            var event = new Measured();
            Runnable append = () -> ledger.record(actor, event);
            Clocked.rate(CALLERS, SECONDS, append); // warms up
            var rates = new ArrayList<Double>();
            for (int i = 0; i < ROUNDS; i++) {
                rates.add(Clocked.rate(CALLERS, SECONDS, append));
            }
            report.line("ledger", CALLERS + " callers, " + name)
                    .spread(Figures.of(rates), "appends/s")
                    .print();
        }
    }

    /// As long as the event of a reveal.
    private record Measured() implements Event {
        @Override
        public String action() {
            return "benchmark.measured";
        }

        @Override
        public String resource() {
            return "environment/01890a5d-ac96-774b-bcce-b302099a8057";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "credential", "01890a5d-ac96-774b-bcce-b302099a8057",
                    "purpose", "view",
                    "version", 7);
        }
    }
}
