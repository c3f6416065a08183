package holdfast.vault;

import holdfast.kernel.TenantId;
import holdfast.seal.Place;
import holdfast.seal.Seal;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes versions out of values and values out of versions, for one call of one tenant, whose keys are unwrapped once.
///
/// Outside of transactions: the writer does no cryptography. For one thread; closed soon, since it holds keys.
final class Sealing implements AutoCloseable {
    private static final String KIND = "vault-secret";
    private static final String PURPOSE =
            "vault.value"; // one for the tenant: equal values are equal everywhere in it

    private final Seal seal;
    private final TenantId tenant;
    private final Seal.Sealing keys;
    private Seal.@Nullable Fingerprints marks;

    Sealing(Seal seal, TenantId tenant) {
        this.seal = seal;
        this.tenant = tenant;
        this.keys = seal.sealing(tenant);
    }

    /// How a version came to be.
    record How(Secret.Origin origin, Optional<Integer> source, String why) {
        static final How CREATED = new How(Secret.Origin.CREATED, Optional.empty(), "");
    }

    /// @throws holdfast.kernel.Refusal SEALED
    Row.Version version(
            UUID secret, int version, Content content, Details details, How how, Row.Stamp made) {
        var sealed = keys.seal(new Place(KIND, secret, version), content.bytes());
        return new Row.Version(
                secret,
                version,
                sealed,
                Seal.epoch(sealed),
                marks().of(content.bytes()),
                Row.Shape.of(content),
                details,
                how.origin(),
                how.source(),
                how.why(),
                made);
    }

    private Seal.Fingerprints marks() {
        var known = marks;
        if (known == null) {
            known = seal.fingerprints(tenant, PURPOSE);
            marks = known;
        }
        return known;
    }

    /// @throws holdfast.kernel.Refusal SEALED
    Content open(UUID secret, int version, SealedCache.Held held) {
        return new Content(held.kind(), keys.open(new Place(KIND, secret, version), held.sealed()));
    }

    Content open(Row.Version version) {
        return open(
                version.secret(),
                version.version(),
                new SealedCache.Held(version.sealed(), version.shape().kind()));
    }

    @Override
    public void close() {
        keys.close();
        if (marks != null) {
            marks.close();
        }
    }
}
