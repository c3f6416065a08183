package holdfast.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `openssl` as a process: a client and a certificate maker that we did not write.
final class OpenSsl {
    private OpenSsl() {}

    /// What it said, errors included, and how it ended.
    record Said(int exit, String text) {}

    static Said run(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Said(process.waitFor(), text);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /// @throws IOException with what it said when it fails
    static void must(String... arguments) throws IOException {
        var said = run(arguments);
        if (said.exit() != 0) {
            throw new IOException(said.text());
        }
    }

    /// {@return what `s_client` tells of one handshake}
    static Said connect(int port, String... more) throws IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + port,
                                "-servername",
                                "localhost"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }
}
