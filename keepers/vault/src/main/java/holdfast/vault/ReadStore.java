package holdfast.vault;

import holdfast.kernel.TenantId;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The one statement of a read: where the secret stands now, and the key epoch of the version that is wanted.
final class ReadStore {
    /// @param current the version that is active
    /// @param version the one that is wanted
    /// @param epoch   of the tenant key it is sealed under; empty when it is not kept
    record Standing(
            String path, Secret.State state, int current, int version, Optional<Integer> epoch) {}

    Optional<Standing> standing(Handle tx, TenantId tenant, UUID id, Optional<Integer> version) {
        var statement =
                tx.createQuery(
                                "SELECT s.path, s.state, s.version, v.epoch FROM vault_secret s"
                                        + " LEFT JOIN vault_version v ON v.tenant_id = s.tenant_id"
                                        + " AND v.secret_id = s.id AND v.version = "
                                        + (version.isPresent() ? ":version" : "s.version")
                                        + " WHERE s.tenant_id = :tenant AND s.id = :id")
                        .bind("tenant", tenant)
                        .bind("id", id);
        version.ifPresent(wanted -> statement.bind("version", wanted));
        return statement
                .map((row, _) -> {
                    int current = row.getInt("version");
                    int epoch = row.getInt("epoch");
                    return new Standing(
                            row.getString("path"),
                            Secret.State.valueOf(row.getString("state")),
                            current,
                            version.orElse(current),
                            row.wasNull() ? Optional.empty() : Optional.of(epoch));
                })
                .findOne();
    }
}
