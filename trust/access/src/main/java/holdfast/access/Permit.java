package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Proof that policy allowed one action on one resource, now. Only [Policy] can make one.
public final class Permit {
    private final Principal principal;
    private final Action action;
    private final String resource;
    private final long sequence;
    private final Optional<TenantId> home;

    Permit(Principal principal, Action action, String resource, long sequence) {
        this(principal, action, resource, sequence, Optional.empty());
    }

    Permit(
            Principal principal,
            Action action,
            String resource,
            long sequence,
            Optional<TenantId> home) {
        this.principal = principal;
        this.home = home;
        this.action = action;
        this.resource = resource;
        this.sequence = sequence;
    }

    /// Guards a room's method against a permit that was granted for something else.
    public Permit requireFor(Action wanted, String wantedResource) {
        if (action != wanted || !resource.equals(wantedResource)) {
            throw new IllegalStateException(
                    "permit for %s %s used for %s %s"
                            .formatted(action, resource, wanted, wantedResource));
        }
        return this;
    }

    /// As [#requireFor], where one of several actions will do.
    public Permit requireOn(String wantedResource, Action... oneOf) {
        return requireFor(Set.of(oneOf).contains(action) ? action : oneOf[0], wantedResource);
    }

    public Principal principal() {
        return principal;
    }

    public TenantId tenant() {
        return principal.tenant();
    }

    Action action() {
        return action;
    }

    String resource() {
        return resource;
    }

    /// {@return the change sequence of the tenant's roles that this was decided on}
    long sequence() {
        return sequence;
    }

    /// {@return the tenant that a visitor comes from, and holds the right by}
    public Optional<TenantId> home() {
        return home;
    }

    /// {@return whose rights decide}
    UUID holder() {
        return home.map(TenantId::value).orElseGet(principal::id);
    }

    @Override
    public String toString() {
        return action + " " + resource;
    }
}
