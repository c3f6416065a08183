package holdfast.access;

import holdfast.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Keeps who may do what on which paths, beside the roles. Safe for many threads.
///
/// A room that changes grants does so in its own transaction, appends its own event there, and calls
/// [Roles#refresh] after it. Who may do so is decided by the caller's permit.
public interface Grants {
    /// {@return every grant of the tenant, oldest first, also those that have ended}
    List<Grant> all(Handle tx, TenantId tenant);

    void add(Handle tx, TenantId tenant, Grant grant);

    /// Adds a loan, and lets go of those of the tenant that have ended.
    void lend(Handle tx, TenantId tenant, Grant grant);

    /// Takes a loan back; nothing happens when it has ended already.
    void takeBack(Handle tx, TenantId tenant, UUID grant);

    /// {@return what loans allow now: less than they name, or nothing, where their giver holds less}
    Map<UUID, Set<Action>> inForce(TenantId tenant, Collection<UUID> loans);

    /// @throws holdfast.kernel.Refusal NOT_FOUND
    void remove(Handle tx, TenantId tenant, UUID grant);
}
