package holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// Where and when a run was made.
final class Machine {
    private Machine() {}

    static void print(Report report) {
        report.line("machine", "this run")
                .with("date", Instant.now().toString())
                .with("processors", Runtime.getRuntime().availableProcessors())
                .with("processor", value("/proc/cpuinfo", "model name"))
                .with("memory", value("/proc/meminfo", "MemTotal"))
                .with("load", text("/proc/loadavg"))
                .with("java", Runtime.version().toString())
                .with(
                        "system",
                        System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .with("disk", "SQLite synchronous=FULL in " + System.getProperty("java.io.tmpdir"))
                .print();
    }

    private static String value(String file, String name) {
        return text(file)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException _) {
            return "";
        }
    }
}
