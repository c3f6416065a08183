package holdfast.access;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What somebody may do in the whole tenant: one of the built-in roles, or one that the tenant made.
///
/// @param name    2 to 64 of `A-Z 0-9 _`, unique in the tenant; what people and programs call it
/// @param actions what it allows everywhere in the tenant
/// @param own     those of `actions` that reach the holder's own things only, for example own events
public record Role(
        String name, String description, Set<Action> actions, Set<Action> own, boolean builtIn) {
    /// What everybody who belongs to a tenant does with what is theirs.
    private static final Set<Action> THEIRS =
            Set.of(Action.READ_AUDIT, Action.EXPORT_AUDIT, Action.MANAGE_TOKEN);

    public static final Role ADMIN =
            builtIn("ADMIN", "Everything.", EnumSet.allOf(Action.class), Set.of());
    public static final Role OPERATOR =
            builtIn(
                    "OPERATOR",
                    "Environments, jobs, values and exports.",
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
                            Action.READ_KEY,
                            Action.ENCRYPT_WITH_KEY,
                            Action.DECRYPT_WITH_KEY,
                            Action.SIGN_WITH_KEY,
                            Action.VERIFY_WITH_KEY,
                            Action.READ_AUDIT,
                            Action.EXPORT_AUDIT,
                            Action.MANAGE_TOKEN),
                    THEIRS);
    public static final Role USER =
            builtIn(
                    "USER",
                    "Lists and values.",
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
                            Action.READ_KEY,
                            Action.ENCRYPT_WITH_KEY,
                            Action.DECRYPT_WITH_KEY,
                            Action.SIGN_WITH_KEY,
                            Action.VERIFY_WITH_KEY,
                            Action.READ_AUDIT,
                            Action.EXPORT_AUDIT,
                            Action.MANAGE_TOKEN),
                    THEIRS);
    public static final Role READ_ONLY =
            builtIn(
                    "READ_ONLY",
                    "Lists and values, no change.",
                    EnumSet.of(
                            Action.READ_ENVIRONMENT,
                            Action.READ_CREDENTIAL,
                            Action.REVEAL_CREDENTIAL,
                            Action.READ_SECRET,
                            Action.REVEAL_SECRET,
                            Action.READ_KEY,
                            Action.DECRYPT_WITH_KEY,
                            Action.VERIFY_WITH_KEY,
                            Action.READ_AUDIT,
                            Action.EXPORT_AUDIT,
                            Action.MANAGE_TOKEN),
                    THEIRS);
    public static final Role AUDITOR =
            builtIn(
                    "AUDITOR",
                    "The ledger, who may do what, and lists; never a value.",
                    EnumSet.of(
                            Action.READ_ENVIRONMENT,
                            Action.READ_CREDENTIAL,
                            Action.READ_ACCESS,
                            Action.READ_SECRET,
                            Action.READ_KEY,
                            Action.READ_AUDIT,
                            Action.EXPORT_AUDIT,
                            Action.MANAGE_TOKEN),
                    Set.of(Action.MANAGE_TOKEN));

    /// The roles that every tenant has, the strongest first.
    public static final List<Role> BUILT_IN = List.of(ADMIN, OPERATOR, USER, READ_ONLY, AUDITOR);

    /// Built-in ones first, the strongest before the others; then by name.
    static final Comparator<Role> STRONGEST =
            Comparator.comparingInt(Role::rank).thenComparing(Role::name);

    public Role {
        actions = Set.copyOf(actions);
        own = Set.copyOf(own);
    }

    private static Role builtIn(
            String name, String description, Set<Action> actions, Set<Action> own) {
        return new Role(name, description, actions, own, true);
    }

    static Optional<Role> builtIn(String name) {
        return BUILT_IN.stream().filter(role -> role.name.equals(name)).findFirst();
    }

    /// {@return whether it allows `action` on what is not the holder's own}
    boolean reachesAll(Action action) {
        return actions.contains(action) && !own.contains(action);
    }

    private int rank() {
        int place = BUILT_IN.indexOf(this);
        return place < 0 ? BUILT_IN.size() : place;
    }

    @Override
    public String toString() {
        return name;
    }
}
