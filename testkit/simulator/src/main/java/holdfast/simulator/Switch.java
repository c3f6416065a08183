package holdfast.simulator;

import java.util.Arrays;
import java.util.List;

/// A thing that the vendor's description leaves open, or a number that a site decides. A client must pass under every setting.
///
/// A switch with settings takes one of them, the first is the default; a number takes any from 0.
public enum Switch {
    /// Status of `POST /v1/tokens`.
    TOKEN_SUCCESS("token-success", "201", "200"),
    /// Until 5.1.1 two codes are declared for PATCH and for the start of an expiry check.
    ACCEPTED_CODE("accepted-code", "202", "200"),
    /// Until 5.1.1 two codes are declared for the cancelling of a task.
    CANCELLED_CODE("cancelled-code", "204", "200"),
    TOKEN_SHAPE("token-shape", "jwt", "opaque"),
    /// With `text-plain` a body of another content type is 415.
    REFRESH_ACCEPTS("refresh-accepts", "both", "quoted", "raw", "text-plain"),
    REFRESH_REPLY("refresh-reply", "quoted", "raw"),
    /// Code of a refused login.
    LOGIN_REFUSAL("login-refusal", "401", "400"),
    /// `errorCode` for an account that has no role.
    NO_ROLE_CODE("no-role-code", "IDENTITY_UNAUTHORIZED_ENTITY", "PERMISSION_NOT_FOUND"),
    /// What an expired access token is answered with, always 401.
    EXPIRED_TOKEN("expired-token", "no-body", "TOKEN_NOT_FOUND", "TOKEN_EXPIRED"),
    CONCURRENT_PATCH("concurrent-patch", "400", "409", "500", "queued"),
    UNKNOWN_TASK("unknown-task", "400", "500", "404"),
    LATEST_WHEN_EMPTY("latest-when-empty", "404", "500", "empty-body"),
    SPEC_PASSWORDS("spec-passwords", "plaintext", "masked", "blank"),
    /// `expiry` in the list before a check of expiry was made.
    LIST_EXPIRY("list-expiry", "absent", "present", "unknown"),
    APPLIANCE_INFO_WITHOUT_TOKEN("appliance-info-without-token", "401", "200"),
    /// When `POST /v1/credentials/expirations` answers 429.
    RATE_LIMIT("rate-limit", "overlapping", "never", "every-nth"),
    RETRY_AFTER("retry-after", "absent", "present"),
    NSX_ACCOUNT_TYPE("nsx-account-type", "SYSTEM", "USER"),
    /// Words in `name` and `type` of a generic task.
    TASK_TEXTS("task-texts", "spoken", "constant"),
    TASK_STATUS_SPELLING("task-status-spelling", "upper", "spoken"),
    SUBTASK_BODY("subtask-body", "sub-task", "whole-task"),
    /// Whether rows keep their order from one page call to the next. Never documented.
    LIST_ORDER("list-order", "stable", "reversed-by-page"),
    /// `resourceIp` in 9.x.
    RESOURCE_IP("resource-ip", "sometimes", "always", "never"),
    PASSWORD_RULES("password-rules", "checked", "ignored"),
    TASK_OUTCOME(
            "task-outcome",
            "successful",
            "failed",
            "inconsistent",
            "prevalidation-failed",
            "never-ends",
            "completed-with-warning",
            "timed-out"),
    /// How `/v1/tasks` of 9.1 names a task that has not begun.
    WAITING_TASK("waiting-task", "pending", "queued"),
    /// What becomes of a check of expiry; `partly-failed` gives every third row `errors`.
    EXPIRATION_OUTCOME("expiration-outcome", "completed", "partly-failed", "failed", "never-ends"),
    /// How the newest deployment stands.
    FAILED_DEPLOYMENT("failed-deployment", "no", "yes", "in-progress", "rolled-back"),
    /// `workflowType` of the spec; VVF has neither NSX nor SDDC Manager.
    WORKFLOW_TYPE("workflow-type", "VCF", "VVF"),
    /// Host names in the spec.
    SPEC_HOST_NAMES("spec-host-names", "short", "fqdn"),
    /// Whether VCF Operations was there before (`useExistingDeployment`).
    EXISTING_DEPLOYMENT("existing-deployment", "no", "yes"),
    /// `pageMetadata` of `GET /v1/sddc-managers`.
    MANAGER_METADATA("manager-metadata", "present", "absent"),
    FIPS("fips", "off", "on"),
    /// The word before the token of VCF Operations.
    OPS_TOKEN("ops-token", "any", "OpsToken", "vRealizeOpsToken", "Bearer"),
    /// Version in the path of the Locker of 9.0.
    LOCKER_PATH("locker-path", "v2", "none", "v3"),
    /// Seconds.
    TOKEN_TTL("token-ttl", 3600),
    /// Seconds.
    REFRESH_TTL("refresh-ttl", 86_400),
    /// Polls that find a task IN_PROGRESS before it ends.
    TASK_POLLS("task-polls", 2),
    /// Polls that find a check of expiry IN_PROGRESS before it ends.
    EXPIRATION_POLLS("expiration-polls", 1),
    /// Seconds in `Retry-After`.
    RETRY_AFTER_SECONDS("retry-after-seconds", 1),
    RATE_LIMIT_NTH("rate-limit-nth", 2),
    /// Wrong logins in a row that lock the account; 0 = never.
    LOCK_AFTER("lock-after", 0),
    /// Bring-ups that the Installer holds.
    DEPLOYMENTS("deployments", 1);

    private final String text;
    private final String initial;

    /// Joined by `|`, for an enum holds nothing that could change.
    private final String settings;

    Switch(String text, String... settings) {
        this.text = text;
        this.initial = settings[0];
        this.settings = String.join("|", settings);
    }

    Switch(String text, int initial) {
        this.text = text;
        this.initial = Integer.toString(initial);
        this.settings = "";
    }

    /// @throws IllegalArgumentException when there is no such switch
    public static Switch of(String text) {
        return Arrays.stream(values())
                .filter(known -> known.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("switch: unknown '" + text + "'"));
    }

    /// kebab-case, as on the command line and the control port.
    public String text() {
        return text;
    }

    public String initial() {
        return initial;
    }

    /// Empty for a number.
    public List<String> settings() {
        return settings.isEmpty() ? List.of() : List.of(settings.split("\\|", -1));
    }

    /// @throws IllegalArgumentException naming what it takes
    void check(String setting) {
        boolean fits =
                settings.isEmpty() ? setting.matches("\\d{1,9}") : settings().contains(setting);
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s: must be %s, is '%s'"
                            .formatted(
                                    text,
                                    settings.isEmpty() ? "a number from 0" : "one of " + settings(),
                                    setting));
        }
    }
}
