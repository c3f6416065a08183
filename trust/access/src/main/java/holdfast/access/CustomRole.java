package holdfast.access;

import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.tenancy.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/// A role that a tenant made, with what is kept beside it.
///
/// @param version from 1, grows with every change
public record CustomRole(Role role, Instant created, Metadata metadata, long version) {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");
    private static final int DESCRIPTION = 500; // characters

    /// A role made by a tenant. Its audit actions reach the whole ledger of the tenant: everybody has their own anyway.
    ///
    /// @throws Refusal INVALID, naming every member that is wrong
    public static Role of(String name, String description, Set<Action> actions) {
        var errors = new ArrayList<FieldError>();
        if (!NAME.matcher(name).matches()) {
            errors.add(FieldError.of("/name", "malformed", "2 to 64 of A-Z, 0-9 and _"));
        }
        if (Role.builtIn(name).isPresent()) {
            errors.add(FieldError.of("/name", "taken", "a built-in role has this name"));
        }
        if (description.length() > DESCRIPTION
                || description.chars().anyMatch(Character::isISOControl)) {
            errors.add(FieldError.of("/description", "too-long", "at most 500 characters"));
        }
        if (actions.isEmpty()) {
            errors.add(FieldError.of("/permissions", "required", "name at least one"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
        var own = EnumSet.noneOf(Action.class);
        if (actions.contains(Action.MANAGE_TOKEN) && !actions.contains(Action.MANAGE_USER)) {
            own.add(Action.MANAGE_TOKEN);
        }
        return new Role(name, description, actions, own, false);
    }
}
