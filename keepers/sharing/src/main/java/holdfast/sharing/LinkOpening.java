package holdfast.sharing;

import holdfast.access.Action;
import holdfast.crypto.Crypto;
import holdfast.kernel.Network;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.vault.Secrets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Shows a value to whoever holds a link. The link is a principal of its own: policy decides on it, the ledger names it.
///
/// One use, the event and the ciphertext are one transaction. Unknown, used up, expired, revoked, not for this audience
/// or address: the answer is the same.
final class LinkOpening {
    private final Ground ground;
    private final LinkStore store;
    private final LinkTokens tokens;

    LinkOpening(Ground ground, LinkStore store, Crypto crypto) {
        this.ground = ground;
        this.store = store;
        this.tokens = new LinkTokens(crypto);
    }

    /// @param path of the secret, as policy names it
    record Shown(String path, Secrets.Opened.Value value) {}

    /// @param audience what the one who opens it calls themselves
    /// @throws Refusal NOT_FOUND
    Shown open(String token, String audience, Origin origin) {
        var hash = tokens.hash(token);
        var found = ground.database().readPlatform(tx -> store.of(tx, hash));
        if (found.isEmpty()) {
            ground.ledger().record(Principal.anonymous(origin), new LinkEvent.Missed());
            throw closed();
        }
        var row = found.get();
        var link =
                new Principal(
                        row.id(),
                        Principal.Kind.LINK,
                        "link of " + row.by().name(),
                        row.tenant(),
                        origin);
        if (!isFrom(row, origin.address())) {
            throw refused(link, row, "address");
        }
        if (!isFor(row, audience)) {
            ground.database()
                    .write(
                            row.tenant(),
                            tx -> {
                                store.miss(tx, row.tenant(), row.id());
                                return true;
                            });
            throw refused(link, row, "audience");
        }
        try {
            return new Shown(row.path(), opened(link, row));
        } catch (Refusal refusal) {
            if (refusal.problem().status() >= 500) {
                throw refusal; // the link is as good as before
            }
            throw refused(link, row, "over");
        }
    }

    private Secrets.Opened.Value opened(Principal link, LinkRow row) {
        var tenant = row.tenant();
        if (!ground.letsShare(tenant)) {
            throw closed();
        }
        if (!ground.database()
                .readPlatform(tx -> ground.people().canSignIn(tx, row.by().id().orElseThrow()))) {
            throw closed();
        }
        var permit = ground.access().policy().permit(link, Action.REVEAL_SECRET, row.path());
        var use = new Secrets.Use(Optional.empty(), Set.of(), Optional.of(Secrets.Purpose.VIEW));
        var opened =
                ground.vault()
                        .secrets((tx, _) -> {
                            var now = ground.clock().instant();
                            if (!store.consume(tx, tenant, row.id(), now)) {
                                throw closed();
                            }
                            if (store.isUsedUp(tx, tenant, row.id())) {
                                ground.access().grants().takeBack(tx, tenant, row.id());
                            }
                        })
                        .open(permit, row.secret(), use);
        ground.access().roles().refresh(tenant);
        return switch (opened) {
            case Secrets.Opened.Value value -> value;
            case Secrets.Opened.Unchanged _ -> throw closed(); // nothing is known beforehand
        };
    }

    private Refusal refused(Principal link, LinkRow row, String reason) {
        ground.ledger().record(link, new LinkEvent.Refused(row.path(), row.id(), reason));
        return closed();
    }

    private static boolean isFrom(LinkRow row, String address) {
        var ranges = row.terms().addresses();
        return ranges.isEmpty()
                || ranges.stream()
                        .flatMap(range -> Network.read(range).stream())
                        .anyMatch(range -> range.contains(address));
    }

    private static boolean isFor(LinkRow row, String audience) {
        return row.terms().audience().isEmpty()
                || folded(row.terms().audience()).equals(folded(audience));
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    private static Refusal closed() {
        return Problem.NOT_FOUND.because("this link opens nothing, or nothing any more");
    }
}
