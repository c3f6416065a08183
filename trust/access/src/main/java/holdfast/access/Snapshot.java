package holdfast.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableMap;

import holdfast.kernel.Principal;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// The roles and grants of a tenant at one point of its history. Safe for many threads.
final class Snapshot {
    private final long sequence;
    private final Map<String, Role> roles;
    private final Map<UUID, List<Assignment>> assignments;
    private final List<Grant> grants;
    private final Map<UUID, Principal.Kind> kinds;
    private final Lending lending;
    private volatile View view;

    /// What holds from one instant to another.
    private record View(
            Instant from, Instant until, List<Grant> grants, ConcurrentMap<UUID, Rights> known) {}

    Snapshot(long sequence, List<Role> roles, List<Assignment> assignments, List<Grant> grants) {
        this.sequence = sequence;
        this.roles = roles.stream().collect(toUnmodifiableMap(Role::name, Function.identity()));
        this.assignments = assignments.stream().collect(groupingBy(Assignment::principal));
        this.grants = List.copyOf(grants);
        this.kinds = kinds(assignments, grants);
        this.lending = new Lending(this.grants, this::held);
        this.view =
                lending.isEmpty()
                        ? new View(Instant.MIN, Instant.MAX, grants, new ConcurrentHashMap<>())
                        : new View(Instant.MAX, Instant.MIN, List.of(), new ConcurrentHashMap<>());
    }

    /// {@return how often the tenant's rights had changed}
    long sequence() {
        return sequence;
    }

    /// {@return what one principal may do; worked out once, and again when something that is lent may have ended}
    Rights rights(UUID principal, Instant now) {
        var current = at(now);
        return current.known()
                .computeIfAbsent(principal, id -> Rights.of(id, held(id), current.grants()));
    }

    /// {@return what loans allow}
    Map<UUID, Set<Action>> lent(Collection<UUID> loans, Instant now) {
        return at(now).grants().stream()
                .filter(grant -> grant.lent() && loans.contains(grant.id()))
                .collect(toUnmodifiableMap(Grant::id, Grant::actions));
    }

    private View at(Instant now) {
        var held = view;
        if (!now.isBefore(held.from()) && now.isBefore(held.until())) {
            return held;
        }
        var fresh = new View(now, nextEnd(now), lending.settled(now), new ConcurrentHashMap<>());
        view = fresh;
        return fresh;
    }

    private Instant nextEnd(Instant now) {
        return Stream.concat(
                        grants.stream().flatMap(grant -> grant.expires().stream()),
                        assignments.values().stream()
                                .flatMap(List::stream)
                                .flatMap(one -> one.expires().stream()))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /// {@return what the principal may do when all that ends is over; denials that end count as well}
    Rights lasting(UUID principal) {
        var kept =
                grants.stream()
                        .filter(grant ->
                                grant.effect() == Grant.Effect.DENY
                                        || (grant.expires().isEmpty() && !grant.lent()))
                        .toList();
        var roles = held(principal).stream().filter(one -> one.until().isEmpty()).toList();
        return Rights.of(principal, roles, kept);
    }

    /// {@return what sort of thing a principal is; empty where no role and no grant names it}
    Optional<Principal.Kind> kind(UUID principal) {
        return Optional.ofNullable(kinds.get(principal));
    }

    List<Assignment> assignments(UUID principal) {
        return assignments.getOrDefault(principal, List.of());
    }

    /// {@return everybody whom a role or a grant names}
    Set<UUID> principals() {
        return kinds.keySet();
    }

    private static Map<UUID, Principal.Kind> kinds(
            List<Assignment> assignments, List<Grant> grants) {
        var kinds = new LinkedHashMap<UUID, Principal.Kind>();
        assignments.forEach(one -> kinds.put(one.principal(), one.kind()));
        grants.forEach(grant -> {
            if (grant.subject() instanceof Grant.Subject.One(var id, var kind)) {
                kinds.putIfAbsent(id, kind);
            }
        });
        return Collections.unmodifiableMap(kinds);
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
