package holdfast.vault;

import static holdfast.access.Action.DELETE_SECRET;
import static holdfast.access.Action.READ_SECRET;
import static holdfast.access.Action.REVEAL_SECRET;
import static holdfast.access.Action.WRITE_SECRET;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.kernel.Cursor;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.secret.Change;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.SecretQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The only [Secrets]: seals before the transaction, opens after it, and writes each change and its event in one.
final class KeptSecrets implements Secrets {
    private static final int MAX_FOLDERS = 1_000;

    private final Ground ground;
    private final Ground.Stores stores;
    private final Writing writing;
    private final Reading reading;
    private final Uses uses;
    private final Ground.Reach reach;

    KeptSecrets(Ground ground, Ground.Stores stores) {
        this(ground, stores, new Ground.Reach(ground.database(), Optional.empty()));
    }

    private KeptSecrets(Ground ground, Ground.Stores stores, Ground.Reach reach) {
        this.ground = ground;
        this.stores = stores;
        this.reach = reach;
        this.writing = new Writing(ground, stores);
        this.reading = new Reading(ground, stores, reach);
        this.uses = new Uses(ground.ledger());
    }

    @Override
    public Secret create(Permit permit, Draft draft) {
        permit.requireFor(WRITE_SECRET, draft.name().resource());
        var stamp = Row.Stamp.of(now(), permit.principal());
        var made = first(permit, draft, stamp);
        return reach.write(
                permit.tenant(),
                tx -> {
                    ground.policy().recheck(tx, permit);
                    if (!writing.add(tx, permit.tenant(), made)) {
                        throw Problem.CONFLICT
                                .because("there is a secret with this name already")
                                .with("field", "account");
                    }
                    record(tx, permit, new VaultEvent.Created(subject(made.row())));
                    return shown(made.row());
                });
    }

    private Writing.Prepared first(Permit permit, Draft draft, Row.Stamp stamp) {
        try (var sealing = ground.sealing(permit.tenant())) {
            return Drafts.first(sealing, ground.ids().next(), draft, stamp);
        } finally {
            draft.content().close();
        }
    }

