package holdfast.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Whether time tells what an answer does not: ids of another tenant against ids that never were, asked for in turns.
///
/// `odds` is the part of all pairs in which the other tenant's id took longer (the area under the ROC curve): 0.5 when
/// time tells nothing.
final class IsolationBenchmark implements Benchmark {
    private static final int SAMPLES = 10_000; // of each kind
    private static final int SECRETS = 1_000;
    private static final double AIM = 0.02; // of the odds, off one half
    private static final Map<String, String> UNLIMITED = Map.of("HOLDFAST_RATE_API", "1000000");

    private final Path root;

    IsolationBenchmark(Path root) {
        this.root = root;
    }

    @Override
    public void run(Report report) {
        try (var installation = Installation.fresh(root, UNLIMITED)) {
            var api = installation.api();
            var ids = others(api);
            var next = new int[1];
            compare(
                    report,
                    "a secret's value",
                    api,
                    () -> "/api/secrets/" + ids.get(next[0]++ % ids.size()) + "/value",
                    () -> "/api/secrets/" + UUID.randomUUID() + "/value");
            compare(
                    report,
                    "a secret",
                    api,
                    () -> "/api/secrets/" + ids.get(next[0]++ % ids.size()),
                    () -> "/api/secrets/" + UUID.randomUUID());
            compare(
                    report,
                    "a tenant",
                    api,
                    () -> "/api/t/other/secrets",
                    () -> "/api/t/nobody/secrets");
        }
    }

    /// {@return ids of secrets of a tenant that the asker does not belong to}
    private static List<String> others(Api api) {
        var tenant =
                api.post("/api/tenants", Map.of("name", "other", "tier", "ENTERPRISE"))
                        .path("id")
                        .asString();
        api.post(
                "/api/users",
                Map.of("username", "keeper", "password", Installation.PASSWORD, "role", "USER"));
        var items = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < SECRETS; i++) {
            items.add(Map.of("service", "bench", "account", "n" + i, "value", "x".repeat(100)));
        }
        var ids = new ArrayList<String>();
        api.within(
                tenant,
                "keeper",
                () ->
                        api.post("/api/t/other/secrets/batch/create", Map.of("items", items))
                                .path("items")
                                .forEach(item -> ids.add(item.path("id").asString())));
        return ids;
    }

    private static void compare(
            Report report, String what, Api api, Supplier<String> theirs, Supplier<String> never) {
        var asked = List.of(new ArrayList<Double>(), new ArrayList<Double>());
        for (int i = 0; i < SAMPLES / 10; i++) { // warms up
            api.refused(theirs.get());
            api.refused(never.get());
        }
        for (int i = 0; i < 2 * SAMPLES; i++) {
            int kind = i % 2;
            var path = (kind == 0 ? theirs : never).get();
            asked.get(kind).add(Clocked.seconds(() -> api.refused(path)) * 1e6);
        }
        double odds = odds(asked.get(0), asked.get(1));
        var other = Figures.of(asked.get(0));
        var nothing = Figures.of(asked.get(1));
        report.line("isolation", what + ": another tenant's, and none")
                .with("unit", "us")
                .with("samples", SAMPLES)
                .with("p50_theirs", other.median())
                .with("p50_none", nothing.median())
                .with("p99_theirs", other.quantile(0.99))
                .with("p99_none", nothing.quantile(0.99))
                .with("odds", odds)
                .with("aim", "odds within " + AIM + " of 0.5")
                .with("reached", Math.abs(odds - 0.5) <= AIM)
                .print();
    }

    /// {@return the part of all pairs in which one of `first` is greater; half of what is equal}
    static double odds(List<Double> first, List<Double> second) {
        var sorted = new ArrayList<>(second);
        Collections.sort(sorted);
        double greater = 0;
        for (double one : first) {
            greater += (below(sorted, one, false) + below(sorted, one, true)) / 2.0;
        }
        return greater / ((double) first.size() * second.size());
    }

    /// {@return how many are below `limit`, or at it when `also`}
    private static int below(List<Double> sorted, double limit, boolean also) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle) < limit || (also && sorted.get(middle) == limit)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
