package holdfast.identity;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The SQL of `identity_user`, and who people are for the rooms above. Users belong to the platform.
final class UserStore {
    private static final TenantId PLATFORM = TenantId.PLATFORM;

    /// {@return false when somebody has the name}
    boolean add(Handle tx, User user) {
        return tx.createUpdate(
                                """
                                INSERT INTO identity_user (tenant_id, id, name, folded, full_name, email, password,
                                       must_change, disabled, created, version)
                                VALUES (:tenant, :id, :name, :folded, :fullName, :email, :password,
                                       :mustChange, :disabled, :created, :version)
                                ON CONFLICT (folded) DO NOTHING
                                """)
                        .bind("tenant", PLATFORM.value())
                        .bind("id", user.id())
                        .bind("name", user.name())
                        .bind("folded", Username.fold(user.name()))
                        .bind("fullName", user.fullName())
                        .bind("email", user.email())
                        .bind("password", user.password())
                        .bind("mustChange", user.mustChange())
                        .bind("disabled", user.disabled())
                        .bind("created", Micros.of(user.created()))
                        .bind("version", user.version())
                        .execute()
                == 1;
    }

    Optional<User> find(Handle tx, UUID id) {
        return tx.createQuery(
                        """
                        SELECT id, name, full_name, email, password, must_change, disabled, created,
                               last_sign_in, version
                          FROM identity_user
                         WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("tenant", PLATFORM.value())
                .bind("id", id)
                .map((row, _) -> user(row))
                .findOne();
    }

    Optional<User> find(Handle tx, String folded) {
        return tx.createQuery(
                        """
                        SELECT id, name, full_name, email, password, must_change, disabled, created,
                               last_sign_in, version
                          FROM identity_user
                         WHERE tenant_id = :tenant AND folded = :folded
                        """)
                .bind("tenant", PLATFORM.value())
                .bind("folded", folded)
                .map((row, _) -> user(row))
                .findOne();
    }

    /// {@return everybody, by name}
    List<User> all(Handle tx) {
        return tx.createQuery(
                        """
                        SELECT id, name, full_name, email, password, must_change, disabled, created,
                               last_sign_in, version
                          FROM identity_user
                         WHERE tenant_id = :tenant
                         ORDER BY folded
                        """)
                .bind("tenant", PLATFORM.value())
                .map((row, _) -> user(row))
                .list();
    }

    boolean isEmpty(Handle tx) {
        return tx.createQuery("SELECT 1 FROM identity_user WHERE tenant_id = :tenant LIMIT 1")
                .bind("tenant", PLATFORM.value())
                .mapTo(Integer.class)
                .findOne()
                .isEmpty();
    }

    /// Writes everything but name and creation over what is there.
    void update(Handle tx, User user) {
        tx.createUpdate(
                        """
                        UPDATE identity_user
                           SET full_name = :fullName, email = :email, password = :password,
                               must_change = :mustChange, disabled = :disabled, version = :version
                         WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("tenant", PLATFORM.value())
                .bind("id", user.id())
                .bind("fullName", user.fullName())
                .bind("email", user.email())
                .bind("password", user.password())
                .bind("mustChange", user.mustChange())
                .bind("disabled", user.disabled())
                .bind("version", user.version())
                .execute();
    }

    void signedIn(Handle tx, UUID id, Instant now) {
        tx.createUpdate(
                        """
                        UPDATE identity_user SET last_sign_in = :now
                         WHERE tenant_id = :tenant AND id = :id
                        """)
                .bind("tenant", PLATFORM.value())
                .bind("id", id)
                .bind("now", Micros.of(now))
                .execute();
    }

    /// Puts a stronger hash of the same password in the place of `old`.
    void rehash(Handle tx, UUID id, String old, String fresh) {
        tx.createUpdate(
                        """
                        UPDATE identity_user SET password = :fresh
                         WHERE tenant_id = :tenant AND id = :id AND password = :old
                        """)
                .bind("tenant", PLATFORM.value())
                .bind("id", id)
                .bind("old", old)
                .bind("fresh", fresh)
                .execute();
    }

    void delete(Handle tx, UUID id) {
        tx.createUpdate("DELETE FROM identity_user WHERE tenant_id = :tenant AND id = :id")
                .bind("tenant", PLATFORM.value())
                .bind("id", id)
                .execute();
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                Rows.uuid(row, "id"),
                row.getString("name"),
                row.getString("full_name"),
                row.getString("email"),
                row.getString("password"),
                row.getBoolean("must_change"),
                row.getBoolean("disabled"),
                Rows.instant(row, "created"),
                Rows.optionalInstant(row, "last_sign_in"),
                row.getLong("version"));
    }
}
