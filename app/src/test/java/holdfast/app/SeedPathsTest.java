package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.app.Person.Reply;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The addresses of pages and the plain forms, with a client that keeps cookies and nothing else.
class SeedPathsTest {
    private static final String ENVIRONMENT = "0198c0de-0000-7000-8000-000000000001";

    @TempDir static Path folder;
    private static LiveServer server;

    @BeforeAll
    static void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "1000");
        server.setUp();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dashboard",
                "/view/" + ENVIRONMENT,
                "/environment/" + ENVIRONMENT,
                "/environments?sort=name&q=a%20b"
            })
    void a_page_leads_nobody_to_the_sign_in_and_a_user_inside(String path) throws Exception {
        var nobody = server.nobody();
        var away = nobody.get(path).requireStatus(303);
        assertThat(away.header("Location"))
                .isEqualTo("/login?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
        assertThat(away.text()).isEmpty();

        var ada = signedIn();

        assertThat(ada.get(path).requireStatus(200).header("Content-Type")).startsWith("text/html");
    }

    @Test
    void a_wrong_sign_in_stays_and_does_not_tell_who_exists() throws Exception {
        var person = server.nobody();

        var password = form(person, "/login", LiveServer.ADMIN, "wrong-1-Wrong").requireStatus(303);
        var name = form(person, "/login", "nobody-of-this-name", "wrong-1-Wrong");

        assertThat(password.header("Location")).isEqualTo("/login?problem=sign-in-refused");
        assertThat(name.status()).isEqualTo(password.status());
        assertThat(name.header("Location")).isEqualTo(password.header("Location"));
        assertThat(name.text()).isEqualTo(password.text());
        assertThat(person.cookie()).isEmpty();
        assertThat(person.get("/login?problem=sign-in-refused").status()).isEqualTo(200);
        assertThat(person.get("/dashboard").status()).isEqualTo(303);
    }

    @Test
    void a_right_sign_in_sets_one_cookie_and_leads_inside() throws Exception {
        var person = server.nobody();

        var in = form(person, "/login", LiveServer.ADMIN, Person.PASSWORD).requireStatus(303);

        assertThat(in.header("Location")).isEqualTo("/dashboard");
        assertThat(in.answer().headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-holdfast=")
                .contains("; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/")
                .doesNotContain("Domain");
        assertThat(person.get("/api/me").requireStatus(200).json().path("username").asString())
                .isEqualTo(LiveServer.ADMIN);
    }

    @Test
    void looking_at_the_way_out_ends_nothing_and_sending_it_ends_the_session() throws Exception {
        var ada = signedIn();
        var cookie = ada.cookie().orElseThrow();

        ada.get("/logout").requireStatus(200);
        ada.get("/api/me").requireStatus(200);

        var out = ada.send("POST", "/logout", Optional.empty(), Map.of()).requireStatus(303);

        assertThat(out.header("Location")).isEqualTo("/login");
        assertThat(ada.cookie()).isEmpty();
        var thief = Map.of("Cookie", cookie);
        assertThat(server.nobody().send("GET", "/api/me", Optional.empty(), thief).status())
                .isEqualTo(401);
        assertThat(server.nobody().send("GET", "/dashboard", Optional.empty(), thief).status())
                .isEqualTo(303);
    }

    @Test
    void what_another_site_sends_is_refused_and_changes_nothing() throws Exception {
        var ada = signedIn();
        for (var site :
                new String[][] {
                    {"Sec-Fetch-Site", "cross-site"},
                    {"Sec-Fetch-Site", "same-site"},
                    {"Origin", "https://evil.example"}
                }) {
            var from =
                    Map.of(site[0], site[1], "Content-Type", "application/x-www-form-urlencoded");
            var body = Optional.<Object>of(fields(LiveServer.ADMIN, Person.PASSWORD));

            assertThat(ada.send("POST", "/logout", Optional.empty(), from).code())
                    .isEqualTo("cross-site");
            var victim = server.nobody();
            assertThat(victim.send("POST", "/login", body, from).code()).isEqualTo("cross-site");
            assertThat(victim.cookie()).isEmpty();
        }

        ada.get("/api/me").requireStatus(200);
    }

    private static Person signedIn() throws IOException, InterruptedException {
        var person = server.nobody();
        form(person, "/login", LiveServer.ADMIN, Person.PASSWORD).requireStatus(303);
        assertThat(person.cookie()).isPresent();
        return person;
    }

    private static Reply form(Person person, String path, String username, String password)
            throws IOException, InterruptedException {
        return person.send(
                "POST",
                path,
                Optional.of(fields(username, password)),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }

    private static String fields(String username, String password) {
        return "username=%s&password=%s"
                .formatted(
                        URLEncoder.encode(username, StandardCharsets.UTF_8),
                        URLEncoder.encode(password, StandardCharsets.UTF_8));
    }
}
