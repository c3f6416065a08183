package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What releases add, and what a switch decides because the vendor's description does not.
class OpenQuestionsTest {
    private static final String ROTATE =
            "{\"operationType\":\"ROTATE\",\"elements\":[{\"resourceName\":\"sfo-m01-vc01.rainpole.io\","
                    + "\"resourceType\":\"VCENTER\",\"credentials\":[{\"credentialType\":\"SSH\",\"username\":\"root\"}]}]}";

    @RegisterExtension private final Running running = new Running();

    private Client client(Role role, Version version) throws Exception {
        return running.client(running.simulator(role, version)).loggedIn();
    }

    @ParameterizedTest
    @CsvSource({
        "V5_2_1, false, false, false",
        "V9_0_2, true, false, false",
        "V9_1_0, true, true, false",
        "V9_1_1, true, true, true"
    })
    void each_release_adds_members(
            Version version, boolean label, boolean notifications, boolean locked)
            throws Exception {
        var client = client(Role.SDDC_MANAGER, version);
        var error = client.json("/v1/credentials/none");

        assertThat(error.path("errorCode").asString()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(error.has("label")).isEqualTo(label);
        assertThat(error.has("notifications")).isEqualTo(notifications);
        assertThat(client.json("/v1/users/local/admin").has("isAccountLocked")).isEqualTo(locked);
        assertThat(client.json("/v1/sddc-manager/local-os-user-accounts").path(0).has("lockedOut"))
                .isEqualTo(locked);
    }

    @Test
    void the_way_in_without_vcenter_can_be_switched_off_and_on() throws Exception {
        var simulator = running.simulator();
        var client = running.client(simulator).loggedIn();
        assertThat(client.send("DELETE", "/v1/users/local/admin", null).statusCode())
                .isEqualTo(204);
        assertThat(client.json("/v1/users/local/admin").path("isConfigured").booleanValue())
                .isFalse();
        assertThat(client.login("admin@local", "Local!Admin#2026").statusCode()).isEqualTo(401);

        var fresh = "{\"newPassword\":\"Local!Admin#2026\"}";
        assertThat(client.send("PATCH", "/v1/users/local/admin", fresh).statusCode())
                .isEqualTo(204);
        assertThat(client.login("admin@local", "Local!Admin#2026").statusCode()).isEqualTo(201);
        var old = client(Role.SDDC_MANAGER, Version.V5_1_1);
        assertThat(old.send("DELETE", "/v1/users/local/admin", null).statusCode()).isEqualTo(405);
    }

    @Test
    void a_service_user_logs_in_by_its_key_alone() throws Exception {
        var simulator = running.simulator();
        var client = running.client(simulator);
        var key = simulator.apiKey();

        assertThat(client.send("POST", "/v1/tokens", "{\"apiKey\":\"" + key + "\"}").statusCode())
                .isEqualTo(201);
        assertThat(client.send("POST", "/v1/tokens", "{\"apiKey\":\"x\"}").statusCode())
                .isEqualTo(401);
        assertThat(client.send("POST", "/v1/tokens", "{\"idToken\":\"x\"}").statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_refresh_may_have_to_be_plain_text() throws Exception {
        var simulator = running.simulator();
        simulator.switches().set(Switch.REFRESH_ACCEPTS, "text-plain");
        var client = running.client(simulator);
        var login = Client.json(client.login(simulator.user(), simulator.password()));
        var id = login.path("refreshToken").path("id").stringValue();
        var path = "/v1/tokens/access-token/refresh";

        assertThat(client.send("PATCH", path, "\"" + id + "\"").statusCode()).isEqualTo(415);
        var plain =
                client.request(path)
                        .header("Content-Type", "text/plain")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(id))
                        .build();
        assertThat(client.http().send(plain, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_account_without_a_role_has_one_of_two_codes() throws Exception {
        var simulator = running.simulator();
        simulator.switches().set(Switch.NO_ROLE_CODE, "PERMISSION_NOT_FOUND");
        var refused = running.client(simulator).login("nobody@vsphere.local", simulator.password());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(Client.json(refused).path("errorCode").stringValue())
                .isEqualTo("PERMISSION_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "V9_1_0, timed-out, TIMED_OUT, FAILED",
        "V9_0_2, timed-out, FAILED, FAILED",
        "V9_0_2, completed-with-warning, COMPLETED_WITH_WARNING, SUCCESSFUL",
        "V4_5, completed-with-warning, SUCCESSFUL, SUCCESSFUL"
    })
    void a_task_ends_in_the_words_of_its_release(
            Version version, String outcome, String generic, String own) throws Exception {
        var simulator = running.simulator(Role.SDDC_MANAGER, version);
        simulator.switches().set(Switch.TASK_OUTCOME, outcome);
        simulator.switches().set(Switch.TASK_POLLS, 0);
        var client = running.client(simulator).loggedIn();
        var id = Client.json(client.send("PATCH", "/v1/credentials", ROTATE)).path("id").asString();
        client.get("/v1/tasks/" + id);

        var task = client.json("/v1/tasks/" + id);
        assertThat(task.path("status").stringValue()).isEqualTo(generic);
        assertThat(task.path("subTasks").size()).isEqualTo(1);
        assertThat(client.json("/v1/credentials/tasks/" + id).path("status").stringValue())
                .isEqualTo(own);
    }

    @Test
    void a_task_that_waits_may_be_queued_in_9_1() throws Exception {
        var simulator = running.simulator(Role.SDDC_MANAGER, Version.V9_1_0);
        simulator.switches().set(Switch.WAITING_TASK, "queued");
        var client = running.client(simulator).loggedIn();

        var task = Client.json(client.send("PATCH", "/v1/credentials", ROTATE));
        assertThat(task.path("status").stringValue()).isEqualTo("QUEUED");
        assertThat(client.json("/v1/tasks?taskStatus=QUEUED").path("elements").size()).isEqualTo(1);
    }

    @Test
    void tasks_are_found_by_every_declared_parameter() throws Exception {
        var simulator = running.simulator();
        simulator.switches().set(Switch.TASK_POLLS, 0);
        var client = running.client(simulator).loggedIn();
        var id = Client.json(client.send("PATCH", "/v1/credentials", ROTATE)).path("id").asString();
        client.get("/v1/tasks/" + id);
        client.send("PATCH", "/v1/credentials", ROTATE.replace("vc01", "vc02"));
        var vcenter =
                simulator
                        .estate()
                        .find("VCENTER", "sfo-m01-vc01.rainpole.io", "SSH", "root")
                        .orElseThrow();

        assertThat(count(client, "resourceId=" + vcenter.component().id())).isEqualTo(1);
        assertThat(count(client, "resourceType=VCENTER")).isEqualTo(1);
        assertThat(count(client, "completedAfter=0")).isEqualTo(1);
        assertThat(count(client, "taskType=CREDENTIALS_ROTATE")).isEqualTo(2);
        assertThat(count(client, "taskName=none")).isZero();
        assertThat(
                        client.json("/v1/tasks?orderBy=status&orderDirection=DESC")
                                .path("elements")
                                .path(0)
                                .path("id")
                                .stringValue())
                .isEqualTo(id);
        for (var wrong :
                new String[] {
                    "orderBy=colour",
                    "orderDirection=up",
                    "completedAfter=now",
                    "doLiveRefresh=1",
                    "pageSize=101"
                }) {
            assertThat(client.get("/v1/tasks?" + wrong).statusCode()).as(wrong).isEqualTo(400);
        }
    }

    private static int count(Client client, String query) throws Exception {
        return client.json("/v1/tasks?" + query).path("elements").size();
    }

    @Test
    void domains_are_found_by_the_parameters_of_9_1() throws Exception {
        var simulator =
                running.simulator(options ->
                        options.withAppliance(Role.SDDC_MANAGER, Version.V9_1_0)
                                .withCredentials(400, 3));
        var client = running.client(simulator).loggedIn();
        int all = client.json("/v1/domains").path("elements").size();
        int joined = domains(client, "isManagementSsoDomain=true");

        assertThat(joined).isBetween(1, all - 1);
        assertThat(domains(client, "isManagementSsoDomain=false")).isEqualTo(all - joined);
        assertThat(domains(client, "vcFqdn=sfo-m01-vc01.rainpole.io")).isEqualTo(1);
        assertThat(domains(client, "type=VI")).isEqualTo(all - 1);
        assertThat(domains(client, "pageSize=1&pageNumber=1")).isEqualTo(1);
        assertThat(client.get("/v1/domains?type=OTHER").statusCode()).isEqualTo(400);
    }

    private static int domains(Client client, String query) throws Exception {
        return client.json("/v1/domains?" + query).path("elements").size();
    }

    @ParameterizedTest
    @CsvSource({"partly-failed, COMPLETED", "failed, FAILED", "never-ends, IN_PROGRESS"})
    void a_check_of_expiry_may_fail(String setting, String status) throws Exception {
        var simulator = running.simulator();
        simulator.switches().set(Switch.EXPIRATION_OUTCOME, setting);
        var client = running.client(simulator).loggedIn();
        var begun =
                client.send("POST", "/v1/credentials/expirations", "{\"resourceType\":\"ESXI\"}");
        var path = "/v1/credentials/expirations/" + Client.json(begun).path("id").asString();
        client.get(path);

        var check = client.json(path);
        assertThat(check.path("status").stringValue()).isEqualTo(status);
        assertThat(check.path("elements").path(0).has("errors"))
                .isEqualTo(setting.equals("partly-failed"));
    }

    @ParameterizedTest
    @CsvSource({
        "no, COMPLETED_WITH_SUCCESS",
        "yes, COMPLETED_WITH_FAILURE",
        "in-progress, IN_PROGRESS",
        "rolled-back, ROLLBACK_SUCCESS"
    })
    void the_newest_deployment_stands_as_the_switch_says(String setting, String status)
            throws Exception {
        var simulator = running.simulator(Role.INSTALLER, Version.V9_1_0);
        simulator.switches().set(Switch.FAILED_DEPLOYMENT, setting);
        var client = running.client(simulator).loggedIn();

        var latest = client.json("/v1/sddcs/latest");
        assertThat(latest.path("status").stringValue()).isEqualTo(status);
        assertThat(latest.path("milestones").path(0).has("totalTasks")).isTrue();
    }

    @Test
    void a_spec_may_be_of_vvf_with_whole_names_and_an_older_operations() throws Exception {
        var simulator = running.simulator(Role.INSTALLER, Version.V9_0_2);
        simulator.switches().set(Switch.WORKFLOW_TYPE, "VVF");
        simulator.switches().set(Switch.SPEC_HOST_NAMES, "fqdn");
        simulator.switches().set(Switch.EXISTING_DEPLOYMENT, "yes");
        var client = running.client(simulator).loggedIn();
        var id = client.json("/v1/sddcs/latest").path("id").stringValue();
        var spec = client.json("/v1/sddcs/" + id + "/spec");

        assertThat(spec.has("nsxtSpec") || spec.has("sddcManagerSpec")).isFalse();
        assertThat(spec.path("vcenterSpec").path("vcenterHostname").stringValue())
                .isEqualTo("sfo-m01-vc01.rainpole.io");
        assertThat(spec.path("vcenterSpec").path("sslThumbprint").stringValue())
                .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(spec.path("vcfOperationsSpec").path("useExistingDeployment").booleanValue())
                .isTrue();
    }

    @Test
    void day_2_components_are_listed_and_have_a_spec() throws Exception {
        var client = client(Role.SDDC_MANAGER, Version.V9_1_0);
        var tasks = "/v1/vcf-management-components/tasks";
        var id = client.json(tasks + "/latest").path("id").stringValue();
        var spec = client.json(tasks + "/" + id + "/spec");

        assertThat(spec.has("vspClusterSpec")).isTrue();
        assertThat(spec.has("vcfOperationsFleetManagementSpec")).isFalse();
        assertThat(
                        client.json("/v1/system/vcf-management-components")
                                .path("vcfAutomation")
                                .path("fqdn")
                                .stringValue())
                .isEqualTo("flt-auto01.rainpole.io");
    }

    @Test
    void the_managers_may_come_without_page_metadata_and_fips_may_be_on() throws Exception {
        var simulator = running.simulator();
        simulator.switches().set(Switch.MANAGER_METADATA, "absent");
        simulator.switches().set(Switch.FIPS, "on");
        var client = running.client(simulator).loggedIn();

        assertThat(client.json("/v1/sddc-managers").has("pageMetadata")).isFalse();
        assertThat(client.json("/v1/system/security/fips").path("enabled").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "DEEP_JSON",
                "HUGE_NUMBER",
                "DUPLICATE_MEMBERS",
                "NOT_A_NUMBER",
                "HUGE_STRING",
                "HALF_CHARACTER",
                "NOT_UTF_8"
            })
    void a_body_may_be_hostile(FaultKind kind) throws Exception {
        var simulator = running.simulator();
        var client = running.client(simulator).loggedIn();
        var path = "/v1/credentials";
        var proper = client.get(path).body();
        simulator
                .faults()
                .add(Fault.of(kind, kind == FaultKind.HUGE_STRING ? "1" : kind.initial()));

        var body = client.get(path).body();
        assertThat(body).isNotEqualTo(proper);
        var wanted =
                switch (kind) {
                    case DEEP_JSON -> "[".repeat(10_000);
                    case HUGE_NUMBER -> "9".repeat(100_000);
                    case DUPLICATE_MEMBERS -> "\"password\":\"First!Twin\",\"password\":";
                    case NOT_A_NUMBER -> "NaN";
                    case HUGE_STRING -> "a".repeat(1024 * 1024);
                    case HALF_CHARACTER -> "\\ud800";
                    default -> "\uFFFD"; // what a reader of UTF-8 puts for a byte that is none
                };
        assertThat(body).contains(wanted);
    }
}
