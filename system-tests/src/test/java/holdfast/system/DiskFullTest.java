package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.demo.ServerProcess;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.testkit.Await;
import holdfast.testkit.Disk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The whole server on a disk that fills up while people work: it fails closed, and comes back by itself.
class DiskFullTest {
    private static final int SIZE = 256 * 1024; // KiB; below 128 MiB free the server is not ready
    private static final Duration PACE =
            Duration.ofMillis(10); // of one person; more is refused with 429
    private static final Set<Integer> CLOSED = Set.of(507, 503);
    private static final Map<String, Object> NEWCOMER =
            Map.of("username", "grace", "password", "Ninety-eight sour plums 8!", "role", "USER");

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet(); // request ids
    private final ConcurrentLinkedQueue<Calls.Answer> refused = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean working = new AtomicBoolean(true);

    @Test
    void reads_of_secrets_fail_closed_while_the_disk_is_full_and_go_on_when_there_is_room()
            throws Exception {
        try (var disk = Disk.ofKibibytes(SIZE);
                var manager = Simulator.start(SimulatorOptions.defaults(InstantSource.system()));
                var server = start(disk.folder().resolve("state"))) {
            var calls = Calls.to(server, disk.folder().resolve("state/tls/cert.pem"));
            calls.setUp(server.setupCode().orElseThrow());
            var reveals = reveals(calls, manager);
            var values = new ArrayList<String>();
            for (var path : reveals) {
                var answer = calls.post(path, Map.of());
                values.add(answer.json().path("value").asString());
                acknowledged.add(answer.request());
            }
            assertThat(calls.get("/health/ready").status()).isEqualTo(200);
            var load = new VaultLoad("full");
            load.begin(calls);
            Await.until("secrets are kept", () -> load.promises() > 30);
            var people = List.of(work(calls, reveals), work(calls, reveals), signIn(calls));

            var ballast = disk.fill();
            Await.until("reveals are refused", () -> refused.size() > 20);
            Await.until("writes are refused", () -> load.refused().size() > 20);

            var reveal = calls.post(reveals.getFirst(), Map.of());
            assertThat(reveal.status()).isIn(CLOSED);
            assertThat(reveal.json().path("detail").asString()).contains("make room");
            assertThat(calls.post("/api/users", NEWCOMER).status()).isIn(CLOSED);
            assertThat(calls.signIn().status()).isIn(CLOSED);
            var ready = calls.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().path("detail").asString()).contains("disk");
            var health = calls.get("/api/system/health").json().path("components");
            assertThat(health.toString()).contains("Free some space");

            Files.delete(ballast);
            Await.until(
                    "service resumes",
                    () -> calls.post(reveals.getFirst(), Map.of()).status() == 200);
            assertThat(server.process().isAlive()).isTrue();
            int promised = load.promises();
            Await.until("secrets are kept again", () -> load.promises() > promised + 30);
            load.end();
            working.set(false);
            for (var one : people) {
                one.join();
            }

            assertThat(calls.post("/api/users", NEWCOMER).status()).isEqualTo(201);
            assertThat(calls.get("/health/ready").status()).isEqualTo(200);
            assertThat(refused)
                    .allSatisfy(answer -> {
                        assertThat(answer.status()).as(answer.text()).isIn(CLOSED);
                        assertThat(answer.text()).contains("urn:holdfast:problem:");
                        assertThat(values).noneMatch(value -> answer.text().contains(value));
                    });
            assertThat(load.refused())
                    .allSatisfy(answer -> {
                        assertThat(answer.status()).as(answer.text()).isIn(CLOSED);
                        assertThat(answer.text())
                                .contains("urn:holdfast:problem:")
                                .doesNotContain("value-"); // as each of its values begins
                    });
            load.verify(calls);
            assertThat(revealed(calls)).containsAll(acknowledged);
            assertThat(calls.get("/api/audit/verify").json().path("ok").asBoolean()).isTrue();
        }
    }

    private static ServerProcess start(Path state) {
        var program =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "holdfast.app.Main");
        var flags =
                List.of(
                        "--state-dir", state.toString(),
                        "--port", "0",
                        "--address", "127.0.0.1",
                        "--outbound-loopback", "true");
        return ServerProcess.start(program, flags, Map.of("HOLDFAST_DATABASE_URL", ""));
    }

    /// {@return the paths that reveal the credentials of a new environment}
    private static List<String> reveals(Calls calls, Simulator manager) {
        var source =
                Map.of(
                        "scheduleMinutes", 0,
                        "host", "localhost",
                        "port", manager.port(),
                        "username", manager.user(),
                        "password", manager.password(),
                        "trust", Map.of("mode", "PIN", "fingerprint", manager.fingerprint()));
        var made = calls.post("/api/environments", Map.of("name", "full", "sddcManager", source));
        var base = "/api/environments/" + made.json().path("id").asString();
        calls.post(base + "/sync?wait=60", Map.of());
        var paths = new ArrayList<String>();
        for (JsonNode row : calls.get(base + "/credentials?limit=20").json().path("items")) {
            paths.add(
                    "%s/credentials/%s/reveal?purpose=view"
                            .formatted(base, row.path("id").asString()));
        }
        assertThat(paths).hasSize(20);
        return paths;
    }

    private Thread work(Calls calls, List<String> reveals) {
        return Thread.ofVirtual()
                .start(() -> {
                    for (int i = 0; working.get(); i++) {
                        var answer = calls.post(reveals.get(i % reveals.size()), Map.of());
                        if (answer.status() == 200) {
                            acknowledged.add(answer.request());
                        } else {
                            refused.add(answer);
                        }
                        LockSupport.parkNanos(PACE.toNanos());
                    }
                });
    }

    private Thread signIn(Calls calls) {
        return Thread.ofVirtual()
                .start(() -> {
                    for (int i = 0; working.get() && i < 20; i++) { // more would be too many
                        var answer = calls.signIn();
                        if (answer.status() != 200) {
                            refused.add(answer);
                        }
                    }
                });
    }

    /// {@return the requests of all reveals that the ledger knows}
    private static Set<String> revealed(Calls calls) {
        var requests = ConcurrentHashMap.<String>newKeySet();
        var cursor = "";
        do {
            var page = calls.get("/api/audit?type=credential.reveal&limit=1000" + cursor).json();
            for (JsonNode event : page.path("items")) {
                requests.add(event.path("requestId").asString());
            }
            var next = page.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return requests;
    }
}
