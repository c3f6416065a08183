package holdfast.vault;

import holdfast.access.AccessRoom;
import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.PathPattern;
import holdfast.access.Policy;
import holdfast.access.Role;
import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.LedgerRoom;
import holdfast.seal.KeyStore;
import holdfast.seal.Seal;
import holdfast.seal.SealRoom;
import holdfast.seal.Unsealing;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.SecretQuery;
import holdfast.secret.Upkeep;
import holdfast.storage.Database;
import holdfast.tenancy.Quotas;
import holdfast.tenancy.Rules;
import holdfast.tenancy.TenancyRoom;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tenants;
import holdfast.testkit.Await;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A whole room over a real database, real sealing and a real ledger; ada may do everything.
final class Site implements AutoCloseable {
    final TestClock clock = new TestClock();
    final Ids ids = new Ids(clock, new SecureRandom());
    final Database database;
    final KeyStore keys;
    final Seal seal;
    final LedgerRoom ledger;
    final AccessRoom access;
    final Policy policy;
    final VaultRoom room;
    final Tenants tenants;
    final Quotas quotas;
    final Principal ada = person("ada");

    Site(TestDatabase engine) {
        this(engine, UnaryOperator.identity());
    }

    Site(TestDatabase engine, UnaryOperator<Database> around) {
        var crypto = new ProviderCrypto(new SecureRandom());
        this.database =
                around.apply(
                        engine.open(
                                LedgerRoom.schema(),
                                TenancyRoom.SCHEMA,
                                AccessRoom.SCHEMA,
                                VaultRoom.SCHEMA));
        var folder = temporary();
        this.keys = KeyStore.sqlite(folder);
        this.seal =
                SealRoom.assemble(
                                crypto,
                                keys,
                                new Unsealing.KeyFile(folder.resolve("master.key")),
                                clock)
                        .seal();
        this.ledger = LedgerRoom.assemble(database, crypto, ids, clock);
        var tenancy = TenancyRoom.assemble(database, ledger.ledger(), clock);
        var tenants = tenancy.tenants();
        this.quotas = tenancy.quotas();
        this.access = AccessRoom.assemble(database, ledger.ledger(), tenancy, clock);
        this.policy = access.policy();
        roles(ada, Role.ADMIN);
        this.tenants = tenants;
        this.room =
                VaultRoom.assemble(
                        new VaultRoom.Below(
                                database,
                                seal,
                                ledger.ledger(),
                                tenants,
                                quotas,
                                access,
                                clock,
                                ids));
    }

    Principal person(String name) {
        return new Principal(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                Principal.Kind.USER,
                name,
                TenantId.DEFAULT,
                Origin.INTERNAL,
                Standing.ofSession(clock.instant()));
    }

    /// {@return somebody with one role}
    Principal person(String name, Role role) {
        var person = person(name);
        roles(person, role);
        return person;
    }

