package holdfast.vault;

import holdfast.access.Policy;
import holdfast.kernel.Ids;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.tenancy.Quotas;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// What every part of this room stands on.
record Ground(
        Database database,
        Seal seal,
        Ledger ledger,
        Policy policy,
        InstantSource clock,
        Ids ids,
        Quotas quotas,
        SealedCache cache,
        List<Farewell> farewells,
        Alarms alarms) {
    /// {@return what seals and opens for one call; the caller closes it}
    Sealing sealing(TenantId tenant) {
        return new Sealing(seal, tenant);
    }

    /// The SQL of this room.
    record Stores(SecretStore secrets, VersionStore versions, GridStore grid, ReadStore reads) {
        Stores() {
            this(new SecretStore(), new VersionStore(), new GridStore(), new ReadStore());
        }
    }

    /// How far the transactions of one [Secrets] reach: over the secret's tenant, or over others with what is written there.
    record Reach(Database database, Optional<Secrets.Alongside> alongside) {
        <T> T write(TenantId tenant, Function<Handle, T> work) {
            return alongside.isPresent()
                    ? database.writePlatform(work)
                    : database.write(tenant, work);
        }

        void also(Handle tx, int version) {
            alongside.ifPresent(one -> one.write(tx, version));
        }
    }

    /// {@return the answer for a secret that is not there, and for one that may not be seen: they must not differ}
    static Refusal missing() {
        return Problem.NOT_FOUND.because("there is no such secret");
    }

    static Refusal deleted() {
        return Problem.NOT_FOUND.because("this secret is deleted; undelete it first");
    }

    static Refusal stale(int version) {
        return Problem.VERSION_CONFLICT
                .because("the secret is at version " + version)
                .with("version", version);
    }
}
