package holdfast.benchmarks;

/// One thing that is measured: warms up, repeats, prints its lines.
interface Benchmark {
    void run(Report report);
}
