package holdfast.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Secrets read, written and worked on in batches over TLS by a token, each call with its durable event, as ratios to
/// `GET /api/ping` of the same load in the same run.
final class VaultBenchmark implements Benchmark {
    private static final int CONNECTIONS = 32;
    private static final double SECONDS = 8; // of each case
    private static final int SECRETS = 20_000;
    private static final int BATCH = 500; // items of a call
    private static final String VALUE = "x".repeat(100);
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> MAY =
            List.of("READ_SECRET", "REVEAL_SECRET", "WRITE_SECRET", "DELETE_SECRET");
    private static final Map<String, String> UNLIMITED =
            Map.of("HOLDFAST_RATE_API", "1000000", "HOLDFAST_RATE_HEAVY", "1000000");

    private final Path root;

    VaultBenchmark(Path root) {
        this.root = root;
    }

    @Override
    public void run(Report report) {
        try (var installation = Installation.fresh(root, UNLIMITED)) {
            new Run(report, installation).all();
        }
    }

    /// One server under load.
    private static final class Run {
        private final Report report;
        private final Load load;
        private final Load few;
        private final String token;
        private final String host;
        private final Api api;
        private final List<String> ids = new ArrayList<>();
        private double pings;

        Run(Report report, Installation installation) {
            this.report = report;
            this.load = new Load(installation, CONNECTIONS);
            this.few = new Load(installation, 4);
            this.host = installation.url().getAuthority();
            this.api = installation.api();
            this.token =
                    api.post(
                                    "/api/tokens",
                                    Map.of("name", "bench", "permissions", MAY, "expiresInDays", 1))
                            .path("secret")
                            .asString();
        }

        void all() {
            var ping = request("GET", "/api/ping", "");
            load.run(SECONDS, _ -> () -> Optional.of(ping)); // warms up
            var reference = load.run(SECONDS, _ -> () -> Optional.of(ping));
            pings = reference.perSecond();
            print("ping", reference, 1);

            var made = new AtomicInteger();
            print("batch create, secrets", few.run(60, creating(made)), BATCH);
            collect();

            var first = new AtomicInteger();
            print("uncached read", load.run(60, reading(first, 1)), 1);
            var again = new AtomicInteger();
            print("cached read", load.run(SECONDS, reading(again, 1_000)), 1);
            var batches = new AtomicInteger();
            print("batch read, secrets", few.run(SECONDS, readingMany(batches)), BATCH);
            var written = new AtomicInteger();
            print("write", load.run(SECONDS, writing(written)), 1);
        }

        private IntFunction<Supplier<Optional<byte[]>>> creating(AtomicInteger made) {
            return _ ->
                    () -> {
                        int from = made.getAndAdd(BATCH);
                        if (from >= SECRETS) {
                            return Optional.empty();
                        }
                        var items = new ArrayList<Map<String, Object>>();
                        for (int i = from; i < from + BATCH; i++) {
                            items.add(
                                    Map.of(
                                            "service",
                                            "bench/" + i % 100,
                                            "account",
                                            "n" + i,
                                            "value",
                                            VALUE));
                        }
                        return Optional.of(
                                post("/api/secrets/batch/create", Map.of("items", items)));
                    };
        }

        private void collect() {
            var next = Optional.of("");
            while (next.isPresent()) {
                JsonNode page =
                        api.get(
                                "/api/secrets?limit=1000"
                                        + (next.get().isEmpty() ? "" : "&cursor=" + next.get()));
                page.path("items").forEach(item -> ids.add(item.path("id").asString()));
                next = Optional.of(page.path("next").asString("")).filter(one -> !one.isEmpty());
            }
        }

        private IntFunction<Supplier<Optional<byte[]>>> reading(AtomicInteger at, int rounds) {
            return _ ->
                    () -> {
                        int next = at.getAndIncrement();
                        return next >= ids.size() * rounds
                                ? Optional.empty()
                                : Optional.of(
                                        request(
                                                "GET",
                                                "/api/secrets/"
                                                        + ids.get(next % ids.size())
                                                        + "/value",
                                                ""));
                    };
        }

        private IntFunction<Supplier<Optional<byte[]>>> readingMany(AtomicInteger at) {
            return _ ->
                    () -> {
                        int from = at.getAndAdd(BATCH);
                        var items = new ArrayList<Map<String, Object>>();
                        for (int i = from; i < from + BATCH; i++) {
                            items.add(Map.of("id", ids.get(i % ids.size())));
                        }
                        return Optional.of(post("/api/secrets/batch/read", Map.of("items", items)));
                    };
        }

        private IntFunction<Supplier<Optional<byte[]>>> writing(AtomicInteger at) {
            return _ ->
                    () ->
                            Optional.of(
                                    post(
                                            "/api/secrets",
                                            Map.of(
                                                    "service",
                                                    "written",
                                                    "account",
                                                    "n" + at.getAndIncrement(),
                                                    "value",
                                                    VALUE)));
        }

        /// @param items of one call
        private void print(String what, Load.Result result, int items) {
            report.line("vault", what)
                    .with("per_second", result.perSecond() * items)
                    .with("p50_ms", result.milliseconds().median())
                    .with("p99_ms", result.milliseconds().quantile(0.99))
                    .with("ping_ratio", result.perSecond() * items / pings)
                    .with("server_cpu_us", result.cpuMicros() / items)
                    .print();
        }

        private byte[] post(String path, Map<String, ?> body) {
            return request("POST", path, JSON.writeValueAsString(body));
        }

        private byte[] request(String method, String path, String body) {
            var content =
                    body.isEmpty()
                            ? ""
                            : "Content-Type: application/json\r\nContent-Length: "
                                    + body.length()
                                    + "\r\n";
            return (method
                            + " "
                            + path
                            + " HTTP/1.1\r\nHost: "
                            + host
                            + "\r\nAuthorization: Bearer "
                            + token
                            + "\r\n"
                            + content
                            + "\r\n"
                            + body)
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }
}
