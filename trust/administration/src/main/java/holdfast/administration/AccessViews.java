package holdfast.administration;

import holdfast.access.Action;
import holdfast.access.Assignment;
import holdfast.access.CustomRole;
import holdfast.access.Explanation;
import holdfast.access.Grant;
import holdfast.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What the routes of rights answer, member by member as `openapi.yaml` says.
final class AccessViews {
    private AccessViews() {}

    /// @param names of users by id
    static GrantView grant(Grant grant, Map<UUID, String> names) {
        return new GrantView(
                grant.id(),
                subject(grant.subject(), names),
                grant.effect(),
                names(grant.actions()),
                grant.pattern().text(),
                grant.granted(),
                grant.grantedBy(),
                Optional.ofNullable(names.get(grant.grantedBy())),
                grant.expires(),
                grant.metadata().entries(),
                grant.lent());
    }

    static AssignmentView assignment(Assignment one, Map<UUID, String> names) {
        return new AssignmentView(
                one.principal(),
                one.kind().name(),
                Optional.ofNullable(names.get(one.principal())),
                one.role(),
                one.granted(),
                one.grantedBy(),
                Optional.ofNullable(names.get(one.grantedBy())),
                one.expires(),
                one.metadata().entries());
    }

    static RoleView role(Role role, long holders) {
        return new RoleView(
                role.name(),
                role.description(),
                names(role.actions()),
                names(role.own()),
                true,
                holders,
                Optional.empty(),
                Map.of(),
                1);
    }

    static RoleView role(CustomRole custom, long holders) {
        return new RoleView(
                custom.role().name(),
                custom.role().description(),
                names(custom.role().actions()),
                names(custom.role().own()),
                false,
                holders,
                Optional.of(custom.created()),
                custom.metadata().entries(),
                custom.version());
    }

    static ExplanationView explanation(Explanation one, Map<UUID, String> names) {
        return new ExplanationView(
                one.principal(),
                one.kind().map(Enum::name),
                Optional.ofNullable(names.get(one.principal())),
                one.action().name(),
                one.resource(),
                one.allowed(),
                one.reason().name(),
                one.sentence(),
                one.role().map(Role::name),
                one.grant().map(grant -> grant(grant, names)),
                one.ownOnly(),
                one.asksForPassword());
    }

    private static SubjectView subject(Grant.Subject subject, Map<UUID, String> names) {
        return switch (subject) {
            case Grant.Subject.One(var id, var kind) ->
                    new SubjectView(
                            kind.name(),
                            Optional.of(id),
                            Optional.ofNullable(names.get(id)),
                            Optional.empty());
            case Grant.Subject.Holders(var role) ->
                    new SubjectView("ROLE", Optional.empty(), Optional.empty(), Optional.of(role));
        };
    }

    private static List<String> names(Set<Action> actions) {
        return actions.stream().sorted().map(Action::name).toList();
    }

    /// @param kind USER, MACHINE, SERVICE, LINK, TENANT or ROLE
    record SubjectView(
            String kind, Optional<UUID> id, Optional<String> name, Optional<String> role) {}

    record GrantView(
            UUID id,
            SubjectView subject,
            Grant.Effect effect,
            List<String> permissions,
            String pattern,
            Instant granted,
            UUID grantedBy,
            Optional<String> grantedByName,
            Optional<Instant> expires,
            Map<String, String> metadata,
            boolean lent) {}

    record AssignmentView(
            UUID principal,
            String kind,
            Optional<String> name,
            String role,
            Instant granted,
            UUID grantedBy,
            Optional<String> grantedByName,
            Optional<Instant> expires,
            Map<String, String> metadata) {}

    record RoleView(
            String name,
            String description,
            List<String> permissions,
            List<String> ownOnly,
            boolean builtIn,
            long holders,
            Optional<Instant> created,
            Map<String, String> metadata,
            long version) {}

    record ExplanationView(
            UUID principal,
            Optional<String> kind,
            Optional<String> name,
            String action,
            String resource,
            boolean allowed,
            String reason,
            String sentence,
            Optional<String> role,
            Optional<GrantView> grant,
            boolean ownOnly,
            boolean asksForPassword) {}
}
