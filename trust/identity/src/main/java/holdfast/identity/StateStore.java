package holdfast.identity;

import holdfast.kernel.TenantId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The SQL of `identity_state`: single values of the room.
final class StateStore {
    /// Argon2id cost chosen at the first start: `kibibytes,passes,lanes`.
    static final String COST = "argon2-cost";

    /// SHA-256 of the setup code, hex; there while first run is due.
    static final String SETUP = "setup-code";

    private static final String SEQUENCE = "sequence";

    Optional<String> read(Handle tx, String name) {
        return tx.createQuery(
                        "SELECT value FROM identity_state WHERE tenant_id = :tenant AND name ="
                                + " :name")
                .bind("tenant", TenantId.PLATFORM.value())
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    void write(Handle tx, String name, String value) {
        tx.createUpdate(
                        """
                        INSERT INTO identity_state (tenant_id, name, value) VALUES (:tenant, :name, :value)
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value
                        """)
                .bind("tenant", TenantId.PLATFORM.value())
                .bind("name", name)
                .bind("value", value)
                .execute();
    }

    void delete(Handle tx, String name) {
        tx.createUpdate("DELETE FROM identity_state WHERE tenant_id = :tenant AND name = :name")
                .bind("tenant", TenantId.PLATFORM.value())
                .bind("name", name)
                .execute();
    }

    /// {@return how often a proof was taken away; moves with every change that ends a session or token}
    long sequence(Handle tx) {
        return read(tx, SEQUENCE).map(Long::parseLong).orElse(0L);
    }

    void advance(Handle tx) {
        write(tx, SEQUENCE, String.valueOf(sequence(tx) + 1));
    }
}
