package holdfast.vcf;

import holdfast.kernel.SecretBytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads a bring-up specification (`SddcSpec`), of the Installer 9.x or as a file of 4.x/5.x, into credentials.
///
/// Known members first, since they tell user and host; then a sweep for every other secret, which is kept as `UNMAPPED`,
/// so that a field of a release to come is reported and not lost.
public final class BringUp {
    private static final Pattern SECRET = Pattern.compile("(?i).*(passw|passphrase|secret).*");
    private static final int MAX_DEPTH = 64;

    private final JsonNode spec;
    private final String site;
    private final String subdomain;
    private final Map<String, Found> rows = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final List<String> unmapped = new ArrayList<>();

    private BringUp(JsonNode spec, String deployment) {
        this.spec = spec;
        this.site = Tolerant.optionalText(spec, "sddcId").orElse(deployment);
        this.subdomain = Tolerant.text(spec.path("dnsSpec"), "subdomain");
    }

    /// @param deployment the Installer's id of the deployment, or the name of the file
    public static Fetched read(JsonNode spec, String deployment) {
        var bringUp = new BringUp(spec, deployment);
        bringUp.readKnown();
        bringUp.sweep(spec, "", "", 0);
        return new Fetched(
                List.copyOf(bringUp.rows.values()),
                bringUp.unmapped,
                true,
                Tolerant.optionalText(spec, "version"));
    }

    private void readKnown() {
        hosts();
        vcenter();
        nsx();
        sddcManager();
        operations();
        others();
    }

    private void hosts() {
        int index = 0;
        for (var host : spec.path("hostSpecs")) {
            login(
                    "ESXI",
                    fqdn(Tolerant.text(host, "hostname")),
                    "SSH",
                    host.path("credentials"),
                    "/hostSpecs/" + index + "/credentials",
                    "root");
            index++;
        }
    }

    private void vcenter() {
        var vcenter = spec.path("vcenterSpec");
        var host = fqdn(Tolerant.text(vcenter, "vcenterHostname"));
        secret("VCENTER", host, "SSH", "root", vcenter, "/vcenterSpec", "rootVcenterPassword");
        secret(
                "PSC",
                host,
                "SSO",
                sso(
                        Tolerant.text(vcenter, "adminUserSsoUsername"),
                        Tolerant.text(vcenter, "ssoDomain")),
                vcenter,
                "/vcenterSpec",
                "adminUserSsoPassword");
        int index = 0;
        for (var psc : spec.path("pscSpecs")) { // 4.x and 5.x
            secret(
                    "PSC",
                    host,
                    "SSO",
                    sso("", Tolerant.text(psc.path("pscSsoSpec"), "ssoDomain")),
                    psc,
                    "/pscSpecs/" + index,
                    "adminUserSsoPassword");
            index++;
        }
    }

    private void nsx() {
        var nsx = spec.path("nsxtSpec");
        var names = new ArrayList<String>();
        Tolerant.optionalText(nsx, "vipFqdn")
                .or(() -> Tolerant.optionalText(nsx, "vip"))
                .ifPresent(vip -> names.add(fqdn(vip)));
        for (var manager : nsx.path("nsxtManagers")) {
            Tolerant.optionalText(manager, "hostname").ifPresent(name -> names.add(fqdn(name)));
        }
        if (names.isEmpty()) {
            names.add("nsx");
        }
        for (var name : names) {
            secret(
                    "NSXT_MANAGER",
                    name,
                    "SSH",
                    "root",
                    nsx,
                    "/nsxtSpec",
                    "rootNsxtManagerPassword");
            secret("NSXT_MANAGER", name, "API", "admin", nsx, "/nsxtSpec", "nsxtAdminPassword");
            secret("NSXT_MANAGER", name, "AUDIT", "audit", nsx, "/nsxtSpec", "nsxtAuditPassword");
        }
    }

    private void sddcManager() {
        var manager = spec.path("sddcManagerSpec");
        var at = "/sddcManagerSpec";
        var host = fqdn(Tolerant.text(manager, "hostname"));
        secret("SDDC_MANAGER", host, "SSH", "root", manager, at, "rootPassword");
        secret("SDDC_MANAGER", host, "SSH", "vcf", manager, at, "sshPassword");
        secret("SDDC_MANAGER", host, "API", "admin@local", manager, at, "localUserPassword");
        login( // 4.x and 5.x, as the two below
                "SDDC_MANAGER",
                host,
                "SSH",
                manager.path("rootUserCredentials"),
                at + "/rootUserCredentials",
                "root");
        login(
                "SDDC_MANAGER",
                host,
                "SSH",
                manager.path("secondUserCredentials"),
                at + "/secondUserCredentials",
                "vcf");
    }

    private void operations() {
        var operations = spec.path("vcfOperationsSpec");
        var nodes = operations.path("nodes");
        var front =
                Tolerant.optionalText(operations, "loadBalancerFqdn")
                        .orElse(Tolerant.text(nodes.path(0), "hostname"));
        secret(
                "VCF_OPERATIONS",
                fqdn(front),
                "API",
                "admin",
                operations,
                "/vcfOperationsSpec",
                "adminUserPassword");
        int index = 0;
        for (var node : nodes) {
            secret(
                    "VCF_OPERATIONS",
                    fqdn(Tolerant.text(node, "hostname")),
                    "SSH",
                    "root",
                    node,
                    "/vcfOperationsSpec/nodes/" + index,
                    "rootUserPassword");
            index++;
        }
    }

