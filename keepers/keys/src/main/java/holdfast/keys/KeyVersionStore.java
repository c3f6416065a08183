package holdfast.keys;

import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of the versions of keys.
final class KeyVersionStore {
    void add(Handle tx, TenantId tenant, UUID key, KeyRow.Version version) {
        tx.createUpdate(
                        """
                        INSERT INTO keys_version (tenant_id, key_id, version, material, public_key, made)
                        VALUES (:tenant, :key, :version, :material, :publicKey, :made)
                        """)
                .bind("tenant", tenant)
                .bind("key", key)
                .bind("version", version.version())
                .bind("material", version.material().orElseThrow())
                .bind("publicKey", version.publicKey().orElse(null))
                .bind("made", version.made())
                .execute();
    }

    Optional<KeyRow.Version> find(Handle tx, TenantId tenant, UUID key, int version) {
        return tx.createQuery(
                        """
                        SELECT version, material, public_key, made, destroyed FROM keys_version
                         WHERE tenant_id = :tenant AND key_id = :key AND version = :version
                        """)
                .bind("tenant", tenant)
                .bind("key", key)
                .bind("version", version)
                .map((row, _) -> version(row))
                .findOne();
    }

    /// {@return the newest first}
    List<KeyRow.Version> all(Handle tx, TenantId tenant, UUID key) {
        return tx.createQuery(
                        """
                        SELECT version, material, public_key, made, destroyed FROM keys_version
                         WHERE tenant_id = :tenant AND key_id = :key ORDER BY version DESC
                        """)
                .bind("tenant", tenant)
                .bind("key", key)
                .map((row, _) -> version(row))
                .list();
    }

    /// @return false when it is destroyed already
    boolean destroy(Handle tx, TenantId tenant, UUID key, int version, Instant now) {
        return tx.createUpdate(
                                """
                                UPDATE keys_version SET material = NULL, destroyed = :now
                                 WHERE tenant_id = :tenant AND key_id = :key AND version = :version AND destroyed IS NULL
                                """)
                        .bind("tenant", tenant)
                        .bind("key", key)
                        .bind("version", version)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    void removeAll(Handle tx, TenantId tenant, UUID key) {
        tx.createUpdate("DELETE FROM keys_version WHERE tenant_id = :tenant AND key_id = :key")
                .bind("tenant", tenant)
                .bind("key", key)
                .execute();
    }

    private static KeyRow.Version version(ResultSet row) throws SQLException {
        return new KeyRow.Version(
                row.getInt("version"),
                Rows.optionalBytes(row, "material"),
                Rows.optionalBytes(row, "public_key"),
                Rows.instant(row, "made"),
                Rows.optionalInstant(row, "destroyed"));
    }
}
