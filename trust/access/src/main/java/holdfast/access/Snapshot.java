package holdfast.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/// The roles and grants of a tenant at one point of its history. Safe for many threads.
final class Snapshot {
    private final long sequence;
    private final Map<String, Role> roles;
    private final Map<UUID, List<Assignment>> assignments;
    private final List<Grant> grants;
    private final ConcurrentMap<UUID, Rights> known = new ConcurrentHashMap<>();

    Snapshot(long sequence, List<Role> roles, List<Assignment> assignments, List<Grant> grants) {
        this.sequence = sequence;
        this.roles = roles.stream().collect(toUnmodifiableMap(Role::name, Function.identity()));
        this.assignments = assignments.stream().collect(groupingBy(Assignment::principal));
        this.grants = List.copyOf(grants);
    }

    /// {@return how often the tenant's rights had changed}
    long sequence() {
        return sequence;
    }

    /// {@return what one principal may do; works it out once}
    Rights rights(UUID principal) {
        return known.computeIfAbsent(principal, id -> Rights.of(id, held(id), grants));
    }

    /// {@return what the principal may do when all that ends is over; denials that end count as well}
    Rights lasting(UUID principal) {
        var kept =
                grants.stream()
                        .filter(grant ->
                                grant.effect() == Grant.Effect.DENY || grant.expires().isEmpty())
                        .toList();
        var roles = held(principal).stream().filter(one -> one.until().isEmpty()).toList();
        return Rights.of(principal, roles, kept);
    }

    List<Assignment> assignments(UUID principal) {
        return assignments.getOrDefault(principal, List.of());
    }

    /// {@return everybody whom a role or a grant names}
    Set<UUID> principals() {
        var all = new LinkedHashSet<>(assignments.keySet());
        grants.forEach(grant -> {
            if (grant.subject() instanceof Grant.Subject.One(var id, _)) {
                all.add(id);
            }
        });
        return all;
    }

    private List<Rights.Held> held(UUID principal) {
        return assignments(principal).stream()
                .filter(one -> roles.containsKey(one.role()))
                .map(one -> new Rights.Held(role(one.role()), one.expires()))
                .toList();
    }

    private Role role(String name) {
        return java.util.Objects.requireNonNull(roles.get(name));
    }
}
