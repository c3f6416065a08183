package holdfast.tenancy;

import holdfast.cluster.Job;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Puts the room together.
public record TenancyRoom(Tenants tenants, Quotas quotas, Usage usage) {
    /// The tables of this room, to be migrated before [#assemble].
    public static final Schema SCHEMA = new Schema("tenancy", TenancyRoom.class);

    /// {@return what is to be done by and by}
    public List<Job> jobs() {
        return List.of(new Job("tenant-usage", Duration.ofMinutes(1), usage::flush));
    }

    /// Sees to it that the tenant `default` exists, without limits.
    public static TenancyRoom assemble(Database database, Ledger ledger, InstantSource clock) {
        var store = new TenantStore();
        var quotas = new QuotaStore();
        var tenants = new RememberedTenants(database, store, quotas);
        tenants.refresh();
        if (tenants.all().isEmpty()) {
            var now = clock.instant();
            var first =
                    new Tenant(
                            TenantId.DEFAULT,
                            "default",
                            Tier.ENTERPRISE,
                            Tenant.Status.ACTIVE,
                            now,
                            now,
                            Rules.USUAL,
                            Metadata.NONE,
                            1);
            database.write(TenantId.DEFAULT, tx -> store.add(tx, first));
            tenants.refresh();
        }
        return new TenancyRoom(
                tenants,
                new CountedQuotas(quotas, store, tenants, ledger),
                new NotedUsage(database, new UsageStore(), clock));
    }
}
