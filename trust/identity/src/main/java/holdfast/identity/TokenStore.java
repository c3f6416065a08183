package holdfast.identity;

import holdfast.kernel.Bytes;
import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `identity_token`.
final class TokenStore {
    private static final String SEPARATOR = " ";

    void add(Handle tx, Token token, Bytes tokenHash) {
        tx.createUpdate(
                        """
                        INSERT INTO identity_token (tenant_id, id, token_hash, user_id, name, prefix, permissions,
                               addresses, created, expires)
                        VALUES (:tenant, :id, :hash, :user, :name, :prefix, :permissions,
                               :addresses, :created, :expires)
                        """)
                .bind("tenant", token.tenant().value())
                .bind("id", token.id())
                .bind("hash", tokenHash.toArray())
                .bind("user", token.user())
                .bind("name", token.name())
                .bind("prefix", token.prefix())
                .bind("permissions", String.join(SEPARATOR, token.permissions()))
                .bind("addresses", String.join(SEPARATOR, token.addresses()))
                .bind("created", Micros.of(token.created()))
                .bind("expires", Micros.of(token.expires()))
                .execute();
    }

    /// Only for a transaction of the platform: the tenant is what the row tells.
    Optional<Token> find(Handle tx, Bytes tokenHash) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, id, user_id, name, prefix, permissions, addresses, created, expires,
                               last_used
                          FROM identity_token
                         WHERE token_hash = :hash
                        """)
                .bind("hash", tokenHash.toArray())
                .map((row, _) -> token(row))
                .findOne();
    }

    Optional<Token> find(Handle tx, TenantId tenant, UUID id) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, id, user_id, name, prefix, permissions, addresses, created, expires,
                               last_used
                          FROM identity_token
                         WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .map((row, _) -> token(row))
                .findOne();
    }

    /// {@return the tokens of a user in a tenant, newest first}
    List<Token> of(Handle tx, TenantId tenant, UUID user) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, id, user_id, name, prefix, permissions, addresses, created, expires,
                               last_used
                          FROM identity_token
                         WHERE tenant_id = :tenant AND user_id = :user
                         ORDER BY created DESC, id DESC
                        """)
                .bind("tenant", tenant.value())
                .bind("user", user)
                .map((row, _) -> token(row))
                .list();
    }

    void used(Handle tx, UUID id, Instant time) {
        tx.createUpdate("UPDATE identity_token SET last_used = :time WHERE id = :id")
                .bind("id", id)
                .bind("time", Micros.of(time))
                .execute();
    }

    boolean delete(Handle tx, TenantId tenant, UUID id) {
        return tx.createUpdate("DELETE FROM identity_token WHERE tenant_id = :tenant AND id = :id")
                        .bind("tenant", tenant.value())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    int deleteAll(Handle tx, UUID user) {
        return tx.createUpdate("DELETE FROM identity_token WHERE user_id = :user")
                .bind("user", user)
                .execute();
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                Rows.tenant(row, "tenant_id"),
                Rows.uuid(row, "id"),
                Rows.uuid(row, "user_id"),
                row.getString("name"),
                row.getString("prefix"),
                new TreeSet<>(words(row.getString("permissions"))),
                words(row.getString("addresses")),
                Rows.instant(row, "created"),
                Rows.instant(row, "expires"),
                Rows.optionalInstant(row, "last_used"));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(SEPARATOR, -1));
    }
}
