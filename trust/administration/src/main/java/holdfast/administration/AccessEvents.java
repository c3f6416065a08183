package holdfast.administration;

import holdfast.access.Action;
import holdfast.access.Assignment;
import holdfast.access.CustomRole;
import holdfast.access.Grant;
import holdfast.ledger.Event;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// What the ledger is told when somebody gives or takes a right.
sealed interface AccessEvents extends Event {
    record GrantMade(Grant grant) implements AccessEvents {}

    record GrantTaken(Grant grant) implements AccessEvents {}

    record RoleAssigned(Assignment assignment) implements AccessEvents {}

    record RoleTaken(UUID principal, String role) implements AccessEvents {}

    record RoleMade(CustomRole custom) implements AccessEvents {}

    record RoleChanged(CustomRole custom) implements AccessEvents {}

    record RoleDeleted(String name) implements AccessEvents {}

    @Override
    default String action() {
        return switch (this) {
            case GrantMade _ -> "grant.create";
            case GrantTaken _ -> "grant.delete";
            case RoleAssigned _ -> "assignment.create";
            case RoleTaken _ -> "assignment.delete";
            case RoleMade _ -> "role.create";
            case RoleChanged _ -> "role.update";
            case RoleDeleted _ -> "role.delete";
        };
    }

    @Override
    default String resource() {
        return switch (this) {
            case GrantMade(var grant) -> "grant/" + grant.id();
            case GrantTaken(var grant) -> "grant/" + grant.id();
            case RoleAssigned(var one) -> "user/" + one.principal();
            case RoleTaken(var principal, _) -> "user/" + principal;
            case RoleMade(var custom) -> "role/" + custom.role().name();
            case RoleChanged(var custom) -> "role/" + custom.role().name();
            case RoleDeleted(var name) -> "role/" + name;
        };
    }

    @Override
    default Map<String, Object> body() {
        return switch (this) {
            case GrantMade(var grant) -> body(grant);
            case GrantTaken(var grant) -> body(grant);
            case RoleAssigned(var one) -> {
                var body = new TreeMap<String, Object>(Map.of("role", one.role()));
                one.expires().ifPresent(end -> body.put("expires", end.toString()));
                yield body;
            }
            case RoleTaken(_, var role) -> Map.of("role", role);
            case RoleMade(var custom) -> body(custom);
            case RoleChanged(var custom) -> body(custom);
            case RoleDeleted _ -> Map.of();
        };
    }

    private static Map<String, Object> body(Grant grant) {
        var body =
                new TreeMap<String, Object>(
                        Map.of(
                                "effect", grant.effect().name(),
                                "permissions", names(grant.actions()),
                                "pattern", grant.pattern().text(),
                                "subject",
                                        switch (grant.subject()) {
                                            case Grant.Subject.One(var id, _) -> "user/" + id;
                                            case Grant.Subject.Holders(var role) -> "role/" + role;
                                        }));
        grant.expires().ifPresent(end -> body.put("expires", end.toString()));
        return body;
    }

    private static Map<String, Object> body(CustomRole custom) {
        return Map.of("permissions", names(custom.role().actions()), "version", custom.version());
    }

    private static List<String> names(Set<Action> actions) {
        return actions.stream().map(Action::name).sorted().toList();
    }
}