    private void roles(Principal person, Role role) {
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    access.roles().assign(tx, ada, person.id(), Set.of(role));
                    return true;
                });
        access.roles().refresh(TenantId.DEFAULT);
    }

    UUID grant(Principal person, Grant.Effect effect, String pattern, Set<Action> actions) {
        var grant =
                new Grant(
                        ids.next(),
                        new Grant.Subject.One(person.id()),
                        effect,
                        actions,
                        new PathPattern(pattern),
                        clock.instant(),
                        ada.id(),
                        Optional.empty());
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    access.grants().add(tx, TenantId.DEFAULT, grant);
                    return true;
                });
        access.roles().refresh(TenantId.DEFAULT);
        return grant.id();
    }

    /// Lends part of somebody's right on one secret.
    void lend(Principal giver, Principal to, Secret secret, Set<Action> actions) {
        var loan =
                new Grant.Loan(giver.id(), giver.kind(), actions, path(secret), Optional.empty());
        var grant = Grant.lent(ids.next(), new Grant.Subject.One(to.id()), loan, clock.instant());
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    access.grants().lend(tx, TenantId.DEFAULT, grant);
                    return true;
                });
        access.roles().refresh(TenantId.DEFAULT);
    }

    void revoke(UUID grant) {
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    access.grants().remove(tx, TenantId.DEFAULT, grant);
                    return true;
                });
        access.roles().refresh(TenantId.DEFAULT);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("holdfast-vault").resolve("keys");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// {@return what the routes ask for permits on ids}
    Permits permits() {
        return new Permits(
                new Ground(
                        database,
                        seal,
                        ledger.ledger(),
                        policy,
                        clock,
                        ids,
                        quotas,
                        new SealedCache(_ -> true),
                        List.of(),
                        new Alarms(database, ledger.ledger(), access, clock, ids)),
                new Ground.Stores());
    }

    Secrets secrets() {
        return room.secrets();
    }

    /// Lets ciphertext of the tenant stay in memory, or not.
    void caching(boolean allowed) {
        var before = tenants.find(TenantId.DEFAULT).orElseThrow();
        var next =
                new Tenant(
                        before.id(),
                        before.name(),
                        before.tier(),
                        before.status(),
                        before.created(),
                        clock.instant(),
                        new Rules(List.of(), List.of(), true, true, allowed),
                        before.metadata(),
                        before.version() + 1);
        database.writePlatform(tx -> {
            tenants.replace(tx, next);
            return true;
        });
        tenants.refresh(before.id());
    }

    Secret create(String service, String account, String value) {
        return create(service, account, value, Details.NONE, Upkeep.USUAL);
    }

    Secret create(String service, String account, String value, Details details, Upkeep upkeep) {
        var name = new SecretName(service, account);
        return secrets()
                .create(
                        policy.permit(ada, Action.WRITE_SECRET, name.resource()),
                        new Secrets.Draft(name, text(value), details, upkeep));
    }

    Secret put(Secret secret, String value, int expected) {
        var permit = policy.permit(ada, Action.WRITE_SECRET, path(secret));
        return secrets().put(permit, secret.id(), new Secrets.NewValue(text(value), ""), expected);
    }

    String open(Secret secret) {
        return open(secret, Optional.empty());
    }

    String open(Secret secret, Optional<Integer> version) {
        return open(ada, secret, version);
    }

    String open(Principal who, Secret secret, Optional<Integer> version) {
        var permit = policy.permit(who, Action.REVEAL_SECRET, path(secret));
        var use = new Secrets.Use(version, Set.of(), Optional.empty());
        var opened = (Secrets.Opened.Value) secrets().open(permit, secret.id(), use);
        try (var content = opened.content()) {
            return content.bytes().revealUtf8();
        }
    }

    static Content text(String value) {
        return new Content(Content.Kind.TEXT, SecretBytes.ofUtf8(value));
    }

    static String path(Secret secret) {
        return new SecretName(secret.service(), secret.account()).resource();
    }

    static SecretQuery everything() {
        return new SecretQuery(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Secret.State.ACTIVE,
                SecretQuery.Sort.NAME,
                false,
                Optional.empty(),
                1_000,
                true);
    }

    static Details details(List<String> tags, Map<String, Object> metadata) {
        return new Details("", tags, metadata);
    }

    List<Entry> events() {
        return ledger.ledger().after(TenantId.DEFAULT, 0, 1_000);
    }

    /// {@return the events of one kind, once there is one}
    List<Entry> events(String action) {
        return events(action, 1);
    }

    /// {@return the events of one kind, once there are so many: on PostgreSQL they are put in order a moment later}
    List<Entry> events(String action, int least) {
        return Await.value(
                least + " events " + action,
                () ->
                        Optional.of(
                                        events().stream()
                                                .filter(entry -> entry.action().equals(action))
                                                .toList())
                                .filter(found -> found.size() >= least));
    }

    @Override
    public void close() {
        ledger.close();
        keys.close();
        database.close();
    }
}
