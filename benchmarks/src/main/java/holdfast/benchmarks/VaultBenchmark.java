package holdfast.benchmarks;

import holdfast.testkit.TemporaryPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Secrets read, written and worked on in batches over TLS by a token, each call with its durable event: on SQLite and on
/// PostgreSQL, as ratios to `GET /api/ping` of the same run, beside a server that does nothing.
final class VaultBenchmark implements Benchmark {
    private static final int CONNECTIONS = 64;
    private static final int SECONDS = 8; // of each case
    private static final int WARM = 5; // seconds
    private static final int BATCH = 500; // items of a call
    private static final int FIRST_TIME =
            60_000; // secrets that are read once; half of them to warm up
    private static final int KNOWN = 10_000; // secrets that are read again and again
    private static final List<String> MAY =
            List.of(
                    "READ_SECRET",
                    "REVEAL_SECRET",
                    "WRITE_SECRET",
                    "DELETE_SECRET",
                    "ENCRYPT_WITH_KEY");
    private static final Map<String, String> UNLIMITED =
            Map.of("HOLDFAST_RATE_API", "1000000", "HOLDFAST_RATE_HEAVY", "1000000");

    private final Path root;

    VaultBenchmark(Path root) {
        this.root = root;
    }

    @Override
    public void run(Report report) {
        nothing(report);
        on(report, "", Map.of("HOLDFAST_DATABASE_URL", ""));
        var postgres = TemporaryPostgres.durable();
        on(
                report,
                ", PostgreSQL",
                Map.of(
                        "HOLDFAST_DATABASE_URL",
                        postgres.url(),
                        "HOLDFAST_DATABASE_USER",
                        postgres.service(),
                        "HOLDFAST_DATABASE_OWNER",
                        postgres.owner()));
    }

    /// What this machine and these generators allow at best.
    private void nothing(Report report) {
        var folder = Installation.Folder.make();
        try (var server = EmptyServer.start(folder)) {
            var load = new Generators(server.target(), folder, "-");
            load.peak("ping", CONNECTIONS, 2 * WARM, 1);
            var result = load.peak("ping", CONNECTIONS, SECONDS, 1);
            report.line("vault", "empty servlet of a plain Tomcat")
                    .with("per_second", result.perSecond())
                    .with("p50_ms", result.p50())
                    .with("p99_ms", result.p99())
                    .with("server_cpu_us", result.cpuMicros())
                    .print();
        } finally {
            Installation.Folder.delete(folder);
        }
    }

    private void on(Report report, String where, Map<String, String> database) {
        var environment = new HashMap<>(UNLIMITED);
        environment.putAll(database);
        var folder = Installation.Folder.make();
        try (var installation = Installation.fresh(root, environment)) {
            new Run(report, installation, folder, where).all();
        } finally {
            Installation.Folder.delete(folder);
        }
    }

    /// One server under load.
    private static final class Run {
        private final Report report;
        private final Generators load;
        private final Api api;
        private final String where;
        private double pings;

        Run(Report report, Installation installation, Path folder, String where) {
            this.report = report;
            this.where = where;
            this.api = installation.api();
            var token =
                    api.post(
                                    "/api/tokens",
                                    Map.of("name", "bench", "permissions", MAY, "expiresInDays", 1))
                            .path("secret")
                            .asString();
            api.post("/api/keys", Map.of("name", "bench", "type", "AES256_GCM"));
            this.load =
                    new Generators(
                            new Generators.Target(installation.url(), installation.figures()),
                            folder,
                            token);
        }

