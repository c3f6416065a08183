package holdfast.app;

import holdfast.crypto.Crypto;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `holdfast doctor`: looks at the machine and says, for each finding, what cures it.
@Command(name = "doctor", description = "Checks this machine for a server; same flags as serve.")
final class DoctorCommand implements Callable<Integer> {
    private static final long MIB = 1024 * 1024;
    private static final long LEAST_DISK = 512 * MIB;
    private static final int LEAST_FILES = 4096; // file descriptors

    @Spec CommandSpec spec;

    @Unmatched List<String> flags = new ArrayList<>();

    private int troubles;

    @Override
    public Integer call() throws IOException {
        var config = Config.from(flags, System.getenv(), Path.of(System.getProperty("user.home")));
        runtime();
        crypto();
        state(config.stateDir());
        port(config);
        limits();
        entropy();
        return troubles == 0 ? 0 : 1;
    }

    private void say(boolean good, String what, String cure) {
        troubles += good ? 0 : 1;
        spec.commandLine()
                .getOut()
                .printf("%-8s %s%s%n", good ? "ok" : "TROUBLE", what, good ? "" : " — " + cure);
    }

    private void runtime() {
        int version = Runtime.version().feature();
        say(version >= 25, "Java " + Runtime.version(), "use the bundled runtime or a JDK 25");
    }

    private void crypto() {
        Crypto crypto = Chance.crypto();
        crypto.providers()
                .forEach((algorithm, provider) -> say(true, algorithm + " by " + provider, ""));
    }

    private void state(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            say(true, directory + " will be made at first start", "");
            return;
        }
        try {
            StateDir.open(directory);
            say(true, directory + " is private", "");
        } catch (holdfast.kernel.Refusal refusal) {
            say(false, directory.toString(), refusal.detail());
        }
        long free = Files.getFileStore(directory).getUsableSpace();
        say(
                free >= LEAST_DISK,
                "%,d MiB free in %s".formatted(free / MIB, directory),
                "free at least %d MiB: without space reads of secrets are refused"
                        .formatted(LEAST_DISK / MIB));
    }

    private void port(Config config) {
        try (var _ = new ServerSocket(config.port())) {
            say(true, "port %d can be bound".formatted(config.port()), "");
        } catch (IOException failure) {
            say(
                    false,
                    "port %d: %s".formatted(config.port(), failure.getMessage()),
                    "stop what listens there, choose another --port, or grant CAP_NET_BIND_SERVICE for a low one");
        }
    }

    private void limits() throws IOException {
        var limits = Path.of("/proc/self/limits");
        if (Files.exists(limits)) {
            var line =
                    Files.readAllLines(limits).stream()
                            .filter(text -> text.startsWith("Max open files"))
                            .findFirst()
                            .orElse("Max open files 0");
            var soft = line.substring("Max open files".length()).strip().split("\\s+", -1)[0];
            boolean enough = soft.equals("unlimited") || Long.parseLong(soft) >= LEAST_FILES;
            say(enough, "open files: " + soft, "raise LimitNOFILE (systemd) or ulimit -n to 65536");
        }
    }

    private void entropy() throws IOException {
        var pool = Path.of("/proc/sys/kernel/random/entropy_avail");
        if (Files.exists(pool)) {
            int bits = Integer.parseInt(Files.readString(pool).strip());
            say(
                    bits >= 128,
                    "entropy: %d bits".formatted(bits),
                    "install a hardware or virtio random source");
        }
    }
}
