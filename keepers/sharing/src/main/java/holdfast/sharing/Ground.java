package holdfast.sharing;

import holdfast.access.AccessRoom;
import holdfast.identity.People;
import holdfast.kernel.Ids;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
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
    /// {@return the answer for a share that is not there, and for one that is not the caller's: they must not differ}
    static Refusal missing() {
        return Problem.NOT_FOUND.because("there is no such share");
    }
}
