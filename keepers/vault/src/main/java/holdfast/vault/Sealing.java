package holdfast.vault;

import holdfast.kernel.TenantId;
import holdfast.seal.Place;
import holdfast.seal.Seal;
import java.util.Optional;
import java.util.UUID;

/// Makes versions out of values and values out of versions. Outside of transactions: the writer does no cryptography.
final class Sealing {
    private static final String KIND = "vault-secret";
    private static final String PURPOSE =
            "vault.value"; // one for the tenant: equal values are equal everywhere in it

    private final Seal seal;

    Sealing(Seal seal) {
        this.seal = seal;
    }

    /// How a version came to be.
    record How(Secret.Origin origin, Optional<Integer> source, String why) {
        static final How CREATED = new How(Secret.Origin.CREATED, Optional.empty(), "");
    }

    /// @throws holdfast.kernel.Refusal SEALED
    Row.Version version(
            TenantId tenant,
            UUID secret,
            int version,
            Content content,
            Details details,
            How how,
            Row.Stamp made) {
        var sealed = seal.seal(tenant, new Place(KIND, secret, version), content.bytes());
        return new Row.Version(
                secret,
                version,
                sealed,
                Seal.epoch(sealed),
                seal.fingerprint(tenant, PURPOSE, content.bytes()),
                Row.Shape.of(content),
                details,
                how.origin(),
                how.source(),
                how.why(),
                made);
    }

    /// @throws holdfast.kernel.Refusal SEALED
    Content open(TenantId tenant, UUID secret, int version, SealedCache.Held held) {
        return new Content(
                held.kind(), seal.open(tenant, new Place(KIND, secret, version), held.sealed()));
    }

    Content open(TenantId tenant, Row.Version version) {
        return open(
                tenant,
                version.secret(),
                version.version(),
                new SealedCache.Held(version.sealed(), version.shape().kind()));
    }
}
