package holdfast.identity;

import holdfast.http.Repeats;
import holdfast.kernel.Bytes;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.storage.Rows;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The SQL of `identity_repeat`.
final class RepeatStore {
    /// @param outcome empty while it is worked on
    record Kept(Bytes request, Optional<Repeats.Outcome> outcome) {}

    /// {@return false when the key is taken}
    boolean add(Handle tx, Principal who, String key, Bytes request, Instant now) {
        return tx.createUpdate(
                                """
                                INSERT INTO identity_repeat (tenant_id, principal_id, name, request, made)
                                VALUES (:tenant, :who, :name, :request, :now)
                                ON CONFLICT DO NOTHING
                                """)
                        .bind("tenant", who.tenant())
                        .bind("who", who.id())
                        .bind("name", key)
                        .bind("request", request)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    Optional<Kept> find(Handle tx, Principal who, String key) {
        return tx.createQuery(
                        """
                        SELECT request, status, location, tag FROM identity_repeat
                         WHERE tenant_id = :tenant AND principal_id = :who AND name = :name
                        """)
                .bind("tenant", who.tenant())
                .bind("who", who.id())
                .bind("name", key)
                .map((row, _) -> {
                    int status = row.getInt("status");
                    var outcome =
                            row.wasNull()
                                    ? Optional.<Repeats.Outcome>empty()
                                    : Optional.of(
                                            new Repeats.Outcome(
                                                    status,
                                                    Rows.optionalText(row, "location"),
                                                    Rows.optionalText(row, "tag")));
                    return new Kept(Rows.bytes(row, "request"), outcome);
                })
                .findOne();
    }

    void keep(Handle tx, Principal who, String key, Repeats.Outcome outcome) {
        tx.createUpdate(
                        """
                        UPDATE identity_repeat SET status = :status, location = :location, tag = :tag
                         WHERE tenant_id = :tenant AND principal_id = :who AND name = :name
                        """)
                .bind("tenant", who.tenant())
                .bind("who", who.id())
                .bind("name", key)
                .bind("status", outcome.status())
                .bind("location", outcome.location().orElse(null))
                .bind("tag", outcome.tag().orElse(null))
                .execute();
    }

    void remove(Handle tx, Principal who, String key) {
        tx.createUpdate(
                        """
                        DELETE FROM identity_repeat
                         WHERE tenant_id = :tenant AND principal_id = :who AND name = :name
                        """)
                .bind("tenant", who.tenant())
                .bind("who", who.id())
                .bind("name", key)
                .execute();
    }

    void removeBefore(Handle tx, TenantId tenant, Instant end) {
        tx.createUpdate("DELETE FROM identity_repeat WHERE tenant_id = :tenant AND made < :end")
                .bind("tenant", tenant)
                .bind("end", end)
                .execute();
    }
}
