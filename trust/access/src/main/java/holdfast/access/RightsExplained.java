package holdfast.access;

import holdfast.access.Explanation.Reason;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The only [Explanations]: asks the same [Rights] that decide.
final class RightsExplained implements Explanations {
    private final RememberedRights rights;
    private final InstantSource clock;

    RightsExplained(RememberedRights rights, InstantSource clock) {
        this.rights = rights;
        this.clock = clock;
    }

    @Override
    public Explanation own(Principal asker, Action action, String resource) {
        return explain(asker.tenant(), asker.id(), action, resource).forTheDenied();
    }

    @Override
    public Explanation of(Permit permit, UUID principal, Action action, String resource) {
        permit.requireFor(Action.READ_ACCESS, RESOURCE);
        return explain(permit.tenant(), principal, action, resource);
    }

    @Override
    public List<Explanation> who(Permit permit, Action action, String resource) {
        permit.requireFor(Action.READ_ACCESS, RESOURCE);
        return rights.snapshot(permit.tenant()).principals().stream()
                .map(id -> explain(permit.tenant(), id, action, resource))
                .filter(Explanation::allowed)
                .toList();
    }

    private Explanation explain(TenantId tenant, UUID principal, Action action, String resource) {
        var now = clock.instant();
        var snapshot = rights.snapshot(tenant);
        var held = snapshot.rights(principal, now);
        var verdict = held.decide(action, resource, now);
        boolean inPlace = RolePolicy.isInPlace(tenant, action);
        var reason =
                switch (verdict) {
                    case Rights.Verdict.Denied _ -> Reason.DENIED;
                    case Rights.Verdict.Granted _ when inPlace -> Reason.GRANTED;
                    case Rights.Verdict.ByRole _ when inPlace -> Reason.ROLE;
                    case Rights.Verdict.Nothing _ when inPlace -> Reason.NOTHING;
                    default -> Reason.ELSEWHERE;
                };
        boolean allowed = inPlace && verdict.isAllowed();
        return new Explanation(
                principal,
                snapshot.kind(principal),
                action,
                resource,
                allowed,
                reason,
                verdict instanceof Rights.Verdict.ByRole(var role) && allowed
                        ? Optional.of(role)
                        : Optional.empty(),
                switch (verdict) {
                    case Rights.Verdict.Denied(var grant) -> Optional.of(grant);
                    case Rights.Verdict.Granted(var grant) when inPlace -> Optional.of(grant);
                    default -> Optional.empty();
                },
                allowed && RolePolicy.hasOwn(action) && !held.reachesAll(action, now),
                RolePolicy.asksForPassword(action));
    }
}
