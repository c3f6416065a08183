package holdfast.sharing;

import holdfast.access.Action;
import holdfast.access.Explanations;
import holdfast.access.PathPattern;
import holdfast.access.Permit;
import holdfast.access.Role;
import holdfast.access.Scope;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.secret.Secret;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The only [Shares]: a record, the grant it lends and their events in one transaction.
final class KeptShares implements Shares {
    private static final int MOST_OF_SECRET = 100;

    private final Ground ground;
    private final ShareStore store;
    private final ShareListStore lists = new ShareListStore();
    private final Receivers receivers;
    private final Visits visits;

    KeptShares(Ground ground, ShareStore store, Visits visits) {
        this.ground = ground;
        this.store = store;
        this.receivers = new Receivers(ground);
        this.visits = visits;
    }

    @Override
    public Share give(Permit share, Permit read, UUID secret, Offer offer) {
        return give(share, read, secret, offer, (_, _) -> {});
    }

    /// What another tenant lent goes on to a third, as a share of the owner's that the caller's tenant gives.
    Share pass(Visits.Visit share, Visits.Visit read, Offer offer) {
        return give(
                share.there(),
                read.there(),
                share.row().secret(),
                offer,
                (tx, row) -> {
                    ground.access().policy().recheck(tx, share.home());
                    append(tx, share.home().principal(), new ShareEvent.Passed(row, "create"));
                });
    }

    private Share give(
            Permit share, Permit read, UUID secret, Offer offer, BiConsumer<Handle, Row> also) {
        ground.requireSharing(share.tenant());
        var kept = ground.vault().secrets().read(read, secret);
        var path = path(kept);
        share.requireFor(Action.SHARE_SECRET, path);
        var now = now();
        requireAhead(offer.terms().expires(), now);
        return changing(
                share.home().orElse(share.tenant()),
                tx -> {
                    ground.access().policy().recheck(tx, share);
                    ground.vault().secrets().requireKept(read, tx, secret);
                    var giver = share.principal();
                    ground.access()
                            .policy()
                            .requireHolds(
                                    tx,
                                    share,
                                    offer.terms().permission().actions(),
                                    PathPattern.exactly(path));
                    if (store.living(tx, share.tenant(), secret, now).size() >= MOST_OF_SECRET) {
                        throw Problem.CONFLICT.because(
                                "the secret has 100 shares; revoke some first");
                    }
                    var row = row(kept, receivers.find(tx, share, offer.with()), share, offer);
                    store.add(tx, row);
                    if (!row.isForeign()) {
                        ground.access().grants().lend(tx, row.tenant(), row.grant(now));
                    }
                    append(tx, giver, new ShareEvent.Given(row, named(row.with())));
                    tellOther(tx, giver, row, ShareEvent.Offered::new);
                    also.accept(tx, row);
                    return row;
                });
    }

    private Row row(Secret secret, Share.Party with, Permit share, Offer offer) {
        var path = path(secret);
        return new Row(
                share.tenant(),
                ground.ids().next(),
                secret.id(),
                new Row.Place(path, secret.service(), secret.account()),
                offer.terms().permission(),
                with,
                with.kind() == Share.Kind.TENANT ? Visits.received(share.tenant(), path) : "",
                Share.Party.of(share),
                now(),
                Optional.empty(),
                offer.terms().expires(),
                Optional.empty(),
                Optional.empty(),
                offer.metadata(),
                1);
    }

    @Override
    public Listing ofSecret(Permit share, UUID secret, ShareQuery query) {
        var tenant = share.tenant();
        var listing = listing(tenant, ShareListStore.Part.ofSecret(tenant, secret, now()), query);
        listing.items()
                .forEach(one ->
                        share.requireFor(
                                Action.SHARE_SECRET,
                                "secrets/" + one.service() + "/" + one.account()));
        return listing;
    }

    @Override
    public Listing list(Scope scope, Direction direction, ShareQuery query) {
        scope.requireFor(Action.READ_SECRET);
        return listing(scope.tenant(), part(scope, direction), query);
    }

