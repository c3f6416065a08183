package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Login, refresh, expiry, roles.
class TokenTest {
    private static final String REFRESH = "/v1/tokens/access-token/refresh";

    @RegisterExtension private final Running running = new Running();

    @Test
    void a_login_gives_a_token_that_opens_the_list() throws Exception {
        var simulator = running.simulator();
        var client = running.client(simulator);

        assertThat(client.get("/v1/credentials").statusCode()).isEqualTo(401);
        assertThat(client.login(simulator.user(), simulator.password()).statusCode())
                .isEqualTo(201);
        assertThat(client.loggedIn().get("/v1/credentials").statusCode()).isEqualTo(200);
    }

    @Test
    void the_token_tells_its_end_and_what_it_may_read() throws Exception {
        var simulator = running.simulator();
        var answer =
                Client.json(
                        running.client(simulator).login(simulator.user(), simulator.password()));

        var token = answer.path("accessToken").stringValue();
        var claims =
                new String(
                        Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]),
                        StandardCharsets.UTF_8);

        assertThat(claims).contains("CREDENTIAL_READ", "\"iss\":\"vcf-auth\"");
        assertThat(claims)
                .contains("\"exp\":" + (running.clock().instant().getEpochSecond() + 3600));
    }

    @Test
    void an_opaque_token_and_success_200_are_switches() throws Exception {
        var simulator =
                running.simulator(options ->
                        options.withSwitch(Switch.TOKEN_SHAPE, "opaque")
                                .withSwitch(Switch.TOKEN_SUCCESS, "200"));
        var response = running.client(simulator).login(simulator.user(), simulator.password());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Client.json(response).path("accessToken").stringValue()).startsWith("opaque-");
    }

    @Test
    void a_wrong_password_is_401_and_the_code_is_a_switch() throws Exception {
        var simulator = running.simulator();
        var client = running.client(simulator);

        var refused = client.login(simulator.user(), "wrong");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("IDENTITY_UNAUTHORIZED_ENTITY");

        simulator.switches().set(Switch.LOGIN_REFUSAL, "400");
        assertThat(client.login(simulator.user(), "wrong").statusCode()).isEqualTo(400);
    }

    @Test
    void wrong_logins_lock_the_account() throws Exception {
        var simulator = running.simulator(options -> options.withSwitch(Switch.LOCK_AFTER, "2"));
        var client = running.client(simulator);

        client.login(simulator.user(), "wrong");
        client.login(simulator.user(), "wrong");

        assertThat(client.login(simulator.user(), simulator.password()).body()).contains("locked");
    }

    @Test
    void only_an_administrator_reads_credentials() throws Exception {
        var simulator = running.simulator();
        for (var user : new String[] {"operator@vsphere.local", "viewer@vsphere.local"}) {
            var client = running.client(simulator).loggedIn(user, simulator.password());
            assertThat(client.get("/v1/credentials").statusCode()).isEqualTo(403);
            assertThat(client.get("/v1/sddc-managers").statusCode()).isEqualTo(200);
        }
        assertThat(
                        running.client(simulator)
                                .login("nobody@vsphere.local", simulator.password())
                                .body())
                .contains("IDENTITY_UNAUTHORIZED_ENTITY");
    }

    @Test
    void a_token_ends_and_a_refresh_token_gives_another() throws Exception {
        var simulator = running.simulator(options -> options.withSwitch(Switch.TOKEN_TTL, "5"));
        var client = running.client(simulator);
        var id =
                Client.json(client.login(simulator.user(), simulator.password()))
                        .path("refreshToken")
                        .path("id")
                        .stringValue();
        client.loggedIn();

        running.clock().advance(Duration.ofSeconds(5));
        var expired = client.get("/v1/credentials");
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(expired.body()).isEmpty();
        simulator.switches().set(Switch.EXPIRED_TOKEN, "TOKEN_NOT_FOUND");
        assertThat(client.get("/v1/credentials").body()).contains("TOKEN_NOT_FOUND");

        assertThat(client.send("PATCH", REFRESH, "\"" + id + "\"").body()).startsWith("\"ey");
        simulator.switches().set(Switch.REFRESH_REPLY, "raw");
        assertThat(client.send("PATCH", REFRESH, id).body()).startsWith("ey");

        running.clock().advance(Duration.ofDays(1));
        assertThat(client.send("PATCH", REFRESH, "\"" + id + "\"").statusCode()).isEqualTo(404);
    }

    @Test
    void the_form_of_a_refresh_may_be_narrowed() throws Exception {
        var simulator =
                running.simulator(options -> options.withSwitch(Switch.REFRESH_ACCEPTS, "raw"));
        var client = running.client(simulator);
        assertThat(client.send("PATCH", REFRESH, "\"x\"").statusCode()).isEqualTo(400);
        simulator.switches().set(Switch.REFRESH_ACCEPTS, "quoted");
        assertThat(client.send("PATCH", REFRESH, "x").statusCode()).isEqualTo(400);
    }

    @Test
    void a_revoked_refresh_token_is_not_found() throws Exception {
        var simulator = running.simulator();
        var client = running.client(simulator);
        var id =
                Client.json(client.login(simulator.user(), simulator.password()))
                        .path("refreshToken")
                        .path("id")
                        .stringValue();

        assertThat(client.send("DELETE", "/v1/tokens/refresh-token", "\"" + id + "\"").statusCode())
                .isEqualTo(204);
        assertThat(client.send("PATCH", REFRESH, "\"" + id + "\"").statusCode()).isEqualTo(404);
    }

    @Test
    void a_body_without_its_content_type_is_not_read() throws Exception {
        var client = running.client(running.simulator());
        var request =
                client.request(REFRESH)
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("\"x\""))
                        .build();
        assertThat(client.http().send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(415);
    }

    @Test
    void more_than_one_kind_of_login_is_refused() throws Exception {
        var client = running.client(running.simulator());
        var body = "{\"username\":\"a\",\"password\":\"b\",\"apiKey\":\"c\"}";
        assertThat(client.send("POST", "/v1/tokens", body).statusCode()).isEqualTo(400);
    }

    @Test
    void the_installer_wants_the_full_name() throws Exception {
        var simulator = running.simulator(Role.INSTALLER, Version.V9_0_2);
        var client = running.client(simulator);
        assertThat(client.login("admin", simulator.password()).statusCode()).isEqualTo(401);
        assertThat(client.login("admin@local", simulator.password()).statusCode()).isEqualTo(201);
    }
}
