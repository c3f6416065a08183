package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;

/// Proof that policy allowed one action on one resource, now. Only [Policy] can make one.
public final class Permit {
    private final Principal principal;
    private final Action action;
    private final String resource;
    private final long sequence;

    Permit(Principal principal, Action action, String resource, long sequence) {
        this.principal = principal;
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

    @Override
    public String toString() {
        return action + " " + resource;
    }
}
