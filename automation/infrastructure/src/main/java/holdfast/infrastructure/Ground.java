package holdfast.infrastructure;

import holdfast.kernel.Ids;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.vcf.SourceKind;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What every part of this room stands on.
record Ground(
        Database database,
        Seal seal,
        Ledger ledger,
        Settings settings,
        InstantSource clock,
        Ids ids) {
    GridStore.Clock time(TenantId tenant) {
        return new GridStore.Clock(clock.instant(), settings.dueSoonDays(tenant));
    }

    /// The SQL of this room.
    record Stores(
            EnvironmentStore environments,
            SourceStore sources,
            RunStore runs,
            CredentialStore credentials,
            GridStore grid) {
        /// @throws holdfast.kernel.Refusal NOT_FOUND
        EnvironmentStore.Row environment(Handle tx, TenantId tenant, UUID id) {
            return environments
                    .find(tx, tenant, id)
                    .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such environment"));
        }

        /// {@return the sources of an environment that must be there}
        ///
        /// @throws holdfast.kernel.Refusal NOT_FOUND
        List<SourceRow> sourcesOf(Handle tx, TenantId tenant, UUID id) {
            environment(tx, tenant, id);
            return sources.of(tx, tenant, id);
        }

        /// @throws holdfast.kernel.Refusal NOT_FOUND
        SourceRow source(Handle tx, TenantId tenant, UUID environment, SourceKind kind) {
            return sources.find(tx, tenant, environment, kind)
                    .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such source"));
        }
    }
}
