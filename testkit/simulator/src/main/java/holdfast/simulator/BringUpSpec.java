package holdfast.simulator;

import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Composes `SddcSpec`: the passwords as they were at bring-up. Some rows have been rotated since, most have not.
final class BringUpSpec {
    private static final int ROTATED_SINCE = 4; // every fourth account
    private static final String VSP = "flt-vsp01.rainpole.io";

    private final World world;
    private final String name;

    /// @param name of the management domain that was brought up
    BringUpSpec(World world, String name) {
        this.world = world;
        this.name = name;
    }

    ObjectNode compose() {
        var spec = Json.object();
        spec.put("sddcId", name).put("vcfInstanceName", "San Francisco VCF01");
        spec.put("workflowType", world.switches().setting(Switch.WORKFLOW_TYPE));
        spec.put("version", world.version().text() + ".0");
        spec.putObject("dnsSpec")
                .put("subdomain", "rainpole.io")
                .putArray("nameservers")
                .add("10.0.0.250");
        spec.putArray("ntpServers").add("10.0.0.251");
        hosts(spec);
        vcenter(spec);
        if (!world.switches().is(Switch.WORKFLOW_TYPE, "VVF")) {
            nsx(spec);
            manager(spec);
        }
        operations(spec);
        if (world.version().isAtLeast(Version.V9_1_0)) {
            spec.putObject("fleetLcmSpec").put("hostname", "flt-lcm01.rainpole.io");
        }
        spec.putArray("networkSpecs")
                .addObject()
                .put("networkType", "MANAGEMENT")
                .put("vlanId", 1611);
        return spec;
    }

    /// What the components of day 2 have (`VcfManagementComponentsSpec`).
    ObjectNode components() {
        var spec = Json.object();
        operations(spec);
        return spec;
    }

    private void hosts(ObjectNode spec) {
        var hosts = spec.putArray("hostSpecs");
        for (int host = 1; host <= 4; host++) {
            var hostname = "sfo01-m01-esx%02d".formatted(host);
            var entry = hosts.addObject().put("hostname", named(hostname));
            entry.put("sslThumbprint", thumbprint(hostname));
            entry.putObject("credentials")
                    .put("username", "root")
                    .put("password", fromRow("ESXI", hostname + ".rainpole.io", "SSH", "root"));
        }
    }

    private void vcenter(ObjectNode spec) {
        var fqdn = "sfo-m01-vc01.rainpole.io";
        spec.putObject("vcenterSpec")
                .put("vcenterHostname", named("sfo-m01-vc01"))
                .put("sslThumbprint", thumbprint(fqdn))
                .put("rootVcenterPassword", fromRow("VCENTER", fqdn, "SSH", "root"))
                .put("ssoDomain", "vsphere.local")
                .put("adminUserSsoUsername", "administrator")
                .put(
                        "adminUserSsoPassword",
                        fromRow("PSC", fqdn, "SSO", "administrator@vsphere.local"));
    }

    private void nsx(ObjectNode spec) {
        var fqdn = "sfo-m01-nsx01.rainpole.io";
        var nsx = spec.putObject("nsxtSpec").put("vipFqdn", fqdn);
        var nodes = nsx.putArray("nsxtManagers");
        List.of("a", "b", "c")
                .forEach(node -> nodes.addObject().put("hostname", named("sfo-m01-nsx01" + node)));
        nsx.put("rootNsxtManagerPassword", fromRow("NSXT_MANAGER", fqdn, "SSH", "root"));
        nsx.put("nsxtAdminPassword", fromRow("NSXT_MANAGER", fqdn, "API", "admin"));
        nsx.put("nsxtAuditPassword", fromRow("NSXT_MANAGER", fqdn, "AUDIT", "audit"));
    }

    private void manager(ObjectNode spec) {
        spec.putObject("sddcManagerSpec")
                .put("hostname", named("sfo-vcf01"))
                .put("rootPassword", own("sddc root"))
                .put("sshPassword", own("sddc vcf"))
                .put("localUserPassword", world.logins().localAdminPassword());
    }

    private void operations(ObjectNode spec) {
        var operations = spec.putObject("vcfOperationsSpec");
        var nodes = operations.putArray("nodes");
        nodes.addObject()
                .put("hostname", "flt-ops01a.rainpole.io")
                .put("type", "master")
                .put("rootUserPassword", own("operations root a"));
        nodes.addObject()
                .put("hostname", "flt-ops01b.rainpole.io")
                .put("type", "replica")
                .put("rootUserPassword", own("operations root b"));
        operations.put(
                "useExistingDeployment", world.switches().is(Switch.EXISTING_DEPLOYMENT, "yes"));
        operations.put("loadBalancerFqdn", "flt-ops01.rainpole.io");
        operations.put("adminUserPassword", own("operations admin"));
        if (!world.version().isAtLeast(Version.V9_1_0)) {
            spec.putObject("vcfOperationsFleetManagementSpec")
                    .put("hostname", "flt-fm01.rainpole.io")
                    .put("rootUserPassword", own("fleet root"))
                    .put("adminUserPassword", own("fleet admin"));
        } else {
            spec.putObject("vspClusterSpec")
                    .put("platformFqdn", VSP)
                    .put("systemUserPassword", fromRow("VSP", VSP, "SSH", "vmware-system-user"));
        }
        spec.putObject("vcfOperationsCollectorSpec")
                .put("hostname", "sfo-opsc01.rainpole.io")
                .put("rootUserPassword", own("collector root"));
        spec.putObject("vcfAutomationSpec")
                .put("hostname", "flt-auto01.rainpole.io")
                .put("adminUserPassword", own("automation admin"));
    }

    /// The value that SDDC Manager started with: for most accounts the one that it has still.
    private String fromRow(String type, String resource, String credentialType, String username) {
        var key = String.join("|", type, resource, credentialType, username);
        boolean rotatedSince = world.seed().random("since " + key).nextInt(ROTATED_SINCE) == 0;
        return world.planned().stream()
                .filter(row -> row.is(type, resource, credentialType, username))
                .filter(_ -> !rotatedSince)
                .map(Credential::password)
                .findFirst()
                .orElseGet(() -> own(key));
    }

    /// Short, so that the subdomain completes it, unless the switch says otherwise.
    private String named(String host) {
        return world.switches().is(Switch.SPEC_HOST_NAMES, "fqdn") ? host + ".rainpole.io" : host;
    }

    private String thumbprint(String host) {
        var bytes = new byte[32];
        world.seed().random("thumbprint " + host).nextBytes(bytes);
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes);
    }

    private String own(String key) {
        return Passwords.generated(world.seed().random(name + " bring-up " + key));
    }
}
