package holdfast.tenancy;

import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The only [Quotas]: rows that are counted in the transactions that use them.
final class CountedQuotas implements Quotas {
    private static final UUID COUNTER = new UUID(0x686f6c6466617374L, 0x71756f746173L);

    private final QuotaStore store;
    private final TenantStore tenants;
    private final RememberedTenants remembered;
    private final Ledger ledger;

    CountedQuotas(
            QuotaStore store, TenantStore tenants, RememberedTenants remembered, Ledger ledger) {
        this.store = store;
        this.tenants = tenants;
        this.remembered = remembered;
        this.ledger = ledger;
    }

    @Override
    public void take(Handle tx, TenantId tenant, Quota quota, long amount) {
        requireCounted(amount);
        var now =
                store.take(tx, tenant, quota, amount)
                        .or(() -> {
                            ensure(tx, tenant, quota);
                            return store.take(tx, tenant, quota, amount);
                        })
                        .orElseThrow(() -> exceeded(tx, tenant, quota, amount));
        now.limit()
                .ifPresent(limit -> {
                    if (isHigh(now.used(), limit) && !isHigh(now.used() - amount, limit)) {
                        ledger.append(
                                tx,
                                counter(tenant),
                                new TenancyEvent.QuotaNearlyUsed(tenant, quota, now.used(), limit));
                    }
                });
    }

    @Override
    public void give(Handle tx, TenantId tenant, Quota quota, long amount) {
        requireCounted(amount);
        store.give(tx, tenant, quota, amount);
    }

    @Override
    public void settle(Handle tx, TenantId tenant, Quota quota, long used) {
        requireCounted(used);
        ensure(tx, tenant, quota);
        store.settle(tx, tenant, quota, used);
    }

    @Override
    public Set<TenantId> counted(Handle tx, Quota quota) {
        return store.counted(tx, quota);
    }

    @Override
    public List<Use> uses(Handle tx, TenantId tenant) {
        var stored = store.all(tx, tenant);
        var tier = tenants.tier(tx, tenant);
        return Arrays.stream(Quota.values())
                .map(quota ->
                        stored.stream()
                                .filter(use -> use.quota() == quota)
                                .findFirst()
                                .orElseGet(() -> new Use(quota, 0, tier.most(quota), false)))
                .toList();
    }

    @Override
    public OptionalLong callsPerHour(TenantId tenant) {
        return remembered.callsPerHour(tenant);
    }

    private void ensure(Handle tx, TenantId tenant, Quota quota) {
        store.addIfAbsent(tx, tenant, quota, tenants.tier(tx, tenant).most(quota));
    }

    private Refusal exceeded(Handle tx, TenantId tenant, Quota quota, long amount) {
        var use =
                uses(tx, tenant).stream()
                        .filter(one -> one.quota() == quota)
                        .findFirst()
                        .orElseThrow();
        long limit = use.limit().orElse(0);
        return Problem.QUOTA_EXCEEDED
                .because(
                        "the tenant uses %d of %d %s, and this needs %d more"
                                .formatted(use.used(), limit, quota.unit(), amount))
                .with("quota", quota)
                .with("limit", limit)
                .with("used", use.used());
    }

    /// {@return whether 80 % are used}
    private static boolean isHigh(long used, long limit) {
        return limit > 0 && used >= limit - limit / 5;
    }

    private static void requireCounted(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("an amount is 0 or more, is " + amount);
        }
    }

    private static Principal counter(TenantId tenant) {
        return new Principal(COUNTER, Principal.Kind.SERVICE, "quotas", tenant, Origin.INTERNAL);
    }
}
