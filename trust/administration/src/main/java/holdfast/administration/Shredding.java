package holdfast.administration;

import holdfast.kernel.TenantId;
import holdfast.ledger.Proofs;
import holdfast.seal.KeyRing;
import holdfast.tenancy.Tenant;
import java.time.InstantSource;

/// Destroys the keys of a tenant, and signs what that means with the key of the ledger's heads.
final class Shredding {
    private static final String FORMAT = "holdfast-shredding/1";

    static final String GONE =
            "Every value the tenant sealed: secrets and their versions, named keys and what they encrypted,"
                    + " credentials and logins of sources; here, in every backup and every copy of the database.";
    static final String STAYS =
            "In rows of this database, of its copies and of older backups: names, paths, tags, notes, metadata,"
                    + " sizes and times of secrets, keys and environments, and public keys. In the ledger: who did"
                    + " what when, until its retention ends. What was exported or read before. What an older copy"
                    + " of the key store opens, for who has it and what unseals it.";

    private final KeyRing keys;
    private final Proofs proofs;
    private final InstantSource clock;

    Shredding(KeyRing keys, Proofs proofs, InstantSource clock) {
        this.keys = keys;
        this.proofs = proofs;
        this.clock = clock;
    }

    /// Destroys the keys first, so that no receipt says what is not so.
    TenantEvents.Shredded shred(Tenant tenant) {
        int destroyed = keys.destroy(tenant.id());
        var receipt = proofs.sign(statement(tenant.id(), tenant.name(), destroyed));
        return new TenantEvents.Shredded(tenant.id(), tenant.name(), destroyed, receipt);
    }

    private String statement(TenantId tenant, String name, int destroyed) {
        return """
        %s
        tenant %s
        name %s
        time %s
        keys %d
        gone %s
        stays %s
        """
                .formatted(FORMAT, tenant, name, clock.instant(), destroyed, GONE, STAYS);
    }
}
