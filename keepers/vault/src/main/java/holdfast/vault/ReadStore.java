package holdfast.vault;

import holdfast.kernel.TenantId;
import holdfast.secret.Secret;
import holdfast.storage.Direct;
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
    private static final String OF_CURRENT =
            OF_VERSION.replace("= ?\n WHERE", "= s.version\n WHERE");

    /// @param current the version that is active
    /// @param version the one that is wanted
    /// @param epoch   of the tenant key it is sealed under; empty when it is not kept
    record Standing(
            String path, Secret.State state, int current, int version, Optional<Integer> epoch) {}

    Optional<Standing> standing(Handle tx, TenantId tenant, UUID id, Optional<Integer> version) {
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
