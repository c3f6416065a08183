package holdfast.simulator;

import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// Writes a credential the way each release does.
final class CredentialJson {
    private static final Duration SOON = Duration.ofDays(14);

    private final World world;

    CredentialJson(World world) {
        this.world = world;
    }

    ObjectNode row(Credential credential) {
        var row = Json.object();
        row.put("id", credential.id());
        row.put("credentialType", credential.account().credentialType());
        row.put("accountType", accountType(credential));
        row.put("username", credential.account().username());
        row.put("password", credential.password());
        row.put("creationTimestamp", Json.time(credential.created()));
        row.put("modificationTimestamp", Json.time(credential.modified()));
        putExpiry(row, credential);
        row.set("resource", resource(credential.component()));
        var rotation = credential.rotation();
        if (rotation != null) {
            row.putObject("autoRotatePolicy")
                    .put("frequencyInDays", rotation.days())
                    .put("nextSchedule", Json.time(rotation.next()));
        }
        return row;
    }

    private String accountType(Credential credential) {
        return credential.component().type().equals("NSXT_MANAGER")
                ? world.switches().setting(Switch.NSX_ACCOUNT_TYPE)
                : credential.account().accountType();
    }

    private void putExpiry(ObjectNode row, Credential credential) {
        var checked = credential.checked();
        var setting = world.switches().setting(Switch.LIST_EXPIRY);
        if (checked != null || setting.equals("present")) {
            row.set("expiry", expiry(credential, checked == null ? credential.created() : checked));
        } else if (setting.equals("unknown")) {
            row.putObject("expiry").put("connectivityStatus", "UNKNOWN").put("status", "UNKNOWN");
        }
    }

    /// What a check of expiry finds out; the appliance can log in only with what the component accepts.
    ObjectNode expiry(Credential credential, Instant checked) {
        boolean accepted =
                world.estate().componentPassword(credential.id()).equals(credential.password());
        var expiry = Json.object();
        expiry.put("expiryDate", Json.time(credential.expires()));
        expiry.put("lastCheckedDate", Json.time(checked));
        expiry.put("connectivityStatus", accepted ? "ACTIVE" : "ERROR");
        expiry.put("status", status(credential));
        if (!accepted && world.version().isAtLeast(Version.V9_1_0)) {
            var details = expiry.putObject("connectivityErrorDetails");
            details.put("errorCode", "PASSWORD_MANAGER_CONNECTIVITY_FAILED");
            details.putArray("arguments").add(credential.component().name());
            details.put("errorMessage", "Unable to log in with the stored password.");
            details.put("remediationMessage", "Remediate the password.");
            details.put("referenceToken", "C0FFEE");
        }
        return expiry;
    }

    private String status(Credential credential) {
        var now = world.now();
        if (!credential.expires().isAfter(now)) {
            return "EXPIRED";
        }
        return credential.expires().isAfter(now.plus(SOON)) ? "ACTIVE" : "EXPIRING";
    }

    ObjectNode resource(Component component) {
        var version = world.version();
        var resource = Json.object();
        resource.put("resourceId", component.id());
        resource.put("resourceName", component.name());
        if (hasIp(component)) {
            resource.put("resourceIp", component.ip());
        }
        resource.put("resourceType", component.type());
        if (version.namesDomainsInPlural()) {
            resource.set("domainNames", Json.strings(component.domains()));
        }
        resource.put("domainName", component.domains().getFirst());
        return resource;
    }

    private boolean hasIp(Component component) {
        if (!world.version().mayOmitResourceIp()) {
            return true;
        }
        return switch (world.switches().setting(Switch.RESOURCE_IP)) {
            case "always" -> true;
            case "never" -> false;
            default -> component.name().hashCode() % 3 != 0;
        };
    }
}
