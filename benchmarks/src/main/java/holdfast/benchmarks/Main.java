package holdfast.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// `./run bench [name…]`: `start`, `writes`, `ledger`, `sync`, `grid`, `reveal`, `vault`, `export`, `pages`,
/// `isolation`, `tenants`, or `all` of them.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var words = new ArrayList<>(Arrays.asList(arguments));
        int at = words.indexOf("--root");
        var root = Path.of(at < 0 ? "." : words.get(at + 1)).toAbsolutePath();
        if (at >= 0) {
            words.subList(at, at + 2).clear();
        }
        var known = benchmarks(root);
        var chosen = new ArrayList<Benchmark>();
        for (var name : words.isEmpty() || words.contains("all") ? known.keySet() : words) {
            var benchmark = known.get(name);
            if (benchmark == null) {
                System.err.printf("no benchmark is called %s: %s%n", name, known.keySet());
                System.exit(2);
                return;
            }
            chosen.add(benchmark);
        }
        var report = new Report(System.out);
        Machine.print(report);
        chosen.forEach(benchmark -> benchmark.run(report));
        System.exit(0); // the database server of the tests ends with this process
    }

    private static Map<String, Benchmark> benchmarks(Path root) {
        var known = new LinkedHashMap<String, Benchmark>();
        known.put("start", new StartBenchmark(root));
        known.put("writes", new WritesBenchmark());
        known.put("ledger", new LedgerBenchmark());
        known.put("sync", new SyncBenchmark(root));
        known.put("reveal", new RevealBenchmark(root));
        known.put("vault", new VaultBenchmark(root));
        known.put("export", new ExportBenchmark(root));
        known.put("pages", new PagesBenchmark(root));
        known.put("grid", new GridBenchmark(root));
        known.put("isolation", new IsolationBenchmark(root));
        known.put("tenants", new TenantsBenchmark(root));
        return known;
    }
}
