package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Live events over the wire: by WebSocket with the JDK's client, as server-sent events with `curl` and a browser that was left open.
class LiveEventsTest {
    @TempDir static Path folder;
    private static LiveServer server;
    private static Person admin;

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "1000");
        admin = server.setUp();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_open_stream_does_not_keep_its_session_and_ends_with_it() throws Exception {
        var lines = new CopyOnWriteArrayList<String>();
        var ended = new AtomicBoolean();
        var stream = admin.open("/api/events");
        Thread.ofVirtual().start(() -> read(stream, lines, ended));

        server.wait(Duration.ofMinutes(40));
        server.nobody().signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        Await.until("the stream looks and tells", () -> tells(lines, "session.start"));
        server.wait(Duration.ofMinutes(40));

        Await.until("the stream ends", ended::get);
        assertThat(admin.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void a_subscriber_goes_on_across_a_restart_without_loss_or_duplicate() throws Exception {
        var program = server.nobody();
        program.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        var token = token(program, "events");
        var mark = "after=" + newest(program);
        var filter = "/api/events?type=CREDENTIAL_CREATED&service=live&" + mark;
        var socket = Subscriber.open(server, filter, "Authorization", "Bearer " + token);
        var curl = new Curl(server, folder, token, filter);
        store(program.program(token), 0, 40);
        Await.until("some are told", () -> socket.told().size() >= 10);

        server.restart();

        assertThat(socket.closed()).isEqualTo(1012);
        assertThat(curl.ended()).endsWith("retry: 1000\n\n");
        var again = server.nobody();
        again.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        store(again.program(token), 40, 80);
        var on = filter.replace(mark, "after=" + socket.last());
        var second = Subscriber.open(server, on, "Authorization", "Bearer " + token);
        var curlOn = new Curl(server, folder, token, filter.replace(mark, "after=" + curl.last()));
        var all = IntStream.range(0, 80).mapToObj("secrets/live/a%d"::formatted).toList();
        Await.until("the last is told", () -> second.tells(all.getLast()));
        Await.until("curl has the last", () -> curlOn.tells(all.getLast()));

        assertThat(resources(socket.told(), second.told())).isEqualTo(all);
        assertThat(resources(curl.told(), curlOn.told())).isEqualTo(all);
        second.close();
        curlOn.close();
    }

    @Test
    void a_socket_ends_at_once_with_its_token_and_with_its_session() throws Exception {
        var person = server.nobody();
        person.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        var made = minted(person, "short-lived");
        var byToken =
                Subscriber.open(
                        server,
                        "/api/events",
                        "Authorization",
                        "Bearer " + made.path("secret").asString());
        var bySession =
                Subscriber.open(server, "/api/events", "Cookie", person.cookie().orElseThrow());

        person.send(
                        "DELETE",
                        "/api/tokens/" + made.path("token").path("id").asString(),
                        Optional.empty(),
                        Map.of())
                .requireStatus(204);
        assertThat(byToken.closed()).isEqualTo(1008);
        person.send("POST", "/api/auth/sign-out", Optional.empty(), Map.of()).requireStatus(204);
        assertThat(bySession.closed()).isEqualTo(1008);
    }

    @Test
    void a_stream_of_two_tenants_says_whose_an_event_is_and_where_it_stands_in_both()
            throws Exception {
        var person = server.nobody();
        person.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        var bricks =
                person.post("/api/tenants", Map.of("name", "bricks", "tier", "BASIC"))
                        .requireStatus(201)
                        .json()
                        .path("id")
                        .asString();
        person.post(
                        "/api/tenants/" + bricks + "/users",
                        Map.of(
                                "username",
                                LiveServer.ADMIN,
                                "role",
                                "ADMIN",
                                "expires",
                                Instant.now().plus(Duration.ofHours(12)).toString()))
                .requireStatus(201);
        var both =
                Subscriber.open(
                        server,
                        "/api/events?tenant=default&tenant=bricks&type=secret.create",
                        "Cookie",
                        person.cookie().orElseThrow());
        person.post("/api/secrets", secret("two", 1)).requireStatus(201);
        person.post("/api/t/bricks/secrets", secret("two", 2)).requireStatus(201);
        Await.until("both are told", () -> both.told().size() == 2);

        assertThat(both.told())
                .extracting(one -> one.path("data").path("tenant").asString())
                .containsExactlyInAnyOrder("default", "bricks");
        assertThat(both.last()).matches("default:\\d+,bricks:\\d+");
        both.close();
    }

    @Test
    void an_hour_back_on_the_clock_changes_nothing_for_anybody() throws Exception {
        var person = server.nobody();
        person.signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        var program = person.program(token(person, "clock"));
        var told =
                Subscriber.open(
                        server,
                        "/api/events?type=secret.&service=clock",
                        "Cookie",
                        person.cookie().orElseThrow());
        var before = time(person);

        server.wait(Duration.ofHours(-1));
        for (int i = 0; i < 20; i++) {
            var id = program.post("/api/secrets", secret("clock", i)).requireStatus(201).json();
            program.get("/api/secrets/" + id.path("id").asString() + "/value").requireStatus(200);
            person.get("/api/me").requireStatus(200);
        }
        server.nobody().signIn(LiveServer.ADMIN, Person.PASSWORD).requireStatus(200);
        Await.until("all is told", () -> told.told().size() == 40);

        assertThat(told.told())
                .extracting(one -> Instant.parse(one.path("data").path("time").asString()))
                .isSorted()
                .allMatch(time -> !time.isBefore(before));
        server.wait(Duration.ofHours(1));
        person.get("/api/me").requireStatus(200);
        assertThat(person.get("/api/audit/verify").json().path("ok").asBoolean()).isTrue();
        told.close();
    }

    private static Instant time(Person who) throws Exception {
        return Instant.parse(
                who.get("/api/audit?limit=1").json().path("items").get(0).path("time").asString());
    }

    private static void store(Person who, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            who.post("/api/secrets", secret("live", i)).requireStatus(201);
        }
    }

    private static Map<String, Object> secret(String service, int number) {
        return Map.of("service", service, "account", "a" + number, "value", "v");
    }

    private static long newest(Person who) throws Exception {
        return who.get("/api/audit?limit=1").json().path("items").get(0).path("index").asLong();
    }

    private static String token(Person who, String name) throws Exception {
        return minted(who, name).path("secret").asString();
    }

    private static JsonNode minted(Person who, String name) throws Exception {
        return who.post(
                        "/api/tokens",
                        Map.of(
                                "name",
                                name,
                                "permissions",
                                List.of(
                                        "READ_AUDIT",
                                        "WRITE_SECRET",
                                        "READ_SECRET",
                                        "REVEAL_SECRET"),
                                "expiresInDays",
                                1))
                .requireStatus(201)
                .json();
    }

    private static List<String> resources(List<JsonNode> first, List<JsonNode> second) {
        return Stream.concat(first.stream(), second.stream())
                .map(one -> one.path("data").path("resource").asString())
                .toList();
    }

    private static boolean tells(List<String> lines, String action) {
        return lines.stream().anyMatch(line -> line.equals("event: " + action));
    }

    private static void read(InputStream stream, List<String> lines, AtomicBoolean ended) {
        try (var reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException _) {
            lines.add("cut");
        } finally {
            ended.set(true);
        }
    }
}
