package holdfast.sharing;

import holdfast.access.AccessRoom;
import holdfast.identity.People;
import holdfast.kernel.Ids;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import holdfast.tenancy.Tenants;
import holdfast.vault.VaultRoom;
import java.time.InstantSource;

/// What every part of this room stands on.
record Ground(
        Database database,
        Ledger ledger,
        Tenants tenants,
        AccessRoom access,
        People people,
        VaultRoom vault,
        InstantSource clock,
        Ids ids) {
    /// {@return whether the tenant's rules let secrets be shared: as they stand now, on whatever node they were changed}
    boolean letsShare(TenantId tenant) {
        return tenants.find(tenant).filter(one -> one.rules().sharing()).isPresent();
    }

    /// @throws Refusal NOT_PERMITTED when the rules of the tenant let nobody share
    void requireSharing(TenantId tenant) {
        if (!letsShare(tenant)) {
            throw Problem.NOT_PERMITTED.because("the rules of the tenant let nobody share secrets");
        }
    }

    /// {@return the answer for a share that is not there, and for one that is not the caller's: they must not differ}
    static Refusal missing() {
        return Problem.NOT_FOUND.because("there is no such share");
    }
}
