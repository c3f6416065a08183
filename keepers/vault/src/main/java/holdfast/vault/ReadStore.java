package holdfast.vault;

import holdfast.kernel.TenantId;
import holdfast.secret.Secret;
import holdfast.storage.Direct;
import holdfast.storage.WriterMemory;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The one statement of a read: where the secret stands now, and the key epoch of the version that is wanted.
final class ReadStore {
    private static final String OF_VERSION =
            """
            SELECT s.path, s.state, s.version, v.epoch
              FROM vault_secret s
              LEFT JOIN vault_version v
                ON v.tenant_id = s.tenant_id AND v.secret_id = s.id AND v.version = ?
             WHERE s.tenant_id = ? AND s.id = ?
            """;
    private static final int MOST =
            20_000; // secrets whose standing the one writer of SQLite remembers

    private static final String OF_CURRENT =
            OF_VERSION.replace("= ?\n WHERE", "= s.version\n WHERE");

    /// @param current the version that is active
    /// @param version the one that is wanted
    /// @param epoch   of the tenant key it is sealed under; empty when it is not kept
    record Standing(
            String path, Secret.State state, int current, int version, Optional<Integer> epoch) {}

    private record Key(TenantId tenant, UUID id) {}

    Optional<Standing> standing(Handle tx, TenantId tenant, UUID id, Optional<Integer> version) {
        var remembered =
                version.isPresent() ? Optional.<Map<Key, Standing>>empty() : remembered(tx);
        var key = new Key(tenant, id);
        var known = remembered.map(standings -> standings.get(key));
        if (known.isPresent()) {
            return known;
        }
        var found = stored(tx, tenant, id, version);
        remembered.ifPresent(standings -> found.ifPresent(at -> standings.put(key, at)));
        return found;
    }

    /// To be called with every change of the secret's row.
    static void changed(Handle tx, TenantId tenant, UUID id) {
        remembered(tx).ifPresent(standings -> standings.remove(new Key(tenant, id)));
    }

    private static Optional<Map<Key, Standing>> remembered(Handle tx) {
        return WriterMemory.of(tx, ReadStore.class, MOST);
    }

    private static Optional<Standing> stored(
            Handle tx, TenantId tenant, UUID id, Optional<Integer> version) {
        try (var query = Direct.on(tx, version.isPresent() ? OF_VERSION : OF_CURRENT)) {
            version.ifPresent(query::bind);
            return query.bind(tenant)
                    .bind(id)
                    .first(row -> {
                        int current = row.getInt(3);
                        int epoch = row.getInt(4);
                        return new Standing(
                                row.getString(1),
                                Secret.State.valueOf(row.getString(2)),
                                current,
                                version.orElse(current),
                                row.wasNull() ? Optional.empty() : Optional.of(epoch));
                    });
        }
    }
}
