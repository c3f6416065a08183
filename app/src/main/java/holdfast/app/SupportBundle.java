package holdfast.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What helps somebody else to help, in one ZIP file without a secret: findings, options, names of files, ends of logs.
///
/// Names of people, hosts and addresses stay in: without them a log tells nothing.
final class SupportBundle {
    private static final int END = 1 << 20; // bytes of each log
    private static final List<String> LOGS =
            List.of("holdfast.log", "holdfast-errors.log", "server.log");

    private final Config config;
    private final Settings settings;
    private final Redaction redaction;

    SupportBundle(Config config, Settings settings) {
        this.config = config;
        this.settings = settings;
        this.redaction = new Redaction(settings);
    }

    /// @param file must not exist; made for its owner alone
    void write(Path file, List<Finding> findings) throws IOException {
        StateDir.create(file);
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            add(zip, "doctor.txt", lines(findings.stream().map(Finding::line)));
            add(zip, "configuration.txt", lines(settings.explained().stream()));
            add(zip, "program.txt", program());
            add(zip, "state.txt", state());
            for (var name : LOGS) {
                var log = config.logDir().resolve(name);
                if (Files.isRegularFile(log)) {
                    add(zip, "log/" + name, end(log));
                }
            }
        }
    }

    private void add(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(redaction.of(text).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String program() {
        return """
        holdfast %s
        java %s
        system %s %s
        processors %d
        heap at most %d MiB
        """
                .formatted(
                        Version.text(),
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory() >> 20);
    }

    /// Modes, sizes and names, never content.
    private String state() throws IOException {
        if (!Files.exists(config.stateDir())) {
            return "";
        }
        try (Stream<Path> inside = Files.walk(config.stateDir(), 2)) {
            return lines(inside.sorted().map(this::listed));
        }
    }

    private String listed(Path path) {
        try {
            return "%s %,15d %s"
                    .formatted(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                            Files.size(path),
                            config.stateDir().relativize(path));
        } catch (IOException _) {
            return "gone " + config.stateDir().relativize(path);
        }
    }

    private static String end(Path log) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - END);
            var bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            var text = new String(bytes, StandardCharsets.UTF_8);
            return from == 0
                    ? text
                    : text.substring(text.indexOf('\n') + 1); // a cut line may hide a mark
        }
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n", "", "\n"));
    }
}
