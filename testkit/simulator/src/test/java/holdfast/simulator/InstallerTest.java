package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the Installer and the Cloud Builder give, and how one turns into an SDDC Manager.
class InstallerTest {
    @RegisterExtension private final Running running = new Running();

    private String spec(Client client) throws Exception {
        var id = client.json("/v1/sddcs/latest").path("id").stringValue();
        return "/v1/sddcs/" + id + "/spec";
    }

    @Test
    void the_spec_holds_the_passwords_of_bring_up() throws Exception {
        var simulator = running.simulator(Role.INSTALLER, Version.V9_0_2);
        var client = running.client(simulator).loggedIn();
        var spec = client.json(spec(client));

        assertThat(spec.path("sddcManagerSpec").path("localUserPassword").stringValue())
                .isEqualTo(simulator.password());
        assertThat(spec.path("hostSpecs").size()).isEqualTo(4);
        assertThat(spec.has("vcfOperationsFleetManagementSpec")).isTrue();
        assertThat(spec.has("vspClusterSpec")).isFalse();
    }

    @Test
    void release_9_1_has_no_fleet_management_but_a_services_cluster() throws Exception {
        var client = running.client(running.simulator(Role.INSTALLER, Version.V9_1_0)).loggedIn();
        var spec = client.json(spec(client));

        assertThat(spec.has("vcfOperationsFleetManagementSpec")).isFalse();
        assertThat(spec.path("vspClusterSpec").has("systemUserPassword")).isTrue();
    }

    @Test
    void some_values_are_still_those_of_the_sddc_manager_and_some_are_not() throws Exception {
        var client = running.client(running.simulator(Role.INSTALLER, Version.V9_0_2)).loggedIn();
        var spec = client.get(spec(client)).body();
        var rows = running.simulator().estate().credentials();

        var same = rows.stream().filter(row -> spec.contains("\"" + row.password() + "\"")).count();
        assertThat(same).isBetween(2L, 9L);
    }

    @Test
    void passwords_may_be_masked_or_blank() throws Exception {
        var simulator = running.simulator(Role.INSTALLER, Version.V9_0_2);
        var client = running.client(simulator).loggedIn();
        simulator.switches().set(Switch.SPEC_PASSWORDS, "masked");
        assertThat(
                        client.json(spec(client))
                                .path("vcenterSpec")
                                .path("rootVcenterPassword")
                                .stringValue())
                .isEqualTo("***");
        simulator.switches().set(Switch.SPEC_PASSWORDS, "blank");
        assertThat(
                        client.json(spec(client))
                                .path("nsxtSpec")
                                .path("nsxtAdminPassword")
                                .stringValue())
                .isEmpty();
    }

    @Test
    void a_field_that_no_release_knows_may_appear() throws Exception {
        var simulator = running.simulator(Role.INSTALLER, Version.V9_0_2);
        var client = running.client(simulator).loggedIn();
        simulator.faults().add(Fault.of(FaultKind.UNKNOWN_PASSWORD_FIELD));
        assertThat(client.get(spec(client)).body()).contains("entanglementPassword");
    }

    @Test
    void there_may_be_no_deployment_several_and_a_failed_one() throws Exception {
        var simulator = running.simulator(Role.INSTALLER, Version.V9_0_2);
        var client = running.client(simulator).loggedIn();

        simulator.switches().set(Switch.DEPLOYMENTS, 0);
        assertThat(client.get("/v1/sddcs/latest").statusCode()).isEqualTo(404);
        simulator.switches().set(Switch.LATEST_WHEN_EMPTY, "empty-body");
        assertThat(client.get("/v1/sddcs/latest").body()).isEmpty();

        simulator.switches().set(Switch.DEPLOYMENTS, 3);
        simulator.switches().set(Switch.FAILED_DEPLOYMENT, "yes");
        var deployments = client.json("/v1/sddcs").path("elements");
        assertThat(deployments.size()).isEqualTo(3);
        assertThat(deployments.get(2).path("status").stringValue())
                .isEqualTo("COMPLETED_WITH_FAILURE");
    }

    @Test
    void the_installer_turns_into_the_sddc_manager() throws Exception {
        var simulator = running.simulator(Role.INSTALLER, Version.V9_1_0);
        var client = running.client(simulator).loggedIn();
        assertThat(client.get("/v1/credentials").statusCode()).isEqualTo(404);
        assertThat(client.get("/v1/system/appliance-info").body()).contains("VcfInstaller");

        simulator.becomeSddcManager();

        assertThat(client.get("/v1/credentials").statusCode()).isEqualTo(200);
        assertThat(client.get("/v1/sddcs/latest").statusCode()).isEqualTo(404);
        assertThat(client.get("/v1/system/appliance-info").body()).contains("SddcManager");
    }

    @Test
    void a_cloud_builder_keeps_its_passwords() throws Exception {
        var simulator = running.simulator(Role.CLOUD_BUILDER, Version.V5_2_1);
        var client = running.client(simulator);
        var basic =
                Base64.getEncoder()
                        .encodeToString(
                                ("admin:" + simulator.password()).getBytes(StandardCharsets.UTF_8));
        var request = client.request("/v1/sddcs").header("Authorization", "Basic " + basic).build();
        var response = client.http().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(client.get("/v1/sddcs").statusCode()).isEqualTo(401);
        assertThat(client.get("/v1/credentials").statusCode()).isEqualTo(404);
    }
}
