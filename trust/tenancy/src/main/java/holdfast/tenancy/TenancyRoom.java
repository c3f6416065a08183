package holdfast.tenancy;

import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import java.time.InstantSource;

/// Puts the room together.
public record TenancyRoom(Tenants tenants) {
    /// The tables of this room, to be migrated before [#assemble].
    public static final Schema SCHEMA = new Schema("tenancy", TenancyRoom.class);

    /// Sees to it that the tenant `default` exists.
    public static TenancyRoom assemble(Database database, InstantSource clock) {
        var store = new TenantStore();
        var tenants = new RememberedTenants(database, store);
        tenants.refresh();
        if (tenants.all().isEmpty()) {
            var first =
                    new Tenant(TenantId.DEFAULT, "default", Tenant.Status.ACTIVE, clock.instant());
            database.write(
                    TenantId.DEFAULT,
                    tx -> {
                        store.addIfAbsent(tx, first);
                        return first;
                    });
            tenants.refresh();
        }
        return new TenancyRoom(tenants);
    }
}
