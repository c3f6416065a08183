package holdfast.simulator;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The vendor's `Error` body: all fields are optional there, here the usual ones are filled.
///
/// @param code for example `IDENTITY_UNAUTHORIZED_ENTITY`
/// @param type for example `AUTHENTICATION`
record Trouble(String code, String type, String message, String remediation, List<String> about) {
    Trouble(String code, String type, String message) {
        this(code, type, message, "Correct the request and try again.", List.of());
    }

    Trouble {
        about = List.copyOf(about);
    }

    /// The same with what the release adds to every error: `label` and `remediationUrl` from 9.0, `notifications` from 9.1.
    static Reply asIn(Version version, Reply reply) {
        if (!version.isAtLeast(Version.V9_0_2)
                || !reply.body().startsWith("{")
                || !(Json.read(reply.body()) instanceof ObjectNode error)
                || !error.has("errorCode")) {
            return reply;
        }
        error.put("label", error.path("errorCode").asString());
        error.put("remediationUrl", "https://knowledge.broadcom.com/");
        if (version.isAtLeast(Version.V9_1_0)) {
            error.putArray("notifications")
                    .addObject()
                    .put("severity", "ERROR")
                    .put("message", error.path("message").asString())
                    .put("impactMessage", "Nothing was changed.")
                    .putArray("remediations")
                    .addObject()
                    .put("message", error.path("remediationMessage").asString())
                    .put("link", "https://knowledge.broadcom.com/");
        }
        return reply.withBody(error.toString());
    }

    Reply reply(int status) {
        return Reply.json(status, body());
    }

    ObjectNode body() {
        var body = Json.object();
        body.put("errorCode", code);
        body.put("errorType", type);
        about.forEach(body.putArray("arguments")::add);
        body.putObject("context").put("bundleName", "com.vmware.vcf.common");
        body.put("message", message);
        body.put("remediationMessage", remediation);
        body.putArray("causes")
                .addObject()
                .put("type", "java.lang.IllegalStateException")
                .put("message", message);
        body.putArray("nestedErrors");
        body.put("referenceToken", referenceToken());
        return body;
    }

    /// Six characters that an administrator would search the appliance's log for; the same trouble has the same token.
    private String referenceToken() {
        return "%06X".formatted(hashCode() & 0xFFFFFF);
    }
}
