package holdfast.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Ten thousand tenants with a hundred secrets each: how long the server then takes to start, what it keeps resident when
/// idle, and what a page of tenants and a secret of one of them take. Filling takes minutes and stands in the report, too.
final class TenantsBenchmark implements Benchmark {
    private static final int TENANTS = 10_000;
    private static final int SECRETS = 100; // of each
    private static final int FILLERS = 8;
    private static final String KEEPER = "keeper";
    private static final int ASKED = 300; // times
    private static final double AIM_START = 5; // seconds
    private static final double AIM_RESIDENT = 200; // MB
    private static final double AIM_PAGE = 100; // milliseconds
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Map<String, String> UNLIMITED =
            Map.of("HOLDFAST_RATE_API", "1000000", "HOLDFAST_RATE_HEAVY", "1000000");

    private final Path root;

    TenantsBenchmark(Path root) {
        this.root = root;
    }

    @Override
    public void run(Report report) {
        try (var installation = Installation.fresh(root, UNLIMITED)) {
            long start = System.nanoTime();
            fill(installation.api());
            double filled = (System.nanoTime() - start) / 1e9;
            report.line("tenants", "made and filled, one after another by 8 clients")
                    .with("unit", "s")
                    .with("seconds", filled)
                    .with("secrets_per_second", TENANTS * SECRETS / filled)
                    .print();
            installation.stop();
            start = System.nanoTime();
            installation.start();
            double started = (System.nanoTime() - start) / 1e9;
            report.line("tenants", "start and sign-in")
                    .with("unit", "s")
                    .with("seconds", started)
                    .atMost(AIM_START, started)
                    .print();
            double resident = installation.figures().leastMegabytes(SILENCE);
            report.line("tenants", "resident when idle")
                    .with("unit", "MB")
                    .with("resident", resident)
                    .with("files", installation.figures().fileMegabytes())
                    .atMost(AIM_RESIDENT, resident)
                    .print();
            pages(report, installation.api());
        }
    }

    private static void pages(Report report, Api api) {
        var pages = Clocked.milliseconds(ASKED, () -> api.touch("/api/tenants?limit=100"));
        report.line("tenants", "a page of 100 tenants")
                .quantiles(pages, "ms")
                .atMost(AIM_PAGE, pages.quantile(0.99))
                .print();
        var found = Clocked.milliseconds(ASKED, () -> api.touch("/api/tenants?limit=100&q=9871"));
        report.line("tenants", "tenants by a part of their name")
                .quantiles(found, "ms")
                .atMost(AIM_PAGE, found.quantile(0.99))
                .print();
    }

    private static void fill(Api api) {
        api.post(
                "/api/users",
                Map.of("username", KEEPER, "password", Installation.PASSWORD, "role", "USER"));
        try (var fillers = Executors.newFixedThreadPool(FILLERS)) {
            IntStream.range(0, TENANTS)
                    .mapToObj(
                            number -> CompletableFuture.runAsync(() -> fill(api, number), fillers))
                    .toList()
                    .forEach(CompletableFuture::join);
        }
    }

    private static void fill(Api api, int number) {
        var name = name(number);
        var tenant =
                api.post("/api/tenants", Map.of("name", name, "tier", "ENTERPRISE"))
                        .path("id")
                        .asString();
        var items = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < SECRETS; i++) {
            items.add(
                    Map.of(
                            "service",
                            "service/" + i % 10,
                            "account",
                            "account-" + i,
                            "value",
                            "x".repeat(40)));
        }
        api.within(
                tenant,
                KEEPER,
                () -> api.post("/api/t/" + name + "/secrets/batch/create", Map.of("items", items)));
    }

    private static String name(int number) {
        return "tenant-%05d".formatted(number);
    }
}
