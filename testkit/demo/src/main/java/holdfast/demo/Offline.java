package holdfast.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// `holdfast ledger verify FILE`, as an auditor without the server would run it.
final class Offline {
    private Offline() {}

    /// {@return what the program said}
    static String verify(Path root, byte[] bundle, Path folder) {
        try {
            var file = Files.write(folder.resolve("ledger.jsonl"), bundle);
            var process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "-cp",
                                    root.resolve("app/target/lib") + "/*",
                                    "holdfast.app.Main",
                                    "ledger",
                                    "verify",
                                    file.toString())
                            .redirectErrorStream(true)
                            .start();
            var said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            Steps.require(process.waitFor() == 0, said);
            return said.lines().reduce((_, last) -> last).orElse("");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Client.Failed("interrupted");
        }
    }
}
