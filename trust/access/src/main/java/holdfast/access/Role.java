package holdfast.access;

import java.util.EnumSet;
import java.util.Set;

/// The built-in roles. What each may do stands on the constant.
public enum Role {
    ADMIN(EnumSet.allOf(Action.class)),
    OPERATOR(
            EnumSet.of(
                    Action.READ_ENVIRONMENT,
                    Action.MANAGE_ENVIRONMENT,
                    Action.SYNC_ENVIRONMENT,
                    Action.READ_CREDENTIAL,
                    Action.REVEAL_CREDENTIAL,
                    Action.EXPORT_CREDENTIAL,
                    Action.READ_JOB,
                    Action.RUN_JOB,
                    Action.READ_SECRET,
                    Action.REVEAL_SECRET,
                    Action.WRITE_SECRET,
                    Action.DELETE_SECRET,
                    Action.ROTATE_SECRET,
                    Action.SHARE_SECRET,
                    Action.EXPORT_SECRET,
                    Action.READ_AUDIT,
                    Action.EXPORT_AUDIT,
                    Action.MANAGE_TOKEN)),
    USER(
            EnumSet.of(
                    Action.READ_ENVIRONMENT,
                    Action.READ_CREDENTIAL,
                    Action.REVEAL_CREDENTIAL,
                    Action.READ_SECRET,
                    Action.REVEAL_SECRET,
                    Action.WRITE_SECRET,
                    Action.DELETE_SECRET,
                    Action.ROTATE_SECRET,
                    Action.SHARE_SECRET,
                    Action.READ_AUDIT,
                    Action.EXPORT_AUDIT,
                    Action.MANAGE_TOKEN)),
    READ_ONLY(
            EnumSet.of(
                    Action.READ_ENVIRONMENT,
                    Action.READ_CREDENTIAL,
                    Action.REVEAL_CREDENTIAL,
                    Action.READ_SECRET,
                    Action.REVEAL_SECRET,
                    Action.READ_AUDIT,
                    Action.EXPORT_AUDIT,
                    Action.MANAGE_TOKEN)),
    AUDITOR(
            EnumSet.of(
                    Action.READ_ENVIRONMENT,
                    Action.READ_CREDENTIAL,
                    Action.READ_SECRET,
                    Action.READ_AUDIT,
                    Action.EXPORT_AUDIT,
                    Action.MANAGE_TOKEN));

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy, never handed out for change
    private final Set<Action> actions;

    Role(EnumSet<Action> actions) {
        this.actions = Set.copyOf(actions);
    }

    public Set<Action> actions() {
        return actions;
    }
}
