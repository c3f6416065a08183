package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.Await;
import holdfast.testkit.TemporaryPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The clock is set back an hour while programs keep and read secrets, and once more while the server is down.
class ClockBackTest {
    private static final int PROGRAMS = 4;
    private static final int SOME = 40; // promises, of all programs together

    @TempDir Path folder;
    private final Map<String, String> written = new ConcurrentHashMap<>(); // id → value
    private final Map<String, String> read = new ConcurrentHashMap<>(); // request → id
    private final ConcurrentLinkedQueue<Throwable> failed = new ConcurrentLinkedQueue<>();
    private final List<Thread> programs = new ArrayList<>();
    private volatile boolean working;

    @Test
    void nothing_is_lost_and_service_goes_on_with_rows_in_sqlite() throws Exception {
        try (var server = LiveServer.start(folder, "--rate-api", "1000000")) {
            nothingIsLost(server);

            var said = new ByteArrayOutputStream();
            var out = new PrintStream(said, true, StandardCharsets.UTF_8);
            var state = folder.resolve("state").toString();
            int exit = Main.run(List.of("ledger", "verify", "--state-dir", state), out, out);
            assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
        }
    }

    @Test
    void nothing_is_lost_and_service_goes_on_with_rows_in_postgresql() throws Exception {
        var database = TemporaryPostgres.fresh();
        try (var server =
                LiveServer.start(
                        folder,
                        "--rate-api",
                        "1000000",
                        "--database-url",
                        database.url(),
                        "--database-user",
                        database.service(),
                        "--database-owner",
                        database.owner())) {
            nothingIsLost(server);
        }
    }

    private void nothingIsLost(LiveServer server) throws Exception {
        var admin = server.setUp();
        var token = token(admin, "before");
        begin(admin.program(token));
        promises();

        server.wait(Duration.ofHours(-1));
        promises();
        admin.get("/api/me").requireStatus(200);
        var later = server.nobody();
        later.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        later.program(token(later, "after")).get("/api/secrets?limit=1").requireStatus(200);
        promises();
        end();

        server.restart();
        server.wait(Duration.ofHours(-1));
        var again = server.nobody();
        again.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        begin(again.program(token)); // older than it was when it was made
        promises();
        server.wait(Duration.ofHours(2));
        promises();
        end();

        again.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200); // idle for two hours
        verify(again);
        server.wait(Duration.ofHours(25));
        again.program(token).get("/api/secrets?limit=1").requireStatus(401); // it ends on its day
    }

    private void begin(Person program) {
        working = true;
        for (int i = 0; i < PROGRAMS; i++) {
            programs.add(Thread.ofVirtual().start(() -> work(program)));
        }
    }

    private void end() throws InterruptedException {
        working = false;
        for (var one : programs) {
            one.join();
        }
        programs.clear();
        assertThat(failed).isEmpty();
    }

    private void work(Person program) {
        try {
            while (working) {
                var value = "value-" + UUID.randomUUID();
                var secret = Map.of("service", "clock", "account", value, "value", value);
                var made = program.post("/api/secrets", secret).requireStatus(201).json();
                var id = made.path("id").asString();
                written.put(id, value);
                var shown = program.get("/api/secrets/" + id + "/value").requireStatus(200);
                assertThat(shown.json().path("value").asString()).isEqualTo(value);
                read.put(shown.header("X-Request-Id"), id);
            }
        } catch (Exception | AssertionError failure) {
            failed.add(failure);
        }
    }

    private void promises() {
        int before = read.size();
        Await.until("work goes on", () -> !failed.isEmpty() || read.size() > before + SOME);
        assertThat(failed).isEmpty();
    }

    private void verify(Person who) throws Exception {
        var events = // newest first; PostgreSQL puts them in order a little later
                Await.value(
                        "every event has its place",
                        () -> Optional.of(events(who)).filter(this::areComplete));
        assertThat(events)
                .extracting(event -> event.path("index").asLong())
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .doesNotHaveDuplicates();
        assertThat(events)
                .extracting(event -> Instant.parse(event.path("time").asString()))
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        var creations = new HashMap<String, Integer>(); // id → events
        var reads = new HashMap<String, String>(); // request → id
        for (var event : events) {
            var id = event.path("details").path("secret").asString("");
            switch (event.path("type").asString()) {
                case "secret.create" -> creations.merge(id, 1, Integer::sum);
                case "secret.read" -> reads.put(event.path("requestId").asString(), id);
                default -> {}
            }
        }
        assertThat(reads).containsAllEntriesOf(read);
        assertThat(creations.keySet()).isEqualTo(written.keySet());
        assertThat(creations.values()).containsOnly(1);
        for (var one : written.entrySet()) {
            var kept = who.get("/api/secrets/" + one.getKey() + "/value").requireStatus(200);
            assertThat(kept.json().path("value").asString()).isEqualTo(one.getValue());
        }
        assertThat(who.get("/api/audit/verify").json().path("ok").asBoolean()).isTrue();
    }

    private boolean areComplete(List<JsonNode> events) {
        long secrets =
                events.stream()
                        .filter(event -> event.path("type").asString().startsWith("secret."))
                        .count();
        return secrets >= written.size() + read.size();
    }

    private static List<JsonNode> events(Person who) throws Exception {
        var events = new ArrayList<JsonNode>();
        var cursor = Optional.of("");
        while (cursor.isPresent()) {
            var page = who.get("/api/audit?limit=1000" + cursor.get()).requireStatus(200).json();
            page.path("items").forEach(events::add);
            var next = page.path("next").asString("");
            cursor = next.isEmpty() ? Optional.empty() : Optional.of("&cursor=" + next);
        }
        return events;
    }

    private static String token(Person who, String name) throws Exception {
        return who.post(
                        "/api/tokens",
                        Map.of(
                                "name",
                                name,
                                "permissions",
                                List.of("WRITE_SECRET", "READ_SECRET", "REVEAL_SECRET"),
                                "expiresInDays",
                                1))
                .requireStatus(201)
                .json()
                .path("secret")
                .asString();
    }
}
