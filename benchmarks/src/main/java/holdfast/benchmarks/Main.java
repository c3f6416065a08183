package holdfast.benchmarks;

import java.util.Arrays;
import java.util.List;

/// `./run bench [start]`.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var words = Arrays.asList(arguments);
        int at = words.indexOf("--root");
        var root = java.nio.file.Path.of(at < 0 ? "." : words.get(at + 1)).toAbsolutePath();
        var names = words.stream().filter(List.of("start")::contains).toList();
        if (names.isEmpty() && words.size() > 2) {
            System.err.println("there is one benchmark: start");
            System.exit(2);
        }
        new StartBenchmark(root).run(System.out);
    }
}