    @Override
    public Listing all(Permit permit, ShareQuery query) {
        permit.requireFor(Action.READ_ACCESS, Explanations.RESOURCE);
        var tenant = permit.tenant();
        return listing(tenant, ShareListStore.Part.ofTenant(tenant, now()), query);
    }

    @Override
    public Statistics statistics(Scope scope, Direction direction) {
        scope.requireFor(Action.READ_SECRET);
        var part = part(scope, direction);
        return ground.database().readPlatform(tx -> lists.statistics(tx, part));
    }

    private ShareListStore.Part part(Scope scope, Direction direction) {
        var who = scope.principal();
        return switch (direction) {
            case GIVEN -> ShareListStore.Part.given(scope, now());
            case RECEIVED -> {
                var roles = ground.access().roles().of(scope.tenant(), who.id());
                yield ShareListStore.Part.received(
                        scope, roles.stream().map(Role::name).collect(Collectors.toSet()), now());
            }
        };
    }

    private Listing listing(TenantId asker, ShareListStore.Part part, ShareQuery query) {
        return ground.database()
                .readPlatform(tx -> {
                    var found = lists.window(tx, part, query);
                    var items = found.stream().limit(query.limit()).toList();
                    var next =
                            found.size() > query.limit()
                                    ? Optional.of(items.getLast().id().toString())
                                    : Optional.<String>empty();
                    return new Listing(shown(asker, items), next, lists.count(tx, part, query));
                });
    }

    @Override
    public Share change(Scope scope, UUID id, Terms terms, int expected) {
        scope.requireFor(Action.SHARE_SECRET);
        requireAhead(terms.expires(), now());
        var visit = visits.passing(scope, id);
        return changing(
                scope.tenant(),
                tx -> {
                    visit.ifPresent(one -> ground.access().policy().recheck(tx, one.home()));
                    var row = visit.isPresent() ? again(tx, visit.get().row()) : own(tx, scope, id);
                    requireOpen(row);
                    requireHolds(tx, scope, visit, terms.permission(), row.path());
                    var next = row.on(terms.permission(), terms.expires());
                    if (row.version() != expected || !store.change(tx, next)) {
                        throw Problem.VERSION_CONFLICT
                                .because("the share is at version " + row.version())
                                .with("version", row.version());
                    }
                    if (row.state(now()) == Share.State.ACTIVE) {
                        ground.access().grants().takeBack(tx, row.tenant(), id);
                        ground.access().grants().lend(tx, row.tenant(), next.grant(now()));
                    }
                    append(tx, scope.principal().in(row.tenant()), new ShareEvent.Changed(next));
                    tellGiver(tx, scope.principal(), next, "update");
                    return next;
                });
    }

    private void requireHolds(
            Handle tx, Scope scope, Optional<Visits.Visit> visit, Level level, String path) {
        var policy = ground.access().policy();
        var where = PathPattern.exactly(path);
        if (visit.isPresent()) {
            policy.requireHolds(tx, visit.get().there(), level.actions(), where);
        } else {
            policy.requireHolds(tx, scope.principal(), level.actions(), where);
        }
    }

    @Override
    public void revoke(Scope scope, UUID id) {
        scope.requireFor(Action.SHARE_SECRET);
        var passed = visits.passed(scope, id);
        changing(
                scope.tenant(),
                tx -> {
                    var row = passed.isPresent() ? again(tx, passed.get()) : own(tx, scope, id);
                    return revoked(tx, row, scope.principal());
                });
    }

    @Override
    public void revoke(Permit permit, UUID id) {
        permit.requireFor(Action.MANAGE_ACCESS, Explanations.RESOURCE);
        var tenant = permit.tenant();
        changing(
                tenant,
                tx -> {
                    ground.access().policy().recheck(tx, permit);
                    var row =
                            store.find(tx, tenant, id)
                                    .or(() -> store.passed(tx, tenant, id))
                                    .orElseThrow(Ground::missing);
                    return revoked(tx, row, permit.principal());
                });
    }

