package holdfast.access;

import holdfast.http.Access;
import java.util.Optional;

/// Everything that needs a right. Routes declare one, the policy decides on it.
public enum Action implements Access {
    READ_ENVIRONMENT,
    MANAGE_ENVIRONMENT,
    SYNC_ENVIRONMENT,
    READ_CREDENTIAL,
    REVEAL_CREDENTIAL,
    EXPORT_CREDENTIAL,
    READ_SECRET,
    REVEAL_SECRET,
    WRITE_SECRET,
    DELETE_SECRET,
    ROTATE_SECRET,
    SHARE_SECRET,
    EXPORT_SECRET,
    READ_KEY,
    ENCRYPT_WITH_KEY,
    DECRYPT_WITH_KEY,
    SIGN_WITH_KEY,
    VERIFY_WITH_KEY,
    WRITE_KEY,
    DESTROY_KEY,
    READ_JOB,
    RUN_JOB,
    READ_AUDIT,
    EXPORT_AUDIT,
    READ_ACCESS,
    MANAGE_ACCESS,
    MANAGE_USER,
    MANAGE_TOKEN,
    READ_HEALTH,
    MANAGE_SETTINGS,
    MANAGE_KEYS,
    MANAGE_TENANT;

    /// {@return what it shows as well: who is denied that is denied this}
    Optional<Action> shown() {
        return switch (this) {
            case EXPORT_CREDENTIAL -> Optional.of(REVEAL_CREDENTIAL);
            case EXPORT_SECRET -> Optional.of(REVEAL_SECRET);
            default -> Optional.empty();
        };
    }
}
