package holdfast.administration;

import holdfast.http.Observer;
import holdfast.storage.Database;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Counts answers by route, and writes them as OpenMetrics text. Safe for many threads.
public final class Metrics implements Observer {
    static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final double NANOS = 1e9;

    private final Map<Key, Series> requests = new ConcurrentHashMap<>();
    private final Database database;

    private final Map<String, LongSupplier> counters = new ConcurrentSkipListMap<>();
    private final Map<String, LongSupplier> gauges = new ConcurrentSkipListMap<>();

    Metrics(Database database) {
        this.database = database;
    }

    @Override
    public void answered(String method, String route, int status, long nanoseconds) {
        var series = requests.computeIfAbsent(new Key(method, route, status), _ -> new Series());
        series.count.increment();
        series.nanos.add(nanoseconds);
    }

    /// Adds a figure of another room that only grows.
    ///
    /// @param name as OpenMetrics names it, without `_total`
    public void counter(String name, LongSupplier value) {
        counters.put(name, value);
    }

    /// Adds a figure of another room that goes up and down.
    public void gauge(String name, LongSupplier value) {
        gauges.put(name, value);
    }

    /// {@return the OpenMetrics exposition, ending in `# EOF`}
    String text() {
        var out = new StringBuilder();
        out.append("# TYPE holdfast_http_request_seconds summary\n");
        var sorted = new TreeMap<String, Series>();
        requests.forEach((key, series) -> sorted.put(key.labels(), series));
        sorted.forEach((labels, series) -> {
            line(out, "holdfast_http_request_seconds_count" + labels, series.count.sum());
            line(
                    out,
                    "holdfast_http_request_seconds_sum" + labels,
                    (double) series.nanos.sum() / NANOS);
        });
        var figures = database.figures();
        counter(out, "holdfast_database_writes", figures.writes());
        counter(out, "holdfast_database_writes_refused", figures.refused());
        counter(out, "holdfast_database_commits", figures.groups());
        counter(out, "holdfast_database_retries", figures.retries());
        gauge(out, "holdfast_database_writes_waiting", figures.waiting());
        var memory = ManagementFactory.getMemoryMXBean();
        gauge(out, "holdfast_heap_used_bytes", memory.getHeapMemoryUsage().getUsed());
        gauge(out, "holdfast_heap_max_bytes", memory.getHeapMemoryUsage().getMax());
        gauge(out, "holdfast_threads", ManagementFactory.getThreadMXBean().getThreadCount());
        gauge(
                out,
                "holdfast_load_average",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        gauge(
                out,
                "holdfast_uptime_seconds",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        counters.forEach((name, value) -> counter(out, name, value.getAsLong()));
        gauges.forEach((name, value) -> gauge(out, name, value.getAsLong()));
        return out.append("# EOF\n").toString();
    }

    private static void counter(StringBuilder out, String name, Number value) {
        out.append("# TYPE ").append(name).append(" counter\n");
        line(out, name + "_total", value);
    }

    private static void gauge(StringBuilder out, String name, Number value) {
        out.append("# TYPE ").append(name).append(" gauge\n");
        line(out, name, value);
    }

    private static void line(StringBuilder out, String name, Number value) {
        out.append(name)
                .append(' ')
                .append(
                        value instanceof Double fraction
                                ? String.format(Locale.ROOT, "%.6f", fraction)
                                : value.toString())
                .append('\n');
    }

    private record Key(String method, String route, int status) {
        String labels() {
            return "{method=\"%s\",route=\"%s\",status=\"%d\"}"
                    .formatted(plain(method), plain(route), status);
        }

        private static String plain(String text) {
            return text.replaceAll("[^A-Za-z0-9/{}*._-]", "_");
        }
    }

    private static final class Series {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();
    }
}