    /// Takes back what was shared of a secret, which goes for good.
    void end(Handle tx, TenantId tenant, UUID secret, Principal by) {
        store.living(tx, tenant, secret, now()).forEach(row -> revoked(tx, row, by));
    }

    private Row revoked(Handle tx, Row row, Principal by) {
        if (store.revoke(tx, row.tenant(), row.id(), now(), by)) {
            ground.access().grants().takeBack(tx, row.tenant(), row.id());
            append(tx, by.in(row.tenant()), new ShareEvent.Revoked(row));
            tellOther(tx, by, row, ShareEvent.Ended::new);
            tellGiver(tx, by, row, "revoke");
        }
        return row;
    }

    @Override
    public Share answer(Permit permit, UUID id, boolean accept) {
        permit.requireFor(Action.MANAGE_ACCESS, Explanations.RESOURCE);
        return visits.answer(permit, id, accept);
    }

    private Row again(Handle tx, Row row) {
        return store.find(tx, row.tenant(), row.id()).orElseThrow(Ground::missing);
    }

    private Row own(Handle tx, Scope scope, UUID id) {
        return store.find(tx, scope.tenant(), id)
                .filter(row -> row.by().id().equals(Optional.of(scope.principal().id())))
                .orElseThrow(Ground::missing);
    }

    private void requireOpen(Row row) {
        var state = row.state(now());
        if (state != Share.State.ACTIVE && state != Share.State.PENDING) {
            throw Problem.CONFLICT.because("the share is over: make a new one");
        }
    }

    private static void requireAhead(Optional<Instant> expires, Instant now) {
        if (expires.filter(end -> !end.isAfter(now)).isPresent()) {
            throw Receivers.invalid("/expires", "past", "must lie ahead");
        }
    }

    /// Rights hold from the next request on, on this node and, by the sequence of the tenant, on every other.
    private Share changing(TenantId tenant, Function<Handle, Row> change) {
        var row =
                ground.database()
                        .writePlatform(tx -> {
                            var made = change.apply(tx);
                            return store.find(tx, made.tenant(), made.id()).orElseThrow();
                        });
        ground.access().roles().refresh(row.tenant());
        return shown(tenant, List.of(row)).getFirst();
    }

    private void tellOther(Handle tx, Principal by, Row row, Function<Row, ShareEvent> event) {
        row.other()
                .filter(tenant -> ground.tenants().find(tx, tenant).isPresent())
                .ifPresent(tenant -> append(tx, by.in(tenant), event.apply(row)));
    }

    private void tellGiver(Handle tx, Principal by, Row row, String did) {
        row.passedBy()
                .filter(tenant -> ground.tenants().find(tx, tenant).isPresent())
                .ifPresent(tenant -> append(tx, by.in(tenant), new ShareEvent.Passed(row, did)));
    }

    private void append(Handle tx, Principal by, Event event) {
        ground.ledger().append(tx, by, event);
    }

    private List<Share> shown(TenantId asker, Collection<Row> rows) {
        var now = now();
        var owners = rows.stream().collect(Collectors.groupingBy(Row::tenant));
        var allows =
                owners.entrySet().stream()
                        .flatMap(one ->
                                ground
                                        .access()
                                        .grants()
                                        .inForce(
                                                one.getKey(),
                                                one.getValue().stream()
                                                        .map(Row::id)
                                                        .collect(Collectors.toSet()))
                                        .entrySet()
                                        .stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return rows.stream()
                .map(row ->
                        row.shown(
                                now,
                                allows.getOrDefault(row.id(), Set.of()),
                                row.tenant().equals(asker)
                                        ? Optional.empty()
                                        : ground.tenants()
                                                .find(row.tenant())
                                                .map(one -> one.name())))
                .toList();
    }

    private static String named(Share.Party with) {
        var kind = with.kind().name().toLowerCase(java.util.Locale.ROOT);
        return kind + "/" + with.id().map(UUID::toString).orElse(with.name());
    }

    private static String path(Secret secret) {
        return new holdfast.secret.SecretName(secret.service(), secret.account()).resource();
    }

    private Instant now() {
        return ground.clock().instant();
    }
}
