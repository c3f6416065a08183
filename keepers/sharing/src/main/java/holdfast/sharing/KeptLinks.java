package holdfast.sharing;

import holdfast.access.Action;
import holdfast.access.Explanations;
import holdfast.access.PathPattern;
import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.crypto.Crypto;
import holdfast.kernel.FieldError;
import holdfast.kernel.Network;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.secret.SecretName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The only [Links]: a record, the grant it lends and their events in one transaction.
final class KeptLinks implements Links {
    private static final int MOST_OF_SECRET = 100;
    private static final int MOST_USES = 1_000;
    private static final int MOST_TEXT = 200; // characters
    private static final int MOST_RANGES = 20;
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Ground ground;
    private final LinkStore store;
    private final LinkTokens tokens;

    KeptLinks(Ground ground, LinkStore store, Crypto crypto) {
        this.ground = ground;
        this.store = store;
        this.tokens = new LinkTokens(crypto);
    }

    @Override
    public Made make(Permit share, Permit reveal, UUID secret, Terms terms) {
        ground.requireSharing(share.tenant());
        var now = ground.clock().instant();
        check(terms, now);
        var token = tokens.mint();
        var hash = tokens.hash(token);
        var tenant = share.tenant();
        var made =
                ground.database()
                        .write(
                                tenant,
                                tx -> {
                                    ground.access().policy().recheck(tx, List.of(share, reveal));
                                    var path = path(tx, share, reveal, secret);
                                    var maker = share.principal();
                                    ground.access()
                                            .policy()
                                            .requireHolds(
                                                    tx,
                                                    maker,
                                                    Set.of(Action.REVEAL_SECRET),
                                                    PathPattern.exactly(path));
                                    if (living(tx, tenant, secret, now) >= MOST_OF_SECRET) {
                                        throw Problem.CONFLICT.because(
                                                "the secret has 100 links; revoke some first");
                                    }
                                    var row =
                                            new LinkRow(
                                                    tenant,
                                                    ground.ids().next(),
                                                    hash,
                                                    secret,
                                                    path,
                                                    terms,
                                                    terms.uses(),
                                                    0,
                                                    Share.Party.of(maker),
                                                    now,
                                                    Optional.empty(),
                                                    Optional.empty(),
                                                    Optional.empty());
                                    store.add(tx, row);
                                    ground.access().grants().lend(tx, tenant, row.grant());
                                    ground.ledger().append(tx, maker, new LinkEvent.Made(row));
                                    return row;
                                });
        ground.access().roles().refresh(tenant);
        return new Made(made.shown(now), token);
    }

    private String path(Handle tx, Permit share, Permit reveal, UUID secret) {
        var kept = ground.vault().secrets().requireKept(reveal, tx, secret);
        var path = new SecretName(kept.service(), kept.account()).resource();
        share.requireFor(Action.SHARE_SECRET, path);
        return path;
    }

    private long living(Handle tx, TenantId tenant, UUID secret, Instant now) {
        return store.ofSecret(tx, tenant, secret).stream()
                .filter(row -> row.shown(now).status() == Link.Status.ACTIVE)
                .count();
    }

    private static void check(Terms terms, Instant now) {
        var errors = new ArrayList<FieldError>();
        if (terms.uses() < 1 || terms.uses() > MOST_USES) {
            errors.add(FieldError.of("/uses", "out-of-range", "1 to 1000"));
        }
        if (!terms.expires().isAfter(now) || terms.expires().isAfter(now.plus(LONGEST))) {
            errors.add(FieldError.of("/expires", "out-of-range", "within the next 30 days"));
        }
        if (isWild(terms.audience())) {
            errors.add(FieldError.of("/audience", "too-long", "at most 200 characters"));
        }
        if (isWild(terms.note())) {
            errors.add(FieldError.of("/note", "too-long", "at most 200 characters"));
        }
        if (terms.addresses().size() > MOST_RANGES
                || terms.addresses().stream().anyMatch(one -> Network.read(one).isEmpty())) {
            errors.add(
                    FieldError.of(
                            "/addresses", "malformed", "at most 20 addresses or CIDR ranges"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    private static boolean isWild(String text) {
        return text.length() > MOST_TEXT || text.chars().anyMatch(Character::isISOControl);
    }

    @Override
    public List<Link> ofSecret(Permit share, UUID secret) {
        var now = ground.clock().instant();
        var tenant = share.tenant();
        var found = ground.database().read(tenant, tx -> store.ofSecret(tx, tenant, secret));
        found.forEach(row -> share.requireFor(Action.SHARE_SECRET, row.path()));
        return found.stream().map(row -> row.shown(now)).toList();
    }

    @Override
    public void revoke(Scope scope, UUID id) {
        scope.requireFor(Action.SHARE_SECRET);
        revoke(scope.principal(), id, Optional.of(scope.principal().id()), Optional.empty());
    }

    @Override
    public void revoke(Permit permit, UUID id) {
        permit.requireFor(Action.MANAGE_ACCESS, Explanations.RESOURCE);
        revoke(permit.principal(), id, Optional.empty(), Optional.of(permit));
    }

    private void revoke(Principal by, UUID id, Optional<UUID> maker, Optional<Permit> permit) {
        var tenant = by.tenant();
        ground.database()
                .write(
                        tenant,
                        tx -> {
                            permit.ifPresent(one -> ground.access().policy().recheck(tx, one));
                            var row =
                                    store.find(tx, tenant, id)
                                            .filter(one ->
                                                    maker.isEmpty() || maker.equals(one.by().id()))
                                            .orElseThrow(() ->
                                                    Problem.NOT_FOUND.because(
                                                            "there is no such link"));
                            return revoked(tx, row, by);
                        });
        ground.access().roles().refresh(tenant);
    }

    private boolean revoked(Handle tx, LinkRow row, Principal by) {
        boolean first = store.revoke(tx, row.tenant(), row.id(), ground.clock().instant(), by);
        if (first) {
            ground.access().grants().takeBack(tx, row.tenant(), row.id());
            ground.ledger()
                    .append(tx, by, new LinkEvent.Revoked(row.path(), row.id(), row.secret()));
        }
        return first;
    }

    /// Takes back the links of a secret that goes for good.
    void end(Handle tx, TenantId tenant, UUID secret, Principal by) {
        var now = ground.clock().instant();
        store.ofSecret(tx, tenant, secret).stream()
                .filter(row -> row.shown(now).status() == Link.Status.ACTIVE)
                .forEach(row -> revoked(tx, row, by));
    }
}
