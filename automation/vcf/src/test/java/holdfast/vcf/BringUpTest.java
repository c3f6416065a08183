package holdfast.vcf;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.kernel.SecretBytes;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What the reader of bring-up specifications promises.
class BringUpTest {
    private static final String OF_9 =
            """
            {"sddcId": "sfo-m01", "version": "9.0.2.0",
             "dnsSpec": {"subdomain": "rainpole.io"},
             "hostSpecs": [{"hostname": "esx01", "credentials": {"username": "root", "password": "Esx!1"}}],
             "vcenterSpec": {"vcenterHostname": "vc01", "rootVcenterPassword": "Vc!1",
                             "ssoDomain": "vsphere.local", "adminUserSsoPassword": "Sso!1"},
             "nsxtSpec": {"vipFqdn": "nsx.rainpole.io", "nsxtManagers": [{"hostname": "nsx-a"}],
                          "rootNsxtManagerPassword": "Nr!1", "nsxtAdminPassword": "Na!1", "nsxtAuditPassword": "Nu!1"},
             "sddcManagerSpec": {"hostname": "vcf01", "rootPassword": "Sr!1", "sshPassword": "Ss!1", "localUserPassword": "Sl!1"},
             "vcfOperationsSpec": {"nodes": [{"hostname": "ops-a.rainpole.io", "rootUserPassword": "Or!1"}], "adminUserPassword": "Oa!1"},
             "vcfOperationsFleetManagementSpec": {"hostname": "fm01", "rootUserPassword": "Fr!1", "adminUserPassword": "Fa!1"},
             "vcfOperationsCollectorSpec": {"hostname": "col01", "rootUserPassword": "Cr!1"},
             "vcfAutomationSpec": {"hostname": "auto01", "adminUserPassword": "***"},
             "newSpec": {"username": "mystery", "somePassword": "New!1"}}
            """;

    private static final String OF_5 =
            """
            {"sddcId": "old", "dnsSpec": {"subdomain": "rainpole.io"},
             "pscSpecs": [{"adminUserSsoPassword": "Sso!5", "pscSsoSpec": {"ssoDomain": "vsphere.local"}}],
             "vcenterSpec": {"vcenterHostname": "vc05", "rootVcenterPassword": "Vc!5"},
             "sddcManagerSpec": {"hostname": "vcf05",
               "rootUserCredentials": {"username": "root", "password": "Sr!5"},
               "secondUserCredentials": {"username": "vcf", "password": "Ss!5"},
               "localUserPassword": "Sl!5"}}
            """;

    @Test
    void the_members_of_9_tell_user_and_host() {
        var values = values(OF_9);

        assertThat(values)
                .containsEntry("ESXI esx01.rainpole.io SSH root", "Esx!1")
                .containsEntry("VCENTER vc01.rainpole.io SSH root", "Vc!1")
                .containsEntry("PSC vc01.rainpole.io SSO administrator@vsphere.local", "Sso!1")
                .containsEntry("NSXT_MANAGER nsx.rainpole.io API admin", "Na!1")
                .containsEntry("NSXT_MANAGER nsx-a.rainpole.io SSH root", "Nr!1")
                .containsEntry("SDDC_MANAGER vcf01.rainpole.io SSH vcf", "Ss!1")
                .containsEntry("SDDC_MANAGER vcf01.rainpole.io API admin@local", "Sl!1")
                .containsEntry("VCF_OPERATIONS ops-a.rainpole.io SSH root", "Or!1")
                .containsEntry("FLEET_MANAGEMENT fm01.rainpole.io API admin@local", "Fa!1")
                .containsEntry("COLLECTOR col01.rainpole.io SSH root", "Cr!1");
    }

    @Test
    void the_members_of_4_and_5_are_read_as_well() {
        assertThat(values(OF_5))
                .containsEntry("PSC vc05.rainpole.io SSO administrator@vsphere.local", "Sso!5")
                .containsEntry("SDDC_MANAGER vcf05.rainpole.io SSH root", "Sr!5")
                .containsEntry("SDDC_MANAGER vcf05.rainpole.io SSH vcf", "Ss!5");
    }

    @Test
    void a_secret_that_no_release_knows_is_reported_and_kept() {
        try (var read = BringUp.read(JsonMapper.shared().readTree(OF_9), "file")) {
            assertThat(read.unmapped()).containsExactly("/newSpec/somePassword");
        }
        assertThat(values(OF_9))
                .containsEntry("UNMAPPED /newSpec/somePassword UNKNOWN mystery", "New!1");
    }

    @Test
    void secrets_in_lists_and_numbers_are_not_lost() {
        var spec =
                """
                {"sddcId": "m01", "newSpec": {"rootPasswords": ["One!1", "Two!2", "***"],
                 "keys": [{"passphrase": "Three!3"}], "passwordPolicy": {"length": 15}, "passwordless": true}}
                """;
        try (var read = BringUp.read(JsonMapper.shared().readTree(spec), "file")) {
            assertThat(read.unmapped())
                    .containsExactly(
                            "/newSpec/rootPasswords/0",
                            "/newSpec/rootPasswords/1",
                            "/newSpec/keys/0/passphrase");
        }
        assertThat(values(spec)).containsValues("One!1", "Two!2", "Three!3");
    }

    @Test
    void a_masked_value_is_an_account_without_value() {
        try (var read = BringUp.read(JsonMapper.shared().readTree(OF_9), "file")) {
            assertThat(read.rows())
                    .anyMatch(row ->
                            row.account().resourceType().equals("VCF_AUTOMATION")
                                    && row.value().isEmpty());
        }
    }

    private static Map<String, String> values(String spec) {
        var values = new TreeMap<String, String>();
        try (var read = BringUp.read(JsonMapper.shared().readTree(spec), "file")) {
            for (var row : read.rows()) {
                var account = row.account();
                row.value()
                        .map(SecretBytes::revealUtf8)
                        .ifPresent(value ->
                                values.put(
                                        "%s %s %s %s"
                                                .formatted(
                                                        account.resourceType(),
                                                        account.resourceName(),
                                                        account.credentialType(),
                                                        account.username()),
                                        value));
            }
        }
        return values;
    }
}
