package holdfast.identity;

import holdfast.kernel.Micros;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The SQL of `identity_failure`: how often signing in failed, per account name and per address.
final class FailureStore {
    Optional<Failures> find(Handle tx, String subject) {
        return tx.createQuery(
                        """
                        SELECT failures, last, locked_until
                          FROM identity_failure
                         WHERE tenant_id = :tenant AND subject = :subject
                        """)
                .bind("tenant", TenantId.PLATFORM.value())
                .bind("subject", subject)
                .map((row, _) ->
                        new Failures(
                                row.getInt("failures"),
                                Rows.instant(row, "last"),
                                Rows.instant(row, "locked_until")))
                .findOne();
    }

    void put(Handle tx, String subject, Failures failures) {
        tx.createUpdate(
                        """
                        INSERT INTO identity_failure (tenant_id, subject, failures, last, locked_until)
                        VALUES (:tenant, :subject, :failures, :last, :lockedUntil)
                        ON CONFLICT (subject) DO UPDATE
                           SET failures = excluded.failures, last = excluded.last,
                               locked_until = excluded.locked_until
                        """)
                .bind("tenant", TenantId.PLATFORM.value())
                .bind("subject", subject)
                .bind("failures", failures.count())
                .bind("last", Micros.of(failures.last()))
                .bind("lockedUntil", Micros.of(failures.lockedUntil()))
                .execute();
    }

    void delete(Handle tx, String subject) {
        tx.createUpdate(
                        "DELETE FROM identity_failure WHERE tenant_id = :tenant AND subject ="
                                + " :subject")
                .bind("tenant", TenantId.PLATFORM.value())
                .bind("subject", subject)
                .execute();
    }

    int deleteBefore(Handle tx, Instant time) {
        return tx.createUpdate(
                        """
                        DELETE FROM identity_failure
                         WHERE tenant_id = :tenant AND last < :time AND locked_until < :time
                        """)
                .bind("tenant", TenantId.PLATFORM.value())
                .bind("time", Micros.of(time))
                .execute();
    }

    /// Failed sign-ins of one subject.
    record Failures(int count, Instant last, Instant lockedUntil) {
        static final Failures NONE = new Failures(0, Instant.EPOCH, Instant.EPOCH);

        /// {@return as if so many of them had not been: what they closed is open}
        Failures without(int attempts) {
            return new Failures(Math.max(0, count - attempts), last, Instant.EPOCH);
        }
    }
}
