package holdfast.health;

import com.sun.management.UnixOperatingSystemMXBean;
import holdfast.cluster.Jobs;
import holdfast.http.Observer;
import holdfast.storage.Database;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Counts answers by route, looks at the machine when asked, and writes both as OpenMetrics text. Safe for many threads.
public final class Metrics implements Observer {
    /// The media type of [#text].
    public static final String TYPE = OpenMetrics.TYPE;

    private static final double NANOS = 1e9;

    /// Upper ends in milliseconds: what a person does not notice, notices, waits for, gives up on.
    private static final long[] BUCKETS = {5, 25, 100, 500, 2_500, 10_000};

    private final Map<Key, Series> requests = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Database database;
    private final Jobs jobs;
    private final Path directory;
    private final List<Gauge> more;

    /// @param directory where the state is kept
    public Metrics(Database database, Jobs jobs, Path directory, List<Gauge> more) {
        this.database = database;
        this.jobs = jobs;
        this.directory = directory;
        this.more = List.copyOf(more);
    }

    @Override
    public void answered(String method, String route, int status, long nanoseconds) {
        var key = new Key(method, route, status);
        var known = requests.get(key); // which takes no lock
        var series = known == null ? requests.computeIfAbsent(key, _ -> new Series()) : known;
        series.add(nanoseconds);
    }

    @Override
    public void open(int now) {
        open.set(now);
    }

    /// {@return the OpenMetrics exposition, ending in `# EOF`}
    public String text() {
        var out = new OpenMetrics();
        answers(out);
        database(out);
        machine(out);
        jobs(out);
        for (var gauge : more) {
            out.type(gauge.name(), "gauge");
            new TreeMap<>(gauge.values().get())
                    .forEach((value, number) ->
                            out.line(gauge.name(), Map.of(gauge.label(), value), number));
        }
        return out.end();
    }

    private void answers(OpenMetrics out) {
        var name = "holdfast_http_request_seconds";
        out.type(name, "histogram");
        var sorted = new TreeMap<String, Map.Entry<Key, Series>>();
        requests.entrySet().forEach(one -> sorted.put(one.getKey().toString(), one));
        sorted.values()
                .forEach(one -> {
                    var labels = one.getKey().labels();
                    var series = one.getValue();
                    long sum = 0;
                    for (int i = 0; i <= BUCKETS.length; i++) {
                        sum += series.buckets[i].sum();
                        var end = i < BUCKETS.length ? String.valueOf(BUCKETS[i] / 1e3) : "+Inf";
                        var with = new TreeMap<>(labels);
                        with.put("le", end);
                        out.line(name + "_bucket", with, sum);
                    }
                    out.line(name + "_count", labels, sum);
                    out.line(name + "_sum", labels, series.nanos.sum() / NANOS);
                });
        out.gauge("holdfast_http_requests_open", open.get());
    }

    private void database(OpenMetrics out) {
        var figures = database.figures();
        out.counter("holdfast_database_writes", figures.writes());
        out.counter("holdfast_database_writes_refused", figures.refused());
        out.counter("holdfast_database_commits", figures.groups());
        out.counter("holdfast_database_retries", figures.retries());
        out.counter("holdfast_database_write_seconds", figures.writeNanos() / NANOS);
        out.gauge("holdfast_database_writes_waiting", figures.waiting());
        out.counter("holdfast_database_slow", figures.slow());
        out.gauge("holdfast_database_connections_working", figures.connections());
        out.gauge(
                "holdfast_database_size_bytes",
                database.readPlatform(tx -> SizeStore.bytes(tx, database.engine())));
    }

    private void machine(OpenMetrics out) {
        var memory = ManagementFactory.getMemoryMXBean();
        out.gauge("holdfast_heap_used_bytes", memory.getHeapMemoryUsage().getUsed());
        out.gauge("holdfast_heap_max_bytes", memory.getHeapMemoryUsage().getMax());
        out.gauge("holdfast_threads", ManagementFactory.getThreadMXBean().getThreadCount());
        var system = ManagementFactory.getOperatingSystemMXBean();
        out.gauge("holdfast_load_average", system.getSystemLoadAverage());
        if (system instanceof UnixOperatingSystemMXBean unix) {
            out.counter("holdfast_cpu_seconds", unix.getProcessCpuTime() / NANOS);
            out.gauge(
                    "holdfast_open_files", unix.getOpenFileDescriptorCount()); // sockets are files
            out.gauge("holdfast_memory_free_bytes", unix.getFreeMemorySize());
        }
        var disk = directory.toFile();
        out.gauge("holdfast_disk_free_bytes", disk.getUsableSpace());
        out.gauge("holdfast_disk_size_bytes", disk.getTotalSpace());
        out.gauge(
                "holdfast_uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
    }

    private void jobs(OpenMetrics out) {
        var statuses = jobs.statuses();
        out.type("holdfast_jobs", "gauge");
        count(statuses)
                .forEach((job, number) -> out.line("holdfast_jobs", Map.of("job", job), number));
        out.type("holdfast_jobs_failing", "gauge");
        var failing = count(statuses.stream().filter(job -> job.lastError().isPresent()).toList());
        count(statuses)
                .keySet()
                .forEach(job ->
                        out.line(
                                "holdfast_jobs_failing",
                                Map.of("job", job),
                                failing.getOrDefault(job, 0L)));
    }

    private static Map<String, Long> count(List<Jobs.Status> statuses) {
        return statuses.stream()
                .collect(
                        Collectors.groupingBy(
                                Jobs.Status::name, TreeMap::new, Collectors.counting()));
    }

    private record Key(String method, String route, int status) {
        Map<String, String> labels() {
            return Map.of("method", method, "route", route, "status", String.valueOf(status));
        }
    }

    private static final class Series {
        private final LongAdder[] buckets = new LongAdder[BUCKETS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Series() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        void add(long nanoseconds) {
            int bucket = 0;
            while (bucket < BUCKETS.length && nanoseconds > BUCKETS[bucket] * 1_000_000) {
                bucket++;
            }
            buckets[bucket].increment();
            nanos.add(nanoseconds);
        }
    }
}
