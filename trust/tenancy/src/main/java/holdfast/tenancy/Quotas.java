package holdfast.tenancy;

import holdfast.kernel.TenantId;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Keeps how much of what a tenant uses, and the most. Safe for many threads.
///
/// Taking is one conditional update in the transaction of the change: however many write at once, none passes the limit,
/// and a change that rolls back gives back what it took. A transaction of the tenant or of the platform will do.
public interface Quotas {
    /// Takes `amount` for a change in this transaction.
    ///
    /// The first time that the use reaches 80 % of the limit leaves an event.
    ///
    /// @param amount 0 or more
    /// @throws holdfast.kernel.Refusal QUOTA_EXCEEDED, naming quota, limit and use; NOT_FOUND without such a tenant
    void take(Handle tx, TenantId tenant, Quota quota, long amount);

    /// Gives back what was taken once; never below nothing.
    ///
    /// @param amount 0 or more
    void give(Handle tx, TenantId tenant, Quota quota, long amount);

    /// Sets the use to what was counted, for what was made before it was counted. Leaves no event and refuses nothing.
    void settle(Handle tx, TenantId tenant, Quota quota, long used);

    /// {@return the tenants in which the quota was ever counted; only for a transaction of the platform}
    Set<TenantId> counted(Handle tx, Quota quota);

    /// {@return every quota with its use, in the order of [Quota]}
    List<Use> uses(Handle tx, TenantId tenant);

    /// {@return the most calls an hour, from memory; empty for no limit}
    OptionalLong callsPerHour(TenantId tenant);

    /// What is used of one quota.
    ///
    /// @param limit      empty for no limit
    /// @param overridden whether the tenant has another limit than its tier
    record Use(Quota quota, long used, OptionalLong limit, boolean overridden) {}
}
