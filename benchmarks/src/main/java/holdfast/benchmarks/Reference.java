package holdfast.benchmarks;

/// What the smallest request costs in the same run, so that figures of different machines can be compared as ratios.
final class Reference {
    private static final int CALLERS = 8;
    private static final double SECONDS = 2;

    private Reference() {}

    /// Prints the rate of `GET /api/ping` by the client of the benchmarks, on the same cores, and the time of one.
    static void print(Report report, Installation installation) {
        var api = installation.api();
        Clocked.rate(CALLERS, SECONDS, () -> api.touch("/api/ping")); // warms up
        double rate = Clocked.rate(CALLERS, SECONDS, () -> api.touch("/api/ping"));
        report.line("reference", CALLERS + " clients, GET /api/ping")
                .with("unit", "requests/s")
                .with("rate", rate)
                .print();
        var one = Clocked.milliseconds(500, () -> api.touch("/api/ping"));
        report.line("reference", "one client, GET /api/ping").quantiles(one, "ms").print();
    }
}
