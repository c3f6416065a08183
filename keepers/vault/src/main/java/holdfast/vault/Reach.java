package holdfast.vault;

import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// How far the transactions of one [Secrets] reach: over the secret's tenant, or over others with what is written there.
record Reach(Database database, Optional<Secrets.Alongside> alongside) {
    <T> T write(TenantId tenant, Function<Handle, T> work) {
        return alongside.isPresent() ? database.writePlatform(work) : database.write(tenant, work);
    }

    void also(Handle tx, int version) {
        alongside.ifPresent(one -> one.write(tx, version));
    }
}
