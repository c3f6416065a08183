package holdfast.vault;

import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.secret.Terms;
import holdfast.tenancy.Quota;
import holdfast.tenancy.Quotas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What is written together, inside the caller's transaction.
final class Writing {
    /// How long a deleted secret can be undeleted.
    static final Duration UNDELETE = Duration.ofDays(30);

    private final Ground.Stores stores;
    private final Quotas quotas;
    private final List<Farewell> farewells;
    private final CanaryStore canaries;

    Writing(Ground ground, Ground.Stores stores) {
        this.stores = stores;
        this.quotas = ground.quotas();
        this.farewells = ground.farewells();
        this.canaries = ground.alarms().store();
    }

    /// A secret, the version that makes it what it is, and the version it was made from (0 for none).
    ///
    /// @param words by which it is to be found; empty when those before still hold
    record Prepared(Row row, Row.Version version, int expected, Optional<Terms.Found> words) {}

    /// @return false when the name is taken
    boolean add(Handle tx, TenantId tenant, Prepared made) {
        return addAll(tx, tenant, List.of(made)).getFirst();
    }

    /// @return for each whether it was added; false when its name is taken
    List<Boolean> addAll(Handle tx, TenantId tenant, List<Prepared> all) {
        var outcomes = stores.secrets().add(tx, tenant, all.stream().map(Prepared::row).toList());
        var added = new ArrayList<Prepared>();
        for (int i = 0; i < all.size(); i++) {
            if (outcomes.get(i)) {
                added.add(all.get(i));
            }
        }
        charge(tx, tenant, added.size(), bytes(added));
        stores.versions().add(tx, tenant, added.stream().map(Prepared::version).toList());
        words(tx, tenant, added);
        return outcomes;
    }

    /// Puts the next version on top and lets go of what its secret keeps no longer.
    ///
    /// @return false when the secret is not at the expected version any more
    boolean advance(Handle tx, TenantId tenant, Prepared made) {
        return advanceAll(tx, tenant, List.of(made)).getFirst();
    }

    /// @return for each whether it was first
    List<Boolean> advanceAll(Handle tx, TenantId tenant, List<Prepared> all) {
        var outcomes = new ArrayList<Boolean>();
        var advanced = new ArrayList<Prepared>();
        for (var made : all) {
            boolean first = stores.secrets().advance(tx, tenant, made.row(), made.expected());
            outcomes.add(first);
            if (first) {
                advanced.add(made);
            }
        }
        charge(tx, tenant, 0, bytes(advanced));
        stores.versions().add(tx, tenant, advanced.stream().map(Prepared::version).toList());
        for (var made : advanced) {
            var row = made.row();
            prune(tx, tenant, row.id(), row.version() - row.upkeep().keepVersions());
        }
        for (var made : advanced) {
            if (made.words().isPresent()) {
                stores.grid().unindex(tx, tenant, made.row().id());
            }
        }
        words(tx, tenant, advanced);
        return outcomes;
    }

    private void words(Handle tx, TenantId tenant, List<Prepared> all) {
        var words = new LinkedHashMap<UUID, Terms.Found>();
        for (var made : all) {
            made.words().ifPresent(found -> words.put(made.row().id(), found));
        }
        stores.grid().index(tx, tenant, words);
    }

    private static long bytes(List<Prepared> all) {
        return all.stream().mapToLong(made -> made.version().shape().size()).sum();
    }

    boolean delete(Handle tx, TenantId tenant, UUID id, int expected, Instant now) {
        return stores.secrets().delete(tx, tenant, id, expected, now, now.plus(UNDELETE));
    }

    /// @return false when it is not deleted
    boolean destroy(Handle tx, TenantId tenant, UUID id) {
        if (!stores.secrets().destroy(tx, tenant, id)) {
            return false;
        }
        prune(tx, tenant, id, Integer.MAX_VALUE);
        quotas.give(tx, tenant, Quota.CREDENTIALS, 1);
        stores.grid().unindex(tx, tenant, id);
        canaries.remove(tx, tenant, id);
        farewells.forEach(one -> one.in(tx, tenant, id));
        return true;
    }

    /// {@return why a change that names `expected` came to nothing}
    Refusal whyNot(Handle tx, TenantId tenant, UUID id) {
        return stores.secrets()
                .find(tx, tenant, id)
                .map(row -> row.isDeleted() ? Ground.deleted() : Ground.stale(row.version()))
                .orElseGet(Ground::missing);
    }

    /// Lets go of the versions up to and with `last`.
    ///
    /// @return whether there were any
    boolean prune(Handle tx, TenantId tenant, UUID id, int last) {
        long bytes = last < 1 ? 0 : stores.versions().bytesUpTo(tx, tenant, id, last);
        int removed = stores.versions().removeUpTo(tx, tenant, id, last);
        if (bytes > 0) {
            quotas.give(tx, tenant, Quota.STORAGE_BYTES, bytes);
        }
        return removed > 0;
    }

    /// The one place where a change counts against what its tenant may keep.
    ///
    /// @throws Refusal QUOTA_EXCEEDED
    private void charge(Handle tx, TenantId tenant, int secrets, long bytes) {
        if (secrets > 0) {
            quotas.take(tx, tenant, Quota.CREDENTIALS, secrets);
        }
        if (bytes > 0) {
            quotas.take(tx, tenant, Quota.STORAGE_BYTES, bytes);
        }
    }
}
