package holdfast.cluster;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The SQL of `cluster_lease`.
final class LeaseStore {
    /// {@return the fencing token; empty while another holder's time runs}
    Optional<Long> take(Handle tx, String name, String holder, Instant now, Instant expires) {
        int taken =
                tx.createUpdate(
                                """
                                INSERT INTO cluster_lease (tenant_id, name, token, holder, expires)
                                VALUES (:tenant, :name, 1, :holder, :expires)
                                ON CONFLICT (tenant_id, name) DO UPDATE
                                   SET token = cluster_lease.token + 1,
                                       holder = excluded.holder,
                                       expires = excluded.expires
                                 WHERE cluster_lease.expires <= :now
                                """)
                        .bind("tenant", TenantId.PLATFORM.value())
                        .bind("name", name)
                        .bind("holder", holder)
                        .bind("expires", Micros.of(expires))
                        .bind("now", Micros.of(now))
                        .execute();
        return taken == 0 ? Optional.empty() : token(tx, name);
    }

    /// {@return whether nobody took the lease after this token; the row cannot change before the transaction ends}
    boolean isToken(Handle tx, String name, long token) {
        return tx.createUpdate(
                                """
                                UPDATE cluster_lease SET token = token
                                 WHERE tenant_id = :tenant AND name = :name AND token = :token
                                """)
                        .bind("tenant", TenantId.PLATFORM.value())
                        .bind("name", name)
                        .bind("token", token)
                        .execute()
                == 1;
    }

    private Optional<Long> token(Handle tx, String name) {
        return tx.createQuery(
                        """
                        SELECT token FROM cluster_lease
                         WHERE tenant_id = :tenant AND name = :name
                        """)
                .bind("tenant", TenantId.PLATFORM.value())
                .bind("name", name)
                .mapTo(Long.class)
                .findOne();
    }

    /// @param expires a time in the past gives the lease back
    /// @return false when the lease went to somebody else
    boolean extend(Handle tx, String name, long token, Instant expires) {
        return tx.createUpdate(
                                """
                                UPDATE cluster_lease SET expires = :expires
                                 WHERE tenant_id = :tenant AND name = :name AND token = :token
                                """)
                        .bind("tenant", TenantId.PLATFORM.value())
                        .bind("name", name)
                        .bind("token", token)
                        .bind("expires", Micros.of(expires))
                        .execute()
                == 1;
    }
}
