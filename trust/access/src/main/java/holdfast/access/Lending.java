package holdfast.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What loans come to at one instant: of what each names, that which its giver may do and share there. After it they are
/// grants like any other, so there is one evaluator.
///
/// A giver may hold by a loan what it lends. The answer is the least set that explains itself, so two who lend to each
/// other hold nothing when nobody else lends to them.
final class Lending {
    private final List<Grant> own;
    private final List<Grant>
            loans; // oldest first: a giver's own loans come before what is lent out of them
    private final Function<UUID, List<Rights.Held>> roles;
    private final Map<UUID, List<Grant>> ofOne = new HashMap<>();
    private final List<Grant> ofRoles = new ArrayList<>();

    Lending(List<Grant> grants, Function<UUID, List<Rights.Held>> roles) {
        this.own = grants.stream().filter(grant -> !grant.lent()).toList();
        this.loans = grants.stream().filter(Grant::lent).toList();
        this.roles = roles;
        for (var grant : loans.isEmpty() ? List.<Grant>of() : grants) {
            switch (grant.subject()) {
                case Grant.Subject.One(var id, _) ->
                        ofOne.computeIfAbsent(id, _ -> new ArrayList<>()).add(grant);
                case Grant.Subject.Holders _ -> ofRoles.add(grant);
            }
        }
    }

    boolean isEmpty() {
        return loans.isEmpty();
    }

    /// {@return every grant that stands by itself, and of the loans what they come to}
    List<Grant> settled(Instant now) {
        var come = new LinkedHashMap<UUID, Grant>();
        var givers = new HashMap<UUID, Rights>(); // those who hold nothing that is lent
        boolean more = true;
        while (more) { // each round lends further what the one before lent
            more = false;
            for (var loan : loans) {
                var actions = allowed(loan, come, givers, now);
                var before = come.get(loan.id());
                if (!actions.isEmpty() && (before == null || !before.actions().equals(actions))) {
                    come.put(loan.id(), loan.of(actions));
                    more = true;
                }
            }
        }
        var all = new ArrayList<>(own);
        all.addAll(come.values());
        return all;
    }

    private Set<Action> allowed(
            Grant loan, Map<UUID, Grant> come, Map<UUID, Rights> givers, Instant now) {
        var giver = giver(loan.grantedBy(), come, givers);
        var path = loan.pattern().prefix();
        return giver.allows(Action.SHARE_SECRET, path, now)
                ? loan.actions().stream()
                        .filter(action -> giver.allows(action, path, now))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private Rights giver(UUID id, Map<UUID, Grant> come, Map<UUID, Rights> givers) {
        var known = givers.get(id);
        if (known != null) {
            return known;
        }
        var held = new ArrayList<Grant>();
        boolean lent = false;
        for (var grants : List.of(ofOne.getOrDefault(id, List.of()), ofRoles)) {
            for (var grant : grants) {
                lent |= grant.lent();
                var counted = grant.lent() ? come.get(grant.id()) : grant;
                if (counted != null) {
                    held.add(counted);
                }
            }
        }
        var rights = Rights.of(id, roles.apply(id), held);
        if (!lent) {
            givers.put(id, rights);
        }
        return rights;
    }
}
