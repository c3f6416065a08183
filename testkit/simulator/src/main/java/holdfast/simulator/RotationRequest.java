package holdfast.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A checked `CredentialsUpdateSpec`.
///
/// @param operation ROTATE, UPDATE, REMEDIATE, UPDATE_AUTO_ROTATE_POLICY
/// @param days      of the new auto-rotate policy; 0 switches it off
record RotationRequest(String operation, List<Target> targets, int days) {
    private static final Set<String> OPERATIONS =
            Set.of("ROTATE", "UPDATE", "REMEDIATE", "UPDATE_AUTO_ROTATE_POLICY");
    private static final Set<String> CREDENTIAL_TYPES = Set.of("SSO", "SSH", "API", "FTP", "AUDIT");
    private static final int MOST_DAYS = 90;

    /// One account that is named in the request; whether it exists is found out later.
    ///
    /// @param resource       name or id
    /// @param credentialType null when it is left out
    /// @param password       null when none is needed
    record Target(
            String resource,
            String resourceType,
            @Nullable String credentialType,
            String username,
            @Nullable String password) {
        boolean is(Credential row) {
            return row.component().type().equals(resourceType)
                    && (row.component().name().equals(resource)
                            || row.component().id().equals(resource))
                    && (credentialType == null
                            || row.account().credentialType().equals(credentialType))
                    && row.account().username().equals(username);
        }

        Optional<Credential> in(Estate estate) {
            return estate.credentials().stream().filter(this::is).findFirst();
        }
    }

    RotationRequest {
        targets = List.copyOf(targets);
    }

    /// What SDDC Manager does by itself when a schedule is due.
    static RotationRequest automatic(Credential row) {
        var target =
                new Target(
                        row.component().name(),
                        row.component().type(),
                        row.account().credentialType(),
                        row.account().username(),
                        null);
        return new RotationRequest("ROTATE", List.of(target), 0);
    }

    /// @throws Refused 400, 415
    static RotationRequest of(Request request, World world) {
        var body =
                Json.readObject(request, Set.of("operationType", "elements", "autoRotatePolicy"));
        var operation = Json.required(body, "operationType");
        if (!OPERATIONS.contains(operation)) {
            throw Refused.badRequest("operationType must be one of " + OPERATIONS + ".");
        }
        var targets = new ArrayList<Target>();
        for (var element : Json.objects(body, "elements")) {
            targets.addAll(targets(element, operation, world));
        }
        if (operation.equals("REMEDIATE") && targets.size() > 1) {
            throw Refused.badRequest("Only one account can be remediated at a time.");
        }
        return new RotationRequest(operation, targets, days(operation, body));
    }

    private static List<Target> targets(ObjectNode element, String operation, World world) {
        Json.onlyWith(element, Set.of("resourceName", "resourceId", "resourceType", "credentials"));
        var type = Json.required(element, "resourceType");
        requireType(world.version(), type);
        var name = Json.optional(element, "resourceName");
        var id = Json.optional(element, "resourceId");
        var resource =
                name.or(() -> id)
                        .orElseThrow(() ->
                                Refused.badRequest("resourceName or resourceId is required."));
        return Json.objects(element, "credentials").stream()
                .map(credential -> target(resource, type, credential, operation, world))
                .toList();
    }

    private static Target target(
            String resource, String type, ObjectNode credential, String operation, World world) {
        Json.onlyWith(credential, Set.of("credentialType", "accountType", "username", "password"));
        boolean needsPassword = operation.equals("UPDATE") || operation.equals("REMEDIATE");
        var credentialType = Json.optional(credential, "credentialType");
        if (credentialType.isPresent() && !CREDENTIAL_TYPES.contains(credentialType.get())) {
            throw Refused.badRequest("credentialType must be one of " + CREDENTIAL_TYPES + ".");
        }
        var target =
                new Target(
                        resource,
                        type,
                        credentialType.orElse(null),
                        Json.required(credential, "username"),
                        needsPassword ? Json.required(credential, "password") : null);
        if (!needsPassword && credential.has("password")) {
            throw Refused.badRequest("password must not be given for " + operation + ".");
        }
        checkAllowed(target, operation, world);
        return target;
    }

    private static void checkAllowed(Target target, String operation, World world) {
        if (operation.equals("UPDATE_AUTO_ROTATE_POLICY") && target.resourceType().equals("ESXI")) {
            throw Refused.badRequest("Auto-rotate is not supported for ESXI.");
        }
        var row = target.in(world.estate());
        if (!operation.equals("UPDATE") || row.isEmpty()) {
            return;
        }
        if (row.get().account().isService()) {
            throw Refused.badRequest(
                    "You cannot manually set a password for service accounts. Rotate it instead.");
        }
        var password = target.password();
        if (password != null && world.switches().is(Switch.PASSWORD_RULES, "checked")) {
            Passwords.objection(target.resourceType(), password)
                    .ifPresent(objection -> {
                        throw Refused.badRequest(objection);
                    });
        }
    }

    private static int days(String operation, ObjectNode body) {
        if (!operation.equals("UPDATE_AUTO_ROTATE_POLICY")) {
            if (body.has("autoRotatePolicy")) {
                throw Refused.badRequest(
                        "autoRotatePolicy must not be given for " + operation + ".");
            }
            return 0;
        }
        if (!(body.get("autoRotatePolicy") instanceof ObjectNode policy)
                || !policy.path("enableAutoRotatePolicy").isBoolean()) {
            throw Refused.badRequest("autoRotatePolicy.enableAutoRotatePolicy is required.");
        }
        Json.onlyWith(policy, Set.of("enableAutoRotatePolicy", "frequencyInDays"));
        if (!policy.path("enableAutoRotatePolicy").booleanValue()) {
            return 0;
        }
        JsonNode days = policy.path("frequencyInDays");
        if (!days.isInt() || days.intValue() < 1 || days.intValue() > MOST_DAYS) {
            throw Refused.badRequest("frequencyInDays must be 1 to 90.");
        }
        return days.intValue();
    }

    /// @throws Refused 400 when the release has no such type
    static void requireType(Version version, String type) {
        if (!version.resourceTypes().contains(type)) {
            throw Refused.badRequest(
                    "resourceType must be one of " + version.resourceTypes() + ".");
        }
    }

    @Override
    public String toString() {
        return "RotationRequest[" + operation + ", " + targets.size() + " accounts]";
    }
}
