package holdfast.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What Linux says of a process (proc(5)).
record ProcessFigures(long pid) {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final double TICKS = 100; // a second, sysconf(_SC_CLK_TCK)

    double residentMegabytes() {
        return status("VmRSS:");
    }

    /// {@return the least that was resident in so long a time, looked at once a second}
    double leastMegabytes(Duration silence) {
        double least = residentMegabytes();
        for (long end = System.nanoTime() + silence.toNanos(); System.nanoTime() < end; ) {
            LockSupport.parkNanos(LOOK.toNanos());
            least = Math.min(least, residentMegabytes());
        }
        return least;
    }

    /// {@return the part of it that is files, which the machine may take back}
    double fileMegabytes() {
        return status("RssFile:");
    }

    /// {@return the most it was since [#forgetPeak]}
    double peakMegabytes() {
        return status("VmHWM:");
    }

    void forgetPeak() {
        try {
            Files.writeString(file("clear_refs"), "5");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// {@return seconds of processor time since it began}
    double processorSeconds() {
        var text = read("stat");
        var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    private double status(String name) {
        return read("status")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                .findFirst()
                .orElseThrow();
    }

    private String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}
