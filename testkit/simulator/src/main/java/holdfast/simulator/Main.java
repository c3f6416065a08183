package holdfast.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Starts a [Simulator] from the command line and prints one line of JSON that says where it is.
///
/// `--port N` `--control-port N` `--role R` `--version V` `--credentials N` `--seed N` `--user U` `--password P`
/// `--certificate SHAPE` `--name HOST` `--tls-1.2` `--fault TEXT` `--switch NAME=SETTING` `--port-file FILE`.
public final class Main {
    private Main() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        CommandLine line;
        try {
            line = CommandLine.parse(List.of(arguments), InstantSource.system());
        } catch (IllegalArgumentException mistake) {
            System.err.println(mistake.getMessage());
            System.exit(2);
            return;
        }
        var simulator = Simulator.start(line.options());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(simulator::close));
        var where = where(simulator);
        out.println(where);
        if (line.portFile().isPresent()) {
            write(line.portFile().get(), where);
        }
        new CountDownLatch(1).await();
    }

    private static String where(Simulator simulator) {
        var where = Json.object();
        where.put("url", simulator.url()).put("port", simulator.port());
        simulator.controlPort().ifPresent(port -> where.put("controlPort", port));
        where.put("fingerprint", simulator.fingerprint());
        where.put("role", simulator.role().text()).put("version", simulator.version().text());
        where.put("credentials", simulator.estate().credentials().size());
        where.put("user", simulator.user()).put("password", simulator.password());
        return where.toString();
    }

    /// Whoever waits for the file sees it whole or not at all.
    private static void write(Path file, String text) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, text + "\n");
        Files.move(
                beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