    private void others() {
        appliance(
                "vcfOperationsFleetManagementSpec",
                "FLEET_MANAGEMENT",
                "SSH",
                "root",
                "rootUserPassword");
        appliance(
                "vcfOperationsFleetManagementSpec",
                "FLEET_MANAGEMENT",
                "API",
                "admin@local",
                "adminUserPassword");
        appliance("vcfOperationsCollectorSpec", "COLLECTOR", "SSH", "root", "rootUserPassword");
        appliance("vcfAutomationSpec", "VCF_AUTOMATION", "API", "admin", "adminUserPassword");
        appliance("vspClusterSpec", "VSP", "SSH", "vmware-system-user", "systemUserPassword");
        appliance("vspClusterSpec", "VSP", "API", "admin@vsp.local", "systemUserPassword");
        var vxrail = spec.path("vxManagerSpec");
        for (var user : List.of("root", "admin")) {
            var member =
                    user.equals("root")
                            ? "defaultRootUserCredentials"
                            : "defaultAdminUserCredentials";
            login(
                    "VXRAIL_MANAGER",
                    fqdn(Tolerant.text(vxrail, "vxManagerHostName")),
                    "SSH",
                    vxrail.path(member),
                    "/vxManagerSpec/" + member,
                    user);
        }
        login(
                "VCENTER",
                Tolerant.text(spec.path("remoteSiteSpec"), "vcenterAddress"),
                "SSO",
                spec.path("remoteSiteSpec").path("vcCredentials"),
                "/remoteSiteSpec/vcCredentials",
                "administrator");
        var proxy = spec.path("proxySpec");
        secret(
                "PROXY",
                Tolerant.text(proxy, "host"),
                "API",
                Tolerant.text(proxy, "username"),
                proxy,
                "/proxySpec",
                "password");
        secret(
                "CERTIFICATES",
                site,
                "PASSPHRASE",
                "passphrase",
                spec,
                "",
                "certificatesPassphrase");
    }

    private void appliance(
            String section, String type, String credentialType, String user, String member) {
        var node = spec.path(section);
        var host =
                Tolerant.optionalText(node, "hostname")
                        .or(() -> Tolerant.optionalText(node, "internalFqdn"))
                        .or(() -> Tolerant.optionalText(node, "platformFqdn"))
                        .orElse(section);
        secret(type, fqdn(host), credentialType, user, node, "/" + section, member);
    }

    private void login(
            String type,
            String host,
            String credentialType,
            JsonNode login,
            String at,
            String usual) {
        secret(
                type,
                host,
                credentialType,
                Tolerant.optionalText(login, "username").orElse(usual),
                login,
                at,
                "password");
    }

    private void secret(
            String type,
            String host,
            String credentialType,
            String user,
            JsonNode holder,
            String at,
            String member) {
        if (!holder.has(member)) {
            return;
        }
        known.add(at + "/" + member);
        put(
                new Found.Account(type, host.isEmpty() ? site : host, credentialType, user),
                Tolerant.secret(holder, member));
    }

    private void put(Found.Account account, Optional<SecretBytes> value) {
        var id = site + "|" + account.folded();
        var before = rows.get(id);
        if (before != null && before.value().isPresent()) {
            value.ifPresent(SecretBytes::close);
            return;
        }
        rows.put(
                id,
                new Found(
                        id,
                        account,
                        "",
                        account.credentialType().equals("SSH") ? "USER" : "SYSTEM",
                        List.of(site),
                        value,
                        Found.Validity.UNKNOWN,
                        Optional.empty()));
    }

    private void sweep(JsonNode node, String at, String name, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> {
                        var pointer =
                                at + "/" + member.getKey().replace("~", "~0").replace("/", "~1");
                        unknown(
                                member.getValue(),
                                member.getKey(),
                                Tolerant.text(node, "username"),
                                pointer);
                        sweep(member.getValue(), pointer, member.getKey(), depth + 1);
                    });
        } else if (node.isArray()) {
            int index = 0;
            for (var element : node) {
                var pointer = at + "/" + index;
                unknown(element, name, "", pointer);
                sweep(element, pointer, name, depth + 1);
                index++;
            }
        }
    }

    private void unknown(JsonNode value, String member, String user, String pointer) {
        if (known.contains(pointer) || !SECRET.matcher(member).matches()) {
            return;
        }
        Tolerant.secret(value)
                .ifPresent(secret -> {
                    unmapped.add(pointer);
                    put(
                            new Found.Account("UNMAPPED", pointer, "UNKNOWN", user),
                            Optional.of(secret));
                });
    }

    private String fqdn(String host) {
        return host.isEmpty() || host.contains(".") || subdomain.isEmpty()
                ? host
                : host + "." + subdomain;
    }

    private static String sso(String user, String domain) {
        var name = user.isEmpty() ? "administrator" : user;
        return name.contains("@")
                ? name
                : name + "@" + (domain.isEmpty() ? "vsphere.local" : domain);
    }
}
