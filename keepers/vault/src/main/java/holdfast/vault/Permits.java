package holdfast.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.secret.SecretName;
import java.util.Optional;
import java.util.UUID;

/// Makes a permit out of an id, whose path must be known before policy can speak (docs/decisions/0011).
///
/// Who may do the action nowhere is refused before any look. Who may neither do it here nor see the secret gets the answer
/// of an id that never was, at the same cost and with the same event.
public final class Permits {
    private static final long MAX_PATHS = 50_000;

    private final Ground ground;
    private final Ground.Stores stores;
    private final Policy policy;
    private final Cache<Id, String> paths = Caffeine.newBuilder().maximumSize(MAX_PATHS).build();

    Permits(Ground ground, Ground.Stores stores) {
        this.ground = ground;
        this.stores = stores;
        this.policy = ground.policy();
    }

    private record Id(TenantId tenant, UUID secret) {}

    /// @throws holdfast.kernel.Refusal NOT_PERMITTED, NOT_FOUND, STEP_UP_REQUIRED
    public Permit on(Principal caller, Action action, UUID id) {
        var scope = policy.scope(caller, action);
        var path = path(caller.tenant(), id);
        if (path.filter(scope::covers).isEmpty()
                && path.filter(one -> sees(caller, one)).isEmpty()) {
            ground.ledger().record(caller, new VaultEvent.Missed(id, action.name()));
            throw Ground.missing();
        }
        return policy.permit(caller, action, path.orElseThrow());
    }

    /// {@return a permit when there is one to be had, asked without being refused}
    Optional<Permit> maybe(Principal caller, Action action, UUID id) {
        return policy.allowed(caller).contains(action)
                ? path(caller.tenant(), id)
                        .filter(policy.scope(caller, action)::covers)
                        .map(path -> policy.permit(caller, action, path))
                : Optional.empty();
    }

    Permit on(Principal caller, Action action, SecretName name) {
        return policy.permit(caller, action, name.resource());
    }

    private boolean sees(Principal caller, String path) {
        return policy.allowed(caller).contains(Action.READ_SECRET)
                && policy.scope(caller, Action.READ_SECRET).covers(path);
    }

    /// A name never changes, and the transaction that follows finds out whether the secret is still there.
    private Optional<String> path(TenantId tenant, UUID id) {
        var key = new Id(tenant, id);
        var known = Optional.ofNullable(paths.getIfPresent(key));
        if (known.isPresent()) {
            return known;
        }
        var found = ground.database().read(tenant, tx -> stores.secrets().path(tx, tenant, id));
        found.ifPresent(path -> paths.put(key, path));
        return found;
    }
}
