package holdfast.vault;

import holdfast.kernel.TenantId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/// Everybody who is told when a secret goes.
final class Farewells implements Farewell {
    private final List<Farewell> all = new CopyOnWriteArrayList<>();

    void add(Farewell one) {
        all.add(one);
    }

    @Override
    public void in(Handle tx, TenantId tenant, UUID secret) {
        all.forEach(one -> one.in(tx, tenant, secret));
    }

    @Override
    public void after(TenantId tenant) {
        all.forEach(one -> one.after(tenant));
    }
}
