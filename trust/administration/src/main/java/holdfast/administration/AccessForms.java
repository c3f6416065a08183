package holdfast.administration;

import holdfast.access.Action;
import holdfast.access.Assignment;
import holdfast.access.CustomRole;
import holdfast.access.Grant;
import holdfast.access.PathPattern;
import holdfast.access.Permit;
import holdfast.kernel.FieldError;
import holdfast.kernel.Principal;
import holdfast.kernel.Refusal;
import holdfast.tenancy.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What people send to give rights.
final class AccessForms {
    private AccessForms() {}

    /// @param kind USER or MACHINE with `id`, ROLE with `role`
    record SubjectForm(String kind, Optional<UUID> id, Optional<String> role) {
        Grant.Subject subject() {
            return switch (kind) {
                case "USER", "MACHINE" ->
                        new Grant.Subject.One(
                                id.orElseThrow(() -> bad("/subject/id", "required", "is missing")),
                                Principal.Kind.valueOf(kind));
                case "ROLE" ->
                        new Grant.Subject.Holders(
                                role.orElseThrow(
                                        () -> bad("/subject/role", "required", "is missing")));
                default -> throw bad("/subject/kind", "not-one-of", "USER, MACHINE or ROLE");
            };
        }
    }

    record GrantForm(
            SubjectForm subject,
            Grant.Effect effect,
            List<Action> permissions,
            String pattern,
            Optional<Instant> expires,
            Optional<Map<String, String>> metadata) {
        Grant grant(UUID id, Permit permit, Instant now) {
            return new Grant(
                    id,
                    subject.subject(),
                    effect,
                    actions(permissions),
                    new PathPattern(pattern),
                    now,
                    permit.principal().id(),
                    permit.principal().kind(),
                    later(expires, now),
                    noted(metadata));
        }
    }

    record AssignmentForm(
            UUID principal,
            Optional<String> kind,
            String role,
            Optional<Instant> expires,
            Optional<Map<String, String>> metadata) {
        Assignment assignment(Permit permit, Instant now) {
            return new Assignment(
                    principal,
                    switch (kind.orElse("USER")) {
                        case "USER" -> Principal.Kind.USER;
                        case "MACHINE" -> Principal.Kind.MACHINE;
                        default -> throw bad("/kind", "not-one-of", "USER or MACHINE");
                    },
                    role,
                    now,
                    permit.principal().id(),
                    permit.principal().kind(),
                    later(expires, now),
                    noted(metadata));
        }
    }

    record RoleForm(
            String name,
            Optional<String> description,
            List<Action> permissions,
            Optional<Map<String, String>> metadata) {
        CustomRole role(Instant now) {
            return new CustomRole(
                    CustomRole.of(name, description.orElse(""), actions(permissions)),
                    now,
                    noted(metadata),
                    1);
        }
    }

    record RoleChange(
            Optional<String> description,
            List<Action> permissions,
            Optional<Map<String, String>> metadata) {
        CustomRole role(String name, long seen) {
            return new CustomRole(
                    CustomRole.of(name, description.orElse(""), actions(permissions)),
                    Instant.EPOCH, // a change leaves it as it is stored
                    noted(metadata),
                    seen + 1);
        }
    }

    static Metadata noted(Optional<Map<String, String>> metadata) {
        return metadata.map(Metadata::new).orElse(Metadata.NONE);
    }

    static Optional<Instant> later(Optional<Instant> expires, Instant now) {
        if (expires.filter(end -> !end.isAfter(now)).isPresent()) {
            throw bad("/expires", "out-of-range", "a time to come");
        }
        return expires.map(end -> end.truncatedTo(java.time.temporal.ChronoUnit.MICROS));
    }

    private static Set<Action> actions(List<Action> permissions) {
        if (permissions.isEmpty() || permissions.stream().anyMatch(Objects::isNull)) {
            throw bad("/permissions", "required", "name at least one");
        }
        return Set.copyOf(permissions);
    }

    static Refusal bad(String pointer, String code, String right) {
        return Refusal.of(List.of(FieldError.of(pointer, code, right)));
    }
}
