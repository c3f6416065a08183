package holdfast.access;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.util.Map;

/// Proof that policy allowed one action on a set, and the shape of that set: compiled into the SQL of lists,
/// searches, counts and exports. Only [Policy] can make one.
public final class Scope {
    private final Principal principal;
    private final Action action;
    private final PathSet paths;
    private final boolean everybody;

    Scope(Principal principal, Action action, PathSet paths, boolean everybody) {
        this.principal = principal;
        this.action = action;
        this.paths = paths;
        this.everybody = everybody;
    }

    public Scope requireFor(Action wanted) {
        if (action != wanted) {
            throw new IllegalStateException("scope for %s used for %s".formatted(action, wanted));
        }
        return this;
    }

    /// {@return true when the whole tenant is in the set; false narrows to the caller's own}
    public boolean everything() {
        return everybody && paths.isEverything();
    }

    /// {@return the set as a condition on a column that holds resources as policy names them, in byte order}
    ///
    /// @param column a constant of the caller's own text, for example `s.path`
    public Condition on(String column) {
        return paths.on(column);
    }

    /// {@return whether one resource is in the set}
    public boolean covers(String resource) {
        return paths.contains(resource);
    }

    /// Text for a `WHERE`, and what it names.
    ///
    /// @param sql      in parentheses; holds parameter names only, never a path
    /// @param bindings parameter → value
    public record Condition(String sql, Map<String, Object> bindings) {
        public Condition {
            bindings = Map.copyOf(bindings);
        }
    }

    public Principal principal() {
        return principal;
    }

    public TenantId tenant() {
        return principal.tenant();
    }
}
