package holdfast.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks at what any server needs of a machine: runtime, providers of cryptography, limits, randomness.
final class MachineChecks {
    private static final int RUNTIME = 25;
    private static final int LEAST_FILES = 4096; // file descriptors
    private static final int LEAST_ENTROPY = 128; // bits
    private static final String FILES = "Max open files";

    private MachineChecks() {}

    static List<Finding> all() throws IOException {
        var findings = new ArrayList<Finding>();
        findings.add(
                Finding.of(
                        Runtime.version().feature() >= RUNTIME,
                        "Java " + Runtime.version(),
                        "use the bundled runtime or a JDK " + RUNTIME));
        Chance.crypto()
                .providers()
                .forEach((algorithm, provider) ->
                        findings.add(Finding.fine(algorithm + " by " + provider)));
        limits(findings);
        entropy(findings);
        return findings;
    }

    private static void limits(List<Finding> findings) throws IOException {
        var limits = Path.of("/proc/self/limits");
        if (!Files.exists(limits)) {
            return;
        }
        var line =
                Files.readAllLines(limits).stream()
                        .filter(text -> text.startsWith(FILES))
                        .findFirst()
                        .orElse(FILES + " 0");
        var soft = line.substring(FILES.length()).strip().split("\\s+", -1)[0];
        findings.add(
                Finding.of(
                        soft.equals("unlimited") || Long.parseLong(soft) >= LEAST_FILES,
                        "open files: " + soft,
                        "raise LimitNOFILE (systemd) or ulimit -n to 65536"));
    }

    private static void entropy(List<Finding> findings) throws IOException {
        var pool = Path.of("/proc/sys/kernel/random/entropy_avail");
        if (Files.exists(pool)) {
            int bits = Integer.parseInt(Files.readString(pool).strip());
            findings.add(
                    Finding.of(
                            bits >= LEAST_ENTROPY,
                            "entropy: %d bits".formatted(bits),
                            "install a hardware or virtio random source"));
        }
    }
}
