package holdfast.ledger;

import holdfast.kernel.Page;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Every event, once, in order. Safe for many threads.
public interface Ledger {
    /// Appends one event in the caller's transaction: both commit, or neither. The event belongs to the actor's tenant.
    void append(Handle tx, Principal actor, Event event);

    /// Appends one event alone and returns when it is durable, for what changes nothing else (a read, a refusal).
    ///
    /// Beyond 60 a minute, or when the disk is nearly full, refusals of nobody are counted instead ([CountedRefusals]).
    ///
    /// @throws holdfast.kernel.Refusal STORAGE_FULL, UNAVAILABLE: then the request fails
    void record(Principal actor, Event event);

    /// {@return one window of the tenant's events that match, newest first}
    Page<Entry> search(TenantId tenant, Search search);

    /// As [#search], without counting what matches: for who walks over everything, window by window.
    default List<Entry> window(TenantId tenant, Search search) {
        return search(tenant, search).items();
    }

    /// {@return how many events match, by hour, action, actor's name and outcome; a group may come in several parts}
    ///
    /// @param search whose cursor and limit do not count; with `resource` or `text` every event is looked at
    List<Tally> tallies(TenantId tenant, Search search);

    Optional<Entry> entry(TenantId tenant, long sequence);

    /// {@return up to `limit` events of the tenant after its own sequence number `after`, oldest first}
    List<Entry> after(TenantId tenant, long after, int limit);

    /// {@return the tenant's newest sequence number, 0 when there is none}
    long newest(TenantId tenant);

    /// {@return from when on the tenant's events have their details; empty while none has lost them to its retention}
    Optional<Instant> wholeSince(TenantId tenant);

    /// Calls `listener` after new events are durable; a hint only, readers go by their own cursor.
    AutoCloseable onAppend(Runnable listener);
}
