package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What HTTP adds to secrets: conditions, representations, and nothing of a value where it does not belong.
class SecretsOverTheWireTest {
    private static final String VALUE = "Tr0ub4dor-und-3-Möwen";

    @TempDir Path folder;
    private LiveServer server;
    private Person admin;
    private String one;

    @BeforeEach
    void start() throws Exception {
        server = LiveServer.start(folder, "--rate-heavy", "1000");
        admin = server.setUp();
        var body = Map.of("service", "prod/db", "account", "app", "value", VALUE);
        one =
                "/api/secrets/"
                        + admin.post("/api/secrets", body)
                                .requireStatus(201)
                                .json()
                                .path("id")
                                .asString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void who_has_the_version_gets_304_and_no_body() throws Exception {
        var first = admin.get(one + "/value").requireStatus(200);
        assertThat(first.json().path("value").asString()).isEqualTo(VALUE);
        assertThat(first.header("ETag")).isEqualTo("\"1\"");
        for (var tags : List.of("\"1\"", "W/\"1\"", "\"7\", \"1\"")) {
            for (var path : List.of(one, one + "/value")) {
                var again =
                        admin.send("GET", path, Optional.empty(), Map.of("If-None-Match", tags));
                assertThat(again.status()).as(path + " " + tags).isEqualTo(304);
                assertThat(again.answer().body()).isEmpty();
            }
        }

        admin.post(one + "/versions", Map.of("value", "next", "expectedVersion", 1))
                .requireStatus(201);
        var changed =
                admin.send(
                        "GET", one + "/value", Optional.empty(), Map.of("If-None-Match", "\"1\""));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void a_write_without_the_version_is_428_and_with_an_old_one_412() throws Exception {
        var value = Map.of("value", "next");
        assertThat(admin.post(one + "/versions", value).status()).isEqualTo(428);
        for (var tag : List.of("\"7\"", "\"0\"", "\"99999999999\"")) {
            var stale =
                    admin.send(
                            "POST", one + "/versions", Optional.of(value), Map.of("If-Match", tag));
            assertThat(stale.status()).as(tag).isEqualTo(412);
        }
        assertThat(
                        admin.send("DELETE", one, Optional.empty(), Map.of("If-Match", "\"2\""))
                                .status())
                .isEqualTo(412);
        assertThat(
                        admin.send(
                                        "PATCH",
                                        one,
                                        Optional.of(Map.of("notes", "x")),
                                        Map.of("If-Match", "\"1\""))
                                .requireStatus(200)
                                .header("ETag"))
                .isEqualTo("\"2\"");
    }

    @Test
    void a_write_that_names_a_key_is_done_once_and_another_under_it_is_refused() throws Exception {
        var key = Map.of("Idempotency-Key", "order-66");
        var body = Map.of("service", "once", "account", "only", "value", "kept");
        var first = admin.send("POST", "/api/secrets", Optional.of(body), key).requireStatus(201);

        var again = admin.send("POST", "/api/secrets", Optional.of(body), key).requireStatus(201);

        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.answer().body()).isEmpty();
        var other = Map.of("service", "once", "account", "only", "value", "another");
        assertThat(admin.send("POST", "/api/secrets", Optional.of(other), key).status())
                .isEqualTo(409);
        assertThat(admin.get("/api/secrets?service=once&total=true").json().path("total").asInt())
                .isEqualTo(1);

        var taken = Map.of("Idempotency-Key", "order-67"); // a refused write leaves its key free
        assertThat(admin.send("POST", "/api/secrets", Optional.of(body), taken).status())
                .isEqualTo(409);
        var free = Map.of("service", "once", "account", "more", "value", "kept");
        admin.send("POST", "/api/secrets", Optional.of(free), taken).requireStatus(201);
    }

    @Test
    void bytes_leave_raw_or_in_base64() throws Exception {
        var bytes = new byte[] {0, (byte) 0xff, 10, 13, 34};
        var body =
                Map.of(
                        "service",
                        "files",
                        "account",
                        "key",
                        "valueBase64",
                        Base64.getEncoder().encodeToString(bytes));
        var id = admin.post("/api/secrets", body).requireStatus(201).json().path("id").asString();
        var path = "/api/secrets/" + id + "/value";

        var json = admin.get(path).json();
        var raw =
                admin.send(
                        "GET",
                        path,
                        Optional.empty(),
                        Map.of("Accept", "application/octet-stream"));

        assertThat(Base64.getDecoder().decode(json.path("valueBase64").asString()))
                .isEqualTo(bytes);
        assertThat(raw.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(raw.answer().body()).isEqualTo(bytes);
    }

    @Test
    void a_megabyte_fits_however_it_is_escaped_and_a_byte_more_does_not() throws Exception {
        var text = "\u0001".repeat(1024 * 1024); // six characters each in JSON
        var fits = Map.of("service", "big", "account", "one", "value", text);
        var id = admin.post("/api/secrets", fits).requireStatus(201).json().path("id").asString();
        assertThat(admin.get("/api/secrets/" + id + "/value").json().path("value").asString())
                .isEqualTo(text);

        var more = Map.of("service", "big", "account", "two", "value", text + "x");
        assertThat(admin.post("/api/secrets", more).status()).isEqualTo(413);
    }

    @Test
    void no_value_stands_in_lists_events_metrics_or_refusals() throws Exception {
        admin.post(one + "/reveal?purpose=copy", "").requireStatus(200);
        admin.post(
                "/api/secrets/batch/read",
                Map.of("items", List.of(Map.of("service", "prod/db", "account", "app"))));
        var taken = Map.of("service", "prod/db", "account", "app", "value", VALUE);
        var wrong = Map.of("service", "*", "account", "app", "value", VALUE);
        var said = new StringBuilder();
        for (var refused : List.of(taken, wrong)) {
            said.append(admin.post("/api/secrets", refused).text());
        }
        for (var path :
                List.of(
                        "/api/secrets?total=true",
                        one,
                        one + "/versions",
                        one + "/usage",
                        one + "/compare?from=1&to=1",
                        "/api/audit?limit=1000",
                        "/metrics",
                        "/api/system/health")) {
            said.append(new String(admin.get(path).answer().body(), StandardCharsets.UTF_8));
        }

        assertThat(said.toString()).contains("secret.reveal", "vault_cache").doesNotContain(VALUE);
    }

    @Test
    void an_id_that_never_was_is_not_found() throws Exception {
        var never = "/api/secrets/0198c0de-0000-7000-8000-000000000001";
        var unknown = admin.get(never).json();

        assertThat(unknown.path("code").asString()).isEqualTo("not-found");
        assertThat(admin.get(never + "/value").status()).isEqualTo(404);
        assertThat(admin.get("/api/secrets/not-an-id").status()).isEqualTo(404);
    }
}
