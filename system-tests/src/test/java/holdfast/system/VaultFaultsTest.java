package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Secrets under load while something breaks: nothing that was promised is lost, and service goes on afterwards.
///
/// With `--long` 20 kills on each database instead of 3 and 1, and 10,000 connections that speak TLS instead of 2,000 that do not.
class VaultFaultsTest {
    private static final boolean LONG = Boolean.getBoolean("holdfast.long");
    private static final int SLOW = 500;
    private static final long HUGE = 100L * 1024 * 1024; // bytes

    @ParameterizedTest
    @EnumSource
    void after_a_kill_every_promise_is_kept_and_nothing_is_there_by_halves(Engine engine)
            throws Exception {
        try (var installation = open(engine)) {
            var load = new VaultLoad("killed");
            for (int kill = 0; kill < kills(engine); kill++) {
                int before = load.promises();
                load.begin(calls(installation));
                Await.until("work is under way", () -> load.promises() > before + 100);

                installation.kill();
                load.end();
                installation.restart();

                load.verify(calls(installation));
            }
            assertThat(load.refused()).isEmpty();
        }
    }

    private static int kills(Engine engine) {
        if (LONG) {
            return 20;
        }
        return engine == Engine.SQLITE ? 3 : 1;
    }

    private static Installation open(Engine engine) {
        return Installation.of(
                engine, Map.of("HOLDFAST_RATE_API", "1000000")); // each secret is asked for again
    }

    private static Calls calls(Installation installation) {
        var calls =
                Calls.to(
                        installation.server(), installation.folder().resolve("state/tls/cert.pem"));
        calls.enter();
        return calls;
    }

    @Test
    void crowds_slow_clients_and_huge_bodies_take_nothing_from_others() throws Exception {
        try (var installation = open(Engine.SQLITE)) {
            crowd(calls(installation), installation.server().url().getPort());
        }
    }

    private static void crowd(Calls calls, int port) throws Exception {
        var load = new VaultLoad("crowded");
        load.begin(calls);
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < SLOW; i++) {
                var slow = calls.connect();
                slow.getOutputStream()
                        .write("GET /api/ping HTTP/1.1\r\nHos".getBytes(StandardCharsets.UTF_8));
                open.add(slow);
            }
            for (int i = 0; i < (LONG ? 10_000 : 2_000); i++) {
                open.add(
                        LONG
                                ? calls.connect()
                                : new Socket(InetAddress.getLoopbackAddress(), port));
            }
            int then = load.promises();
            Await.until("work goes on", () -> load.promises() > then + 100);

            assertThat(refusal(calls, "Content-Length: " + HUGE)).startsWith("HTTP/1.1 413");
            assertThat(refusal(calls, "Transfer-Encoding: chunked")).startsWith("HTTP/1.1 413");
        } finally {
            for (var one : open) {
                one.close();
            }
        }
        int then = load.promises();
        Await.until("work goes on", () -> load.promises() > then + 100);
        load.end();

        assertThat(load.refused()).isEmpty();
        load.verify(calls);
    }

    /// {@return what is answered to a body of 100 MB, as far as it is taken}
    private static String refusal(Calls calls, String length) throws IOException {
        try (SSLSocket socket = calls.connect()) {
            socket.setSoTimeout(30_000);
            var out = socket.getOutputStream();
            var head =
                    """
                    POST /api/secrets HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Cookie: %s\r
                    %s\r
                    \r
                    """
                            .formatted(calls.cookie(), length);
            out.write(head.getBytes(StandardCharsets.UTF_8));
            if (length.startsWith("Transfer")) {
                chunks(out);
            }
            var answer = new byte[4096];
            int read = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, read), StandardCharsets.UTF_8);
        }
    }

    private static void chunks(java.io.OutputStream out) {
        var chunk = new byte[64 * 1024 + 9];
        System.arraycopy("10000\r\n".getBytes(StandardCharsets.UTF_8), 0, chunk, 0, 7);
        java.util.Arrays.fill(chunk, 7, chunk.length, (byte) ' ');
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        try {
            for (long sent = 0; sent < HUGE; sent += 64 * 1024) {
                out.write(chunk);
            }
        } catch (IOException _) {
            // it was refused and the rest is not taken
        }
    }
}