        void all() {
            load.peak("ping", CONNECTIONS, 4 * WARM, 1); // what the rest is compared with
            var ping = load.peak("ping", CONNECTIONS, SECONDS, 1);
            pings = Math.max(1, ping.perSecond());
            print("ping", ping, 1);

            load.peak("batch-write", 4, SECONDS, BATCH); // warms up, too
            fill();
            var ids = made();
            var known = ids.subList(0, Math.min(KNOWN, ids.size()));
            load.secrets(known);
            load.peak("read", CONNECTIONS, 2 * WARM, 1);
            if (ids.size() > known.size()) {
                firstTime(ids.subList(known.size(), ids.size()));
            }
            load.secrets(known);
            load.peak("read", CONNECTIONS, 2, 1); // after so many others
            var read = load.peak("read", CONNECTIONS, SECONDS, 1);
            print("cached read", read, 1, 25_000, 0.4);
            print(
                    "cached read, held at half of the peak",
                    load.held(known, CONNECTIONS, SECONDS, read.perSecond() / 2),
                    1);
            load.peak("batch-read", 4, WARM / 2, BATCH);
            print(
                    "batch read, secrets",
                    load.peak("batch-read", 4, SECONDS, BATCH),
                    BATCH,
                    60_000,
                    0);
            load.peak("write", CONNECTIONS, WARM, 1);
            print("write", load.peak("write", CONNECTIONS, SECONDS, 1), 1, 10_000, 0);
            load.peak("encrypt", CONNECTIONS, WARM, 1);
            print(
                    "encrypt by named key",
                    load.peak("encrypt", CONNECTIONS, SECONDS, 1),
                    1,
                    20_000,
                    0);
            print(
                    "batch write, secrets",
                    load.peak("batch-write", 4, SECONDS, BATCH),
                    BATCH,
                    20_000,
                    0);
        }

        /// As long as there is something that was never read. The first half is read while this path is still compiled.
        private void firstTime(List<String> never) {
            int half = never.size() / 2;
            int seconds = Math.clamp(half / 10_000, 2, SECONDS);
            load.secrets(never.subList(0, half));
            load.peak("read", CONNECTIONS, seconds, 1);
            load.secrets(never.subList(half, never.size()));
            print("uncached read", load.peak("read", CONNECTIONS, seconds, 1), 1, 12_000, 0);
        }

        /// What is read again and again is there, however slow the machine.
        private void fill() {
            for (int i = 0; i < KNOWN; i += BATCH) {
                var items = new ArrayList<Map<String, Object>>();
                for (int j = i; j < i + BATCH; j++) {
                    items.add(
                            Map.of(
                                    "service",
                                    "bench/known",
                                    "account",
                                    "n" + j,
                                    "value",
                                    "x".repeat(100)));
                }
                api.post("/api/secrets/batch/create", Map.of("items", items));
            }
        }

        /// {@return ids of what was made, enough for all that is read}
        private List<String> made() {
            var ids = new ArrayList<String>();
            var next = Optional.of("");
            while (next.isPresent() && ids.size() < KNOWN + FIRST_TIME) {
                JsonNode page =
                        api.get(
                                "/api/secrets?limit=1000"
                                        + (next.get().isEmpty() ? "" : "&cursor=" + next.get()));
                page.path("items").forEach(item -> ids.add(item.path("id").asString()));
                next = Optional.of(page.path("next").asString("")).filter(one -> !one.isEmpty());
            }
            return ids;
        }

        /// @param items of one call
        private Report.Line line(String what, Generators.Result result, int items) {
            return report.line("vault", what + where)
                    .with("per_second", result.perSecond() * items)
                    .with("p50_ms", result.p50())
                    .with("p99_ms", result.p99())
                    .with("ping_ratio", result.perSecond() * items / pings)
                    .with("server_cpu_us", result.cpuMicros() / items)
                    .with("failed", result.failed());
        }

        private void print(String what, Generators.Result result, int items) {
            line(what, result, items).print();
        }

        /// @param rate   wanted, in a second
        /// @param ofPing wanted, as part of the rate of the pings
        private void print(
                String what, Generators.Result result, int items, double rate, double ofPing) {
            double got = result.perSecond() * items;
            line(what, result, items)
                    .with("aim", "at least %.0f/s".formatted(rate))
                    .with("reached", got >= rate && got >= ofPing * pings && result.failed() == 0)
                    .print();
        }
    }
}