    @Override
    public Listing list(Scope scope, SecretQuery query) {
        scope.requireFor(READ_SECRET);
        var tenant = scope.tenant();
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var lines = stores.grid().window(tx, tenant, scope, query);
                            var shown = Cursor.shown(lines, query.limit());
                            return new Listing(
                                    shown.stream().map(line -> shown(line.row())).toList(),
                                    Cursor.next(
                                            lines,
                                            query.limit(),
                                            last -> new Cursor(last.place(), last.row().id())),
                                    query.total()
                                            ? Optional.of(
                                                    stores.grid().count(tx, tenant, scope, query))
                                            : Optional.empty());
                        });
    }

    /// One look at an index for each folder, however much lies in it.
    @Override
    public List<Folder> folders(Scope scope, Optional<String> under) {
        scope.requireFor(READ_SECRET);
        var tenant = scope.tenant();
        var above =
                under.map(folder -> SecretName.below(folder, "?under"))
                        .map(below -> below.substring(SecretName.below().length()))
                        .orElse("");
        var end = above.isEmpty() ? Optional.<String>empty() : Optional.of(GridStore.beside(above));
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var names = new LinkedHashSet<String>();
                            var from = above;
                            while (names.size() < MAX_FOLDERS) {
                                var found = stores.grid().service(tx, tenant, scope, from, end);
                                if (found.isEmpty()) {
                                    break;
                                }
                                var service = found.get();
                                int slash = service.indexOf('/', above.length());
                                var folder = slash < 0 ? service : service.substring(0, slash);
                                names.add(folder);
                                // `a-b` sorts between `a` and `a/b`: past one name, or past all
                                // below it
                                from = folder + (slash < 0 ? '\1' : (char) ('/' + 1));
                            }
                            return names.stream()
                                    .sorted()
                                    .map(name -> new Folder(name, name.substring(above.length())))
                                    .toList();
                        });
    }

    @Override
    public Secret read(Permit permit, UUID id) {
        return shown(row(permit, READ_SECRET, id));
    }

    @Override
    public Secret find(Permit permit, SecretName name) {
        permit.requireFor(READ_SECRET, name.resource());
        var tenant = permit.tenant();
        return shown(
                ground.database()
                        .read(tenant, tx -> stores.secrets().find(tx, tenant, name))
                        .orElseThrow(Ground::missing));
    }

    @Override
    public Opened open(Permit permit, UUID id, Use use) {
        return reading.open(permit, id, use);
    }

    Secrets with(Alongside alongside) {
        return new KeptSecrets(
                ground, stores, new Ground.Reach(ground.database(), Optional.of(alongside)));
    }

    @Override
    public Secret requireKept(Permit permit, Handle tx, UUID id) {
        var row = stores.secrets().find(tx, permit.tenant(), id).orElseThrow(Ground::missing);
        permit.requireOn(row.name().resource(), READ_SECRET, REVEAL_SECRET);
        if (row.isDeleted()) {
            throw Ground.deleted();
        }
        return shown(row);
    }

    @Override
    public Secret put(Permit permit, UUID id, NewValue value, int expected) {
        try (var content = value.content();
                var sealing = ground.sealing(permit.tenant())) {
            var before = at(permit, id, expected);
            var how = new Sealing.How(Secret.Origin.VALUE, Optional.empty(), value.why());
            var made = Drafts.next(sealing, permit, before, content, before.details(), how, now());
            return advance(
                    permit,
                    Drafts.prepared(before, made, before.upkeep()),
                    new VaultEvent.Updated(subject(before, made.version()), List.of("value")));
        }
    }

    @Override
    public Secret change(Permit permit, UUID id, Change change, int expected) {
        var before = at(permit, id, expected);
        var details = change.over(before.details());
        var upkeep = change.over(before.upkeep());
        var changed = Drafts.changed(before, details, upkeep);
        try (var sealing = ground.sealing(permit.tenant());
                var content = sealing.open(kept(permit.tenant(), id, expected))) {
            var how = new Sealing.How(Secret.Origin.DETAILS, Optional.empty(), change.why());
            var made = Drafts.next(sealing, permit, before, content, details, how, now());
            return advance(
                    permit,
                    Drafts.prepared(before, made, upkeep),
                    new VaultEvent.Updated(subject(before, made.version()), changed));
        }
    }

    @Override
    public Secret rollBack(Permit permit, UUID id, int to, String why, int expected) {
        var before = at(permit, id, expected);
        var source = kept(permit.tenant(), id, to);
        try (var sealing = ground.sealing(permit.tenant());
                var content = sealing.open(source)) {
            var how = new Sealing.How(Secret.Origin.ROLLBACK, Optional.of(to), why);
            var made = Drafts.next(sealing, permit, before, content, source.details(), how, now());
            return advance(
                    permit,
                    Drafts.prepared(before, made, before.upkeep()),
                    new VaultEvent.RolledBack(subject(before, made.version()), to));
        }
    }

    private Secret advance(Permit permit, Writing.Prepared made, VaultEvent.OfOne event) {
        var tenant = permit.tenant();
        return reach.write(
                tenant,
                tx -> {
                    ground.policy().recheck(tx, permit);
                    if (!writing.advance(tx, tenant, made)) {
                        throw writing.whyNot(tx, tenant, made.row().id());
                    }
                    record(tx, permit, event);
                    return shown(made.row());
                });
    }

    @Override
    public List<Secret.Version> versions(Permit permit, UUID id) {
        var row = row(permit, READ_SECRET, id);
        var tenant = permit.tenant();
        var kept = ground.database().read(tenant, tx -> stores.versions().history(tx, tenant, id));
        var versions = new ArrayList<Secret.Version>();
        for (int i = 0; i < kept.size(); i++) {
            var one = kept.get(i);
            boolean same = i + 1 < kept.size() && kept.get(i + 1).mark().equals(one.mark());
            versions.add(
                    new Secret.Version(
                            one.version(),
                            one.origin(),
                            one.source(),
                            one.change(),
                            one.shape().kind(),
                            one.shape().size(),
                            same,
                            one.made().at(),
                            one.made().by(),
                            one.version() == row.version()));
        }
        return versions;
    }

    @Override
    public Comparison compare(Permit permit, Optional<Permit> reveal, UUID id, int from, int to) {
        var row = row(permit, READ_SECRET, id);
        reveal.ifPresent(one -> one.requireFor(REVEAL_SECRET, row.name().resource()));
        if (reveal.isPresent() && row.isDeleted()) {
            throw Ground.deleted();
        }
        return reading.compare(permit, reveal, row, from, to);
    }

    @Override
    public Usage usage(Permit permit, UUID id) {
        var row = row(permit, READ_SECRET, id);
        return uses.of(permit.tenant(), row);
    }

    @Override
    public Secret delete(Permit permit, UUID id, int expected) {
        var tenant = permit.tenant();
        var now = ground.clock().instant();
        return reach.write(
                tenant,
                tx -> {
                    requireOn(tx, permit, DELETE_SECRET, id);
                    if (!writing.delete(tx, tenant, id, expected, now)) {
                        throw writing.whyNot(tx, tenant, id);
                    }
                    var row = stores.secrets().find(tx, tenant, id).orElseThrow();
                    var end = now.plus(Writing.UNDELETE).toString();
                    record(tx, permit, new VaultEvent.Deleted(subject(row), end));
                    return shown(row);
                });
    }

    @Override
    public Secret undelete(Permit permit, UUID id) {
        var tenant = permit.tenant();
        return reach.write(
                tenant,
                tx -> {
                    requireOn(tx, permit, DELETE_SECRET, id);
                    if (!stores.secrets().undelete(tx, tenant, id)) {
                        throw notDeleted();
                    }
                    var row = stores.secrets().find(tx, tenant, id).orElseThrow();
                    record(tx, permit, new VaultEvent.Undeleted(subject(row)));
                    return shown(row);
                });
    }

    @Override
    public void destroy(Permit permit, UUID id) {
        var tenant = permit.tenant();
        reach.write(
                tenant,
                tx -> {
                    var row = requireOn(tx, permit, DELETE_SECRET, id);
                    if (!writing.destroy(tx, tenant, id)) {
                        throw notDeleted();
                    }
                    record(tx, permit, new VaultEvent.Destroyed(subject(row)));
                    return true;
                });
        ground.farewells().forEach(one -> one.after(tenant));
    }

    private static holdfast.kernel.Refusal notDeleted() {
        return Problem.CONFLICT.because("the secret is not deleted");
    }

    /// {@return the secret, at the version that its caller saw, for a change}
    private Row at(Permit permit, UUID id, int expected) {
        var row = row(permit, WRITE_SECRET, id);
        if (row.isDeleted()) {
            throw Ground.deleted();
        }
        if (row.version() != expected) {
            throw Ground.stale(row.version());
        }
        return row;
    }

    private Row row(Permit permit, Action action, UUID id) {
        var tenant = permit.tenant();
        var row =
                ground.database()
                        .read(tenant, tx -> stores.secrets().find(tx, tenant, id))
                        .orElseThrow(Ground::missing);
        permit.requireFor(action, row.name().resource());
        return row;
    }

    private Row requireOn(Handle tx, Permit permit, Action action, UUID id) {
        ground.policy().recheck(tx, permit);
        var row = stores.secrets().find(tx, permit.tenant(), id).orElseThrow(Ground::missing);
        permit.requireFor(action, row.name().resource());
        return row;
    }

    private Row.Version kept(TenantId tenant, UUID id, int version) {
        return ground.database()
                .read(tenant, tx -> stores.versions().find(tx, tenant, id, version))
                .orElseThrow(
                        () -> Problem.NOT_FOUND.because("version " + version + " is not kept"));
    }

    private void record(Handle tx, Permit permit, VaultEvent.OfOne event) {
        var told =
                permit.home()
                        .<VaultEvent>map(home -> new VaultEvent.ByVisitor(event, home.value()))
                        .orElse(event);
        ground.ledger().append(tx, permit.principal(), told);
        reach.also(tx, event.subject().version());
    }

    private Secret shown(Row row) {
        return row.shown(now());
    }

    private java.time.Instant now() {
        return ground.clock().instant();
    }

    static VaultEvent.Subject subject(Row row) {
        return subject(row, row.version());
    }

    private static VaultEvent.Subject subject(Row row, int version) {
        return new VaultEvent.Subject(row.name().resource(), row.id(), version);
    }
}
