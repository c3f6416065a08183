package holdfast.identity;

import holdfast.kernel.Bytes;
import holdfast.kernel.Micros;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `identity_session`. A token's hash and a session's id name one row of one tenant, which the row tells;
/// so it is used in transactions of the platform.
final class SessionStore {
    void add(Handle tx, Session session, Bytes tokenHash) {
        tx.createUpdate(
                        """
                        INSERT INTO identity_session (tenant_id, id, token_hash, user_id, created, last_seen,
                               expires, confirmed, address, client)
                        VALUES (:tenant, :id, :hash, :user, :created, :lastSeen,
                               :expires, :confirmed, :address, :client)
                        """)
                .bind("tenant", session.tenant().value())
                .bind("id", session.id())
                .bind("hash", tokenHash.toArray())
                .bind("user", session.user())
                .bind("created", Micros.of(session.created()))
                .bind("lastSeen", Micros.of(session.lastSeen()))
                .bind("expires", Micros.of(session.expires()))
                .bind("confirmed", Micros.of(session.confirmed()))
                .bind("address", session.address())
                .bind("client", session.client())
                .execute();
    }

    Optional<Session> find(Handle tx, Bytes tokenHash) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, id, user_id, created, last_seen, expires, confirmed, address, client
                          FROM identity_session
                         WHERE token_hash = :hash
                        """)
                .bind("hash", tokenHash.toArray())
                .map((row, _) -> session(row))
                .findOne();
    }

    /// {@return the sessions of a user, newest use first}
    List<Session> of(Handle tx, UUID user) {
        return tx.createQuery(
                        """
                        SELECT tenant_id, id, user_id, created, last_seen, expires, confirmed, address, client
                          FROM identity_session
                         WHERE user_id = :user
                         ORDER BY last_seen DESC
                        """)
                .bind("user", user)
                .map((row, _) -> session(row))
                .list();
    }

    void seen(Handle tx, UUID id, Instant time) {
        tx.createUpdate(
                        """
                        UPDATE identity_session SET last_seen = :time
                         WHERE id = :id AND last_seen < :time
                        """)
                .bind("id", id)
                .bind("time", Micros.of(time))
                .execute();
    }

    void confirm(Handle tx, UUID id, Instant time) {
        tx.createUpdate("UPDATE identity_session SET confirmed = :time WHERE id = :id")
                .bind("id", id)
                .bind("time", Micros.of(time))
                .execute();
    }

    /// Gives a session another token; the old one opens nothing any more.
    void renew(Handle tx, UUID id, Bytes tokenHash, Instant confirmed) {
        tx.createUpdate(
                        """
                        UPDATE identity_session SET token_hash = :hash, confirmed = :confirmed
                         WHERE id = :id
                        """)
                .bind("id", id)
                .bind("hash", tokenHash.toArray())
                .bind("confirmed", Micros.of(confirmed))
                .execute();
    }

    boolean delete(Handle tx, UUID user, UUID id) {
        return tx.createUpdate("DELETE FROM identity_session WHERE user_id = :user AND id = :id")
                        .bind("user", user)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /// {@return how many there were}
    int deleteAll(Handle tx, UUID user) {
        return tx.createUpdate("DELETE FROM identity_session WHERE user_id = :user")
                .bind("user", user)
                .execute();
    }

    int deleteOthers(Handle tx, UUID user, UUID kept) {
        return tx.createUpdate("DELETE FROM identity_session WHERE user_id = :user AND id <> :kept")
                .bind("user", user)
                .bind("kept", kept)
                .execute();
    }

    int deleteExpired(Handle tx, Instant now) {
        return tx.createUpdate("DELETE FROM identity_session WHERE expires < :now")
                .bind("now", Micros.of(now))
                .execute();
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                Rows.tenant(row, "tenant_id"),
                Rows.uuid(row, "id"),
                Rows.uuid(row, "user_id"),
                Rows.instant(row, "created"),
                Rows.instant(row, "last_seen"),
                Rows.instant(row, "expires"),
                Rows.instant(row, "confirmed"),
                row.getString("address"),
                row.getString("client"));
    }
}
