package holdfast.vault;

import holdfast.access.AccessRoom;
import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.PathPattern;
import holdfast.kernel.Ids;
import holdfast.kernel.Principal;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// Raises the alarm of canaries, in the transaction that records the reading. Safe for many threads.
///
/// Which secrets are canaries is known from memory, so that a read asks nothing more; on a shared database another node
/// learns of a new one within [#STALE].
final class Alarms {
    static final Duration STALE = Duration.ofSeconds(10);

    private static final UUID SERVICE = new UUID(0x7000L, 0x8000000000000104L);
    private static final PathPattern EVERYTHING = new PathPattern("**");

    private final Database database;
    private final Ledger ledger;
    private final AccessRoom access;
    private final InstantSource clock;
    private final Ids ids;
    private final CanaryStore store = new CanaryStore();
    private final Set<TenantId> locked = ConcurrentHashMap.newKeySet();
    private volatile Known known = new Known(Instant.MIN, Map.of());

    Alarms(Database database, Ledger ledger, AccessRoom access, InstantSource clock, Ids ids) {
        this.database = database;
        this.ledger = ledger;
        this.access = access;
        this.clock = clock;
        this.ids = ids;
    }

    private record Known(Instant at, Map<TenantId, Map<UUID, Boolean>> canaries) {}

    CanaryStore store() {
        return store;
    }

    /// Reads them again; called after each change, and before reads as often as another node may have changed them.
    void refresh() {
        known = new Known(clock.instant(), database.readPlatform(tx -> store.everywhere(tx)));
    }

    /// Outside of transactions, before values are looked for.
    void prepare() {
        var held = known;
        boolean first = held.at().equals(Instant.MIN);
        if (first
                || (database.engine() == Database.Engine.POSTGRESQL
                        && !clock.instant().isBefore(held.at().plus(STALE)))) {
            refresh();
        }
    }

    /// @param home the tenant that a visitor comes from
    void opened(Handle tx, Principal reader, Optional<TenantId> home, VaultEvent.Subject subject) {
        var canaries = known.canaries();
        if (canaries.isEmpty()) {
            return;
        }
        var locks = canaries.getOrDefault(reader.tenant(), Map.of()).get(subject.secret());
        if (locks != null) {
            boolean done = locks && home.isEmpty() && lock(tx, reader);
            ledger.append(
                    tx,
                    service(reader),
                    new VaultEvent.Alarmed(
                            subject, reader.id(), reader.kind().name(), reader.name(), done));
        }
    }

    /// After the transaction: a lock holds at once on this node.
    void after(TenantId tenant) {
        if (!locked.isEmpty() && locked.remove(tenant)) {
            access.roles().refresh(tenant);
        }
    }

    /// Denies everything; not to the last who could mend it.
    private boolean lock(Handle tx, Principal reader) {
        if (reader.kind() != Principal.Kind.USER && reader.kind() != Principal.Kind.MACHINE) {
            return false;
        }
        var tenant = reader.tenant();
        var denial =
                new Grant(
                        ids.next(),
                        new Grant.Subject.One(reader.id(), reader.kind()),
                        Grant.Effect.DENY,
                        EnumSet.allOf(Action.class),
                        EVERYTHING,
                        clock.instant(),
                        SERVICE,
                        Principal.Kind.SERVICE,
                        Optional.empty(),
                        holdfast.tenancy.Metadata.NONE);
        access.grants().add(tx, tenant, denial);
        locked.add(tenant);
        try {
            access.roles().requireKeeper(tx, tenant, _ -> true);
            return true;
        } catch (Refusal _) {
            access.grants().remove(tx, tenant, denial.id());
            return false;
        }
    }

    private static Principal service(Principal reader) {
        return new Principal(
                SERVICE, Principal.Kind.SERVICE, "canary", reader.tenant(), reader.origin());
    }
}
