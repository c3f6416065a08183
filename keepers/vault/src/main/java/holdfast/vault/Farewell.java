package holdfast.vault;

import holdfast.kernel.TenantId;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What another room takes back when a secret goes for good, so that nothing given on its name holds for a later one.
public interface Farewell {
    /// Runs in the transaction that destroys it.
    void in(Handle tx, TenantId tenant, UUID secret);

    /// Runs after that transaction.
    void after(TenantId tenant);
}
