package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A restart under a service manager that holds the socket refuses nobody and loses no request.
class SocketActivationTest {
    private static final int CLIENTS = 6;
    private static final String OK = "HTTP/1.1 200";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REQUEST =
            "GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final Duration WORK = Duration.ofMillis(20); // for one answer

    /// Holds a listening socket, as systemd does, and gives it to one server after the other: the next when a line comes.
    private static final String MANAGER =
            """
            import signal, socket, subprocess, sys
            held = socket.create_server(("127.0.0.1", 0), backlog=512)
            print(held.getsockname()[1], flush=True)
            while True:
                server = subprocess.Popen(sys.argv[1:], stdin=held.fileno(), stdout=subprocess.PIPE)
                print(server.stdout.readline().decode().strip(), flush=True)
                more = sys.stdin.readline()
                server.send_signal(signal.SIGTERM)
                print(server.stdout.readline().decode().strip(), flush=True)
                server.wait()
                if not more:
                    break
            """;

    @Test
    void a_restart_refuses_no_connection_and_drops_no_request() throws Exception {
        var manager = manager();
        try (var said = manager.inputReader(StandardCharsets.UTF_8);
                var orders = manager.outputWriter(StandardCharsets.UTF_8);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var port = Integer.parseInt(said.readLine());
            ready(said);
            var enough = new AtomicBoolean();
            var answered = new AtomicInteger();
            var clients = new ArrayList<Future<Integer>>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> ask(port, enough, answered)));
            }
            try {
                Await.until("clients are served", () -> answered.get() > CLIENTS);
                try (var early = TestServer.connect(port)) {
                    Await.until("it was taken", () -> answered.get() > 3 * CLIENTS);
                    orders.write("next\n");
                    orders.flush();
                    assertThat(said.readLine()).isEqualTo("stopping");
                    assertThat(answer(early)).as("who was taken before").isEqualTo(OK);
                }
                ready(said);
                int before = answered.get();
                Await.until("the next process answers", () -> answered.get() > before + 20);
            } finally {
                enough.set(true);
            }
            for (var client : clients) {
                assertThat(client.get()).isPositive(); // throws what the client has seen go wrong
            }
        } finally {
            manager.waitFor();
        }
    }

    private static void ready(BufferedReader said) throws IOException {
        assertThat(said.readLine()).isEqualTo("ready");
    }

    private static Process manager() throws IOException {
        return new ProcessBuilder(
                        "python3",
                        "-c",
                        MANAGER,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Served.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Asks again and again until it is enough, each time on a connection of its own and once only.
    private static int ask(int port, AtomicBoolean enough, AtomicInteger answered)
            throws Exception {
        int asked = 0;
        while (!enough.get()) {
            try (var socket = TestServer.connect(port)) {
                assertThat(answer(socket)).isEqualTo(OK);
            }
            asked++;
            answered.incrementAndGet();
        }
        return asked;
    }

    /// {@return how the answer to a request begins; the first byte of the handshake goes out here}
    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        return new String(
                socket.getInputStream().readNBytes(OK.length()), StandardCharsets.US_ASCII);
    }

    /// A server as a process of its own, on the socket it is given; takes a moment for each answer.
    static final class Served {
        private Served() {}

        public static void main(String[] arguments) throws Exception {
            var route =
                    new Route(
                            "GET",
                            "/slow",
                            Access.PUBLIC,
                            0,
                            Rate.FREE,
                            _ -> {
                                LockSupport.parkNanos(WORK.toNanos());
                                return Response.json(Map.of());
                            });
            var server = TestServer.with(List.of(route));
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                System.out.println("stopping");
                                System.out.flush();
                                server.close();
                            }));
            System.out.println("ready");
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
