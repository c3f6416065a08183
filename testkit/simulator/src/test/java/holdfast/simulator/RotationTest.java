package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The changing of credentials: validation, the way of a task, what blocks what.
class RotationTest {
    private static final String HOST = "sfo01-m01-esx01.rainpole.io";
    private static final String VCENTER = "sfo-m01-vc01.rainpole.io";
    private static final String ROOT = "{\"credentialType\":\"SSH\",\"username\":\"root\"}";

    @RegisterExtension private final Running running = new Running();
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        simulator = running.simulator();
        client = running.client(simulator).loggedIn();
    }

    private static String body(String operation, String name, String type, String credential) {
        return "{\"operationType\":\"%s\",\"elements\":[{\"resourceName\":\"%s\",\"resourceType\":\"%s\",\"credentials\":[%s]}]}"
                .formatted(operation, name, type, credential);
    }

    private static String withPassword(String password) {
        return ROOT.replace("}", ",\"password\":\"" + password + "\"}");
    }

    private HttpResponse<String> patch(String body) throws Exception {
        return client.send("PATCH", "/v1/credentials", body);
    }

    private String submit(String body) throws Exception {
        var response = patch(body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return Client.json(response).path("id").stringValue();
    }

    private JsonNode poll(String id) throws Exception {
        return client.json("/v1/credentials/tasks/" + id);
    }

    private JsonNode end(String id) throws Exception {
        var task = poll(id);
        for (int i = 0; i < 5 && task.path("status").stringValue().endsWith("IN_PROGRESS"); i++) {
            task = poll(id);
        }
        return task;
    }

    private Credential host() {
        return simulator.estate().find("ESXI", HOST, "SSH", "root").orElseThrow();
    }

    @Test
    void a_rotation_goes_through_its_states_and_changes_row_and_component() throws Exception {
        var before = host();
        running.clock().advance(Duration.ofHours(1));
        client.loggedIn();
        var id = submit(body("ROTATE", HOST, "ESXI", ROOT));

        assertThat(poll(id).path("status").stringValue()).isEqualTo("IN_PROGRESS");
        assertThat(client.json("/v1/tasks/" + id).path("status").stringValue())
                .isEqualTo("IN_PROGRESS");
        assertThat(host().password()).isEqualTo(before.password());
        var task = poll(id);

        assertThat(task.path("status").stringValue()).isEqualTo("SUCCESSFUL");
        assertThat(task.path("subTasks").get(0).path("oldPassword").stringValue())
                .isEqualTo(before.password());
        assertThat(task.path("subTasks").get(0).path("newPassword").stringValue())
                .isEqualTo(host().password());
        assertThat(host().password()).isNotEqualTo(before.password()).hasSize(20);
        assertThat(host().modified()).isEqualTo(running.clock().instant());
        assertThat(simulator.estate().componentPassword(host().id())).isEqualTo(host().password());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"operationType\":\"ROTATE\",\"elements\":[]}",
                "{\"operationType\":\"EXPLODE\",\"elements\":[{\"resourceName\":\"a\",\"resourceType\":\"ESXI\",\"credentials\":[{\"username\":\"root\"}]}]}",
                "{\"operationType\":\"ROTATE\",\"elements\":[{\"resourceName\":\"a\",\"resourceType\":\"NSX_MANAGER\",\"credentials\":[{\"username\":\"root\"}]}]}",
                "{\"operationType\":\"UPDATE\",\"elements\":[{\"resourceName\":\"a\",\"resourceType\":\"ESXI\",\"credentials\":[{\"username\":\"root\"}]}]}",
                "{\"operationType\":\"REMEDIATE\",\"elements\":[{\"resourceName\":\"a\",\"resourceType\":\"ESXI\",\"credentials\":[{\"username\":\"a\",\"password\":\"x\"},{\"username\":\"b\",\"password\":\"x\"}]}]}",
                "{\"operationType\":\"ROTATE\",\"elements\":[{\"resourceName\":\"a\",\"resourceType\":\"ESXI\",\"credentials\":[{\"username\":\"root\",\"shoe\":\"1\"}]}]}",
                "not json"
            })
    void what_the_description_forbids_is_400(String body) throws Exception {
        assertThat(patch(body).statusCode()).isEqualTo(400);
        assertThat(client.json("/v1/credentials/tasks").path("elements").size()).isZero();
    }

    @Test
    void a_service_account_takes_no_chosen_password() throws Exception {
        var credential =
                "{\"credentialType\":\"SSH\",\"username\":\"svc-vcf-sfo01-m01-esx01\",\"password\":\"N3w!Passw0rd#2026x\"}";
        assertThat(patch(body("UPDATE", HOST, "ESXI", credential)).body())
                .contains("service accounts");
    }

    @ParameterizedTest
    @CsvSource({"ESXI,30,400", "VCENTER,0,400", "VCENTER,91,400", "VCENTER,90,202"})
    void auto_rotate_has_its_limits(String type, int days, int status) throws Exception {
        var body =
                body("UPDATE_AUTO_ROTATE_POLICY", type.equals("ESXI") ? HOST : VCENTER, type, ROOT)
                        .replaceFirst(
                                "}$",
                                ",\"autoRotatePolicy\":{\"enableAutoRotatePolicy\":true,\"frequencyInDays\":"
                                        + days
                                        + "}}");
        assertThat(patch(body).statusCode()).isEqualTo(status);
    }

    @Test
    void an_address_instead_of_a_name_fails_in_prevalidation_and_blocks_until_cancelled()
            throws Exception {
        var id = submit(body("ROTATE", "10.0.0.30", "ESXI", ROOT));
        var task = poll(id);

        assertThat(task.path("status").stringValue()).isEqualTo("FAILED");
        assertThat(task.toString()).contains("Entity name 10.0.0.30 not found.");
        assertThat(patch(body("ROTATE", HOST, "ESXI", ROOT)).statusCode()).isEqualTo(400);
        assertThat(client.send("DELETE", "/v1/credentials/tasks/" + id, null).statusCode())
                .isEqualTo(202);
        assertThat(poll(id).path("status").stringValue()).isEqualTo("USER_CANCELLED");
        submit(body("ROTATE", HOST, "ESXI", ROOT));
    }

    @Test
    void a_failed_task_can_be_retried() throws Exception {
        simulator.switches().set(Switch.TASK_OUTCOME, "failed");
        var body = body("ROTATE", HOST, "ESXI", ROOT);
        var id = submit(body);
        assertThat(end(id).path("status").stringValue()).isEqualTo("FAILED");

        simulator.switches().set(Switch.TASK_OUTCOME, "successful");
        assertThat(client.send("PATCH", "/v1/credentials/tasks/" + id, body).statusCode())
                .isEqualTo(202);
        assertThat(end(id).path("status").stringValue()).isEqualTo("SUCCESSFUL");
        assertThat(client.send("PATCH", "/v1/credentials/tasks/" + id, body).body())
                .contains("TA_TASK_CAN_NOT_BE_RETRIED");
    }

    @Test
    void an_inconsistent_account_is_healed_by_remediation() throws Exception {
        var old = host().password();
        simulator.switches().set(Switch.TASK_OUTCOME, "inconsistent");
        var task = end(submit(body("ROTATE", HOST, "ESXI", ROOT)));
        var fresh = task.path("subTasks").get(0).path("newPassword").stringValue();

        assertThat(task.path("status").stringValue()).isEqualTo("INCONSISTENT");
        assertThat(host().password()).isEqualTo(old);
        assertThat(simulator.estate().componentPassword(host().id())).isEqualTo(fresh);
        assertThat(patch(body("ROTATE", HOST, "ESXI", ROOT)).statusCode()).isEqualTo(400);

        simulator.switches().set(Switch.TASK_OUTCOME, "successful");
        var remedy = end(submit(body("REMEDIATE", HOST, "ESXI", withPassword(fresh))));
        assertThat(remedy.path("status").stringValue()).isEqualTo("SUCCESSFUL");
        assertThat(host().password()).isEqualTo(fresh);
        submit(body("ROTATE", HOST, "ESXI", ROOT));
    }

    @ParameterizedTest
    @CsvSource({"400,400", "409,409", "500,500", "queued,202"})
    void a_second_change_while_one_runs_is_a_switch(String setting, int status) throws Exception {
        simulator.switches().set(Switch.CONCURRENT_PATCH, setting);
        submit(body("ROTATE", HOST, "ESXI", ROOT));
        assertThat(patch(body("ROTATE", VCENTER, "VCENTER", ROOT)).statusCode()).isEqualTo(status);
    }

    @Test
    void an_expired_password_cannot_be_rotated() throws Exception {
        simulator.estate().setExpiry(host().id(), running.clock().instant());
        assertThat(end(submit(body("ROTATE", HOST, "ESXI", ROOT))).toString())
                .contains("has expired");
    }

    @Test
    void what_was_changed_on_the_component_cannot_be_rotated() throws Exception {
        simulator.estate().setComponentPassword(host().id(), "Changed!On#Host2026");
        assertThat(end(submit(body("ROTATE", HOST, "ESXI", ROOT))).toString())
                .contains("Unable to log in");
    }

    @Test
    void rotating_the_sso_administrator_changes_the_login() throws Exception {
        var administrator = "administrator@vsphere.local";
        var row = simulator.estate().find("PSC", VCENTER, "SSO", administrator).orElseThrow();
        assertThat(client.login(administrator, row.password()).statusCode()).isEqualTo(201);

        end(
                submit(
                        body(
                                "ROTATE",
                                VCENTER,
                                "PSC",
                                "{\"credentialType\":\"SSO\",\"username\":\"%s\"}"
                                        .formatted(administrator))));

        assertThat(client.login(administrator, row.password()).statusCode()).isEqualTo(401);
        var fresh = simulator.estate().require(row.id()).password();
        assertThat(client.login(administrator, fresh).statusCode()).isEqualTo(201);
    }

    @Test
    void service_accounts_rotate_by_themselves_and_leave_a_task() throws Exception {
        var before = simulator.estate().credentials();
        running.clock().advance(Duration.ofDays(61));
        client.loggedIn();

        var tasks = client.json("/v1/credentials/tasks?limit=50").path("elements");
        assertThat(tasks.size()).isPositive();
        assertThat(tasks.get(0).path("isAutoRotate").booleanValue()).isTrue();
        assertThat(simulator.estate().credentials()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500})
    void an_unknown_task_is_a_switch(int status) throws Exception {
        simulator.switches().set(Switch.UNKNOWN_TASK, status);
        assertThat(client.get("/v1/credentials/tasks/none").statusCode()).isEqualTo(status);
    }

    @Test
    void the_oldest_release_has_its_own_codes_and_spellings() throws Exception {
        simulator =
                running.simulator(options ->
                        options.withAppliance(Role.SDDC_MANAGER, Version.V4_5)
                                .withSwitch(Switch.ACCEPTED_CODE, "200"));
        client = running.client(simulator).loggedIn();
        var response = patch(body("ROTATE", "nowhere", "ESXI", ROOT));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Client.json(response).has("isRetryable")).isFalse();
        var id = Client.json(response).path("id").stringValue();
        poll(id);
        assertThat(client.send("DELETE", "/v1/credentials/tasks/" + id, null).statusCode())
                .isEqualTo(204);
        assertThat(client.get("/v1/tasks?pageNumber=0").statusCode()).isEqualTo(400);
    }

    @Test
    void admin_local_is_changed_with_its_old_password() throws Exception {
        var installer = running.simulator(Role.INSTALLER, Version.V9_0_2);
        installer.becomeSddcManager();
        client = running.client(installer).loggedIn();
        var body = "{\"oldPassword\":\"%s\",\"newPassword\":\"Fresh!Local#2026\"}";
        assertThat(
                        client.send("PATCH", "/v1/users/local/admin", body.formatted("wrong"))
                                .statusCode())
                .isEqualTo(500);
        assertThat(
                        client.send(
                                        "PATCH",
                                        "/v1/users/local/admin",
                                        body.formatted(installer.password()))
                                .statusCode())
                .isEqualTo(204);
        assertThat(client.login("admin@local", "Fresh!Local#2026").statusCode()).isEqualTo(201);
    }

    @Test
    void expiry_is_checked_on_request_and_overlapping_requests_are_429() throws Exception {
        var path = "/v1/credentials/expirations";
        var body = "{\"resourceType\":\"ESXI\",\"domainName\":\"sfo-m01\"}";
        simulator.estate().setComponentPassword(host().id(), "Changed!On#Host2026");
        simulator.switches().set(Switch.RETRY_AFTER, "present");
        var started = client.send("POST", path, body);
        var id = Client.json(started).path("id").stringValue();

        assertThat(started.statusCode()).isEqualTo(202);
        var refused = client.send("POST", path, body);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(client.json(path + "/" + id).path("status").stringValue())
                .isEqualTo("IN_PROGRESS");
        var done = client.json(path + "/" + id);
        assertThat(done.path("status").stringValue()).isEqualTo("COMPLETED");
        assertThat(done.path("elements").size()).isEqualTo(8);
        assertThat(done.toString()).contains("\"connectivityStatus\":\"ERROR\"");
        assertThat(client.json("/v1/credentials/" + host().id()).has("expiry")).isTrue();
        assertThat(client.send("POST", path, body).statusCode()).isEqualTo(202);
    }
}
