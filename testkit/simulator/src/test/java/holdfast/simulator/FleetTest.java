package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The fleet's passwords: VCF Operations of 9.1, and the Locker of 9.0.
class FleetTest {
    private static final String API = "/suite-api/api";
    private static final String ACCOUNTS = API + "/fleet-management/password-management/accounts";

    @RegisterExtension private final Running running = new Running();

    private String token(Client client, Simulator operations) throws Exception {
        var login =
                "{\"username\":\"%s\",\"password\":\"%s\"}"
                        .formatted(operations.user(), operations.password());
        var answer = client.send("POST", API + "/auth/token/acquire", login);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Client.json(answer).path("token").stringValue();
    }

    private HttpResponse<String> send(
            Client client, String authorization, String method, String path, String body)
            throws Exception {
        var request =
                client.request(path)
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        return client.http().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode spec(Version version) throws Exception {
        var client = running.client(running.simulator(Role.INSTALLER, version)).loggedIn();
        var id = client.json("/v1/sddcs/latest").path("id").stringValue();
        return client.json("/v1/sddcs/" + id + "/spec");
    }

    @Test
    void operations_lists_accounts_without_their_passwords() throws Exception {
        var operations = running.simulator(Role.OPERATIONS, Version.V9_1_0);
        var client = running.client(operations);
        var token = token(client, operations);

        var page =
                Client.json(
                        send(
                                client,
                                "OpsToken " + token,
                                "POST",
                                ACCOUNTS + "/query?page=1&pageSize=2",
                                "{}"));
        assertThat(page.path("vcfPasswordAccounts").size()).isEqualTo(2);
        assertThat(page.path("pageInfo").toString())
                .isEqualTo("{\"page\":1,\"pageSize\":2,\"totalCount\":5}");
        var all = send(client, "OpsToken " + token, "POST", ACCOUNTS + "/query", "{}").body();
        assertThat(all)
                .contains("VCF_SERVICES_RUNTIME")
                .doesNotContain("lastPasswordUpdateTimestamp")
                .doesNotContain(
                        spec(Version.V9_1_0)
                                .path("vcfOperationsSpec")
                                .path("adminUserPassword")
                                .stringValue());
        var few =
                send(
                        client,
                        "OpsToken " + token,
                        "POST",
                        ACCOUNTS + "/query",
                        "{\"appliance\":\"VCF_AUTOMATION\"}");
        assertThat(Client.json(few).path("vcfPasswordAccounts").size()).isEqualTo(1);
    }

    @Test
    void release_9_1_1_tells_more_of_an_account() throws Exception {
        var operations = running.simulator(Role.OPERATIONS, Version.V9_1_1);
        var client = running.client(operations);
        var body =
                send(
                                client,
                                "OpsToken " + token(client, operations),
                                "POST",
                                ACCOUNTS + "/query",
                                "{}")
                        .body();

        assertThat(body).contains("CLOUD_PROXY", "lastPasswordUpdateTimestamp", "managedByFqdn");
    }

    @Test
    void the_value_of_bring_up_is_what_a_change_needs() throws Exception {
        var operations = running.simulator(Role.OPERATIONS, Version.V9_1_0);
        var client = running.client(operations);
        var bearer = "OpsToken " + token(client, operations);
        var found =
                send(
                        client,
                        bearer,
                        "POST",
                        ACCOUNTS + "/query",
                        "{\"appliance\":\"VCF_AUTOMATION\"}");
        var path =
                ACCOUNTS
                        + "/"
                        + Client.json(found)
                                .path("vcfPasswordAccounts")
                                .path(0)
                                .path("passwordAccountKey")
                                .stringValue()
                        + "/password";
        var current =
                spec(Version.V9_1_0).path("vcfAutomationSpec").path("adminUserPassword").asString();

        assertThat(outcome(client, bearer, path, "wrong")).isEqualTo("FAILED");
        assertThat(outcome(client, bearer, path, current)).isEqualTo("COMPLETED");
        assertThat(outcome(client, bearer, path, current)).isEqualTo("FAILED");
    }

    private String outcome(Client client, String bearer, String path, String current)
            throws Exception {
        var body =
                "{\"userName\":\"admin\",\"currentPassword\":\"%s\",\"newPassword\":\"Fresh!Value#2026\"}"
                        .formatted(current);
        var begun = Client.json(send(client, bearer, "PUT", path, body));
        assertThat(begun.path("state").stringValue()).isEqualTo("CREATED");
        var request = API + "/workflows/requests/" + begun.path("requestId").stringValue();
        String state = "";
        for (int poll = 0; poll < 3; poll++) {
            var asked = client.request(request).header("Authorization", bearer).build();
            state =
                    Client.json(client.http().send(asked, HttpResponse.BodyHandlers.ofString()))
                            .path("state")
                            .stringValue();
        }
        return state;
    }

    @Test
    void without_a_token_or_with_another_word_before_it_nothing_is_told() throws Exception {
        var operations = running.simulator(Role.OPERATIONS, Version.V9_1_0);
        var client = running.client(operations);
        var token = token(client, operations);
        operations.switches().set(Switch.OPS_TOKEN, "vRealizeOpsToken");

        for (var wrong : new String[] {"OpsToken " + token, "vRealizeOpsToken none", "Bearer"}) {
            assertThat(send(client, wrong, "POST", ACCOUNTS + "/query", "{}").statusCode())
                    .as(wrong)
                    .isEqualTo(401);
        }
        var right = "vRealizeOpsToken " + token;
        assertThat(send(client, right, "POST", ACCOUNTS + "/query", "{}").statusCode())
                .isEqualTo(200);
        send(client, right, "POST", API + "/auth/token/release", "");
        assertThat(send(client, right, "POST", ACCOUNTS + "/query", "{}").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"v2, /lcm/locker/api/v2", "none, /lcm/locker/api", "v3, /lcm/locker/api/v3"})
    void the_locker_of_9_0_gives_a_password_for_the_root_password(String setting, String base)
            throws Exception {
        var fleet = running.simulator(Role.FLEET_MANAGEMENT, Version.V9_0_2);
        fleet.switches().set(Switch.LOCKER_PATH, setting);
        var client = running.client(fleet);
        var login = fleet.user() + ":" + fleet.password();
        var basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(login.getBytes(StandardCharsets.UTF_8));
        var spec = spec(Version.V9_0_2);
        var root =
                spec.path("vcfOperationsFleetManagementSpec").path("rootUserPassword").asString();
        var list =
                client.http()
                        .send(
                                client.request(base + "/passwords")
                                        .header("Authorization", basic)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        var first = Client.json(list).path("passwords").path(0);
        var decrypted = base + "/passwords/" + first.path("vmid").stringValue() + "/decrypted";

        assertThat(
                        send(client, basic, "POST", decrypted, "{\"rootPassword\":\"wrong\"}")
                                .statusCode())
                .isEqualTo(400);
        var told = send(client, basic, "POST", decrypted, "{\"rootPassword\":\"" + root + "\"}");
        assertThat(Client.json(told).path("password").stringValue())
                .isEqualTo(
                        spec.path("vcfOperationsSpec")
                                .path("nodes")
                                .path(0)
                                .path("rootUserPassword")
                                .stringValue());
        assertThat(client.get(base + "/passwords").statusCode()).isEqualTo(401);
        assertThat(send(client, basic, "POST", "/lcm/locker/api/v9/passwords", "{}").statusCode())
                .isEqualTo(405);
    }

    @Test
    void each_appliance_has_its_releases() {
        assertThatThrownBy(() -> Role.OPERATIONS.requireIn(Version.V9_0_2))
                .hasMessageContaining("9.1");
        assertThatThrownBy(() -> Role.FLEET_MANAGEMENT.requireIn(Version.V9_1_0))
                .hasMessageContaining("9.0");
        assertThatThrownBy(() -> Role.FLEET_MANAGEMENT.requireIn(Version.V5_2_1))
                .hasMessageContaining("9.0");
    }
}
