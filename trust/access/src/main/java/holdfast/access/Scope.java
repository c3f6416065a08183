package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;

/// Proof that policy allowed one action on a set, and the shape of that set: compiled into the SQL of lists,
/// searches, counts and exports. Only [Policy] can make one.
public final class Scope {
    private final Principal principal;
    private final Action action;
    private final boolean everything;

    Scope(Principal principal, Action action, boolean everything) {
        this.principal = principal;
        this.action = action;
        this.everything = everything;
    }

    public Scope requireFor(Action wanted) {
        if (action != wanted) {
            throw new IllegalStateException("scope for %s used for %s".formatted(action, wanted));
        }
        return this;
    }

    /// {@return true when the whole tenant is in the set; false narrows to the caller's own}
    public boolean everything() {
        return everything;
    }

    public Principal principal() {
        return principal;
    }

    public TenantId tenant() {
        return principal.tenant();
    }
}
