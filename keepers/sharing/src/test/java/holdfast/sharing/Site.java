package holdfast.sharing;

import holdfast.access.AccessRoom;
import holdfast.access.Action;
import holdfast.access.Explanations;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.access.Role;
import holdfast.crypto.ProviderCrypto;
import holdfast.identity.People;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.LedgerRoom;
import holdfast.seal.KeyStore;
import holdfast.seal.SealRoom;
import holdfast.seal.Unsealing;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.storage.Database;
import holdfast.tenancy.Metadata;
import holdfast.tenancy.Rules;
import holdfast.tenancy.TenancyRoom;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tier;
import holdfast.testkit.Await;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import holdfast.vault.Secrets;
import holdfast.vault.VaultRoom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Vault and sharing over a real database, real sealing and a real ledger. Ada is a USER, who may do all with secrets.
final class Site implements AutoCloseable, People {
    final TestClock clock = new TestClock();
    final Ids ids = new Ids(clock, new SecureRandom());
    final Database database;
    final KeyStore keys;
    final LedgerRoom ledger;
    final TenancyRoom tenancy;
    final AccessRoom access;
    final Policy policy;
    final VaultRoom vault;
    final SharingRoom room;
    final LinkOpening opening;
    final Principal ada;
    private final Map<UUID, String> names = new HashMap<>();
    private final Map<UUID, Principal> machines = new HashMap<>();

    Site(TestDatabase engine) {
        this(engine, UnaryOperator.identity());
    }

    /// @param around sees every statement that is sent
    Site(TestDatabase engine, UnaryOperator<Database> around) {
        var crypto = new ProviderCrypto(new SecureRandom());
        database =
                around.apply(
                        engine.open(
                                LedgerRoom.schema(),
                                TenancyRoom.SCHEMA,
                                AccessRoom.SCHEMA,
                                VaultRoom.SCHEMA,
                                SharingRoom.SCHEMA));
        var folder = temporary();
        keys = KeyStore.sqlite(folder);
        var seal =
                SealRoom.assemble(
                                crypto,
                                keys,
                                new Unsealing.KeyFile(folder.resolve("master.key")),
                                clock)
                        .seal();
        ledger = LedgerRoom.assemble(database, crypto, ids, clock);
        tenancy = TenancyRoom.assemble(database, ledger.ledger(), clock);
        access = AccessRoom.assemble(database, ledger.ledger(), tenancy, clock);
        policy = access.policy();
        vault =
                VaultRoom.assemble(
                        new VaultRoom.Below(
                                database,
                                seal,
                                ledger.ledger(),
                                tenancy.tenants(),
                                tenancy.quotas(),
                                access,
                                clock,
                                ids));
        room =
                SharingRoom.assemble(
                        new SharingRoom.Below(
                                database,
                                crypto,
                                ledger.ledger(),
                                tenancy.tenants(),
                                access,
                                this,
                                vault,
                                clock,
                                ids));
        opening =
                new LinkOpening(
                        new Ground(
                                database,
                                ledger.ledger(),
                                tenancy.tenants(),
                                access,
                                this,
                                vault,
                                clock,
                                ids),
                        new LinkStore(),
                        crypto);
        ada = person("ada", Role.USER);
    }

    /// {@return somebody of the first tenant with these roles; with none, nobody knows them yet}
    Principal person(String name, Role... roles) {
        return person(TenantId.DEFAULT, name, roles);
    }

    Principal person(TenantId tenant, String name, Role... roles) {
        var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        names.put(id, name);
        var person =
                new Principal(
                        id,
                        Principal.Kind.USER,
                        name,
                        tenant,
                        Origin.INTERNAL,
                        Standing.ofSession(clock.instant()));
        assign(person, roles);
        return person;
    }

    /// {@return a program of the tenant that has no role, acting by a token}
    Principal machine(TenantId tenant, String name, Action... actions) {
        var machine =
                new Principal(
                        ids.next(),
                        Principal.Kind.MACHINE,
                        name,
                        tenant,
                        Origin.INTERNAL,
                        Standing.ofToken(
                                Stream.of(actions).map(Action::name).collect(Collectors.toSet())));
        machines.put(machine.id(), machine);
        return machine;
    }

    void assign(Principal person, Role... roles) {
        database.write(
                person.tenant(),
                tx -> {
                    access.roles().assign(tx, person, person.id(), Set.of(roles));
                    return true;
                });
        access.roles().refresh(person.tenant());
    }

    TenantId tenant(String name) {
        var id = new TenantId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
        var now = clock.instant();
        database.writePlatform(tx -> {
            tenancy.tenants()
                    .add(
                            tx,
                            new Tenant(
                                    id,
                                    name,
                                    Tier.ENTERPRISE,
                                    Tenant.Status.ACTIVE,
                                    now,
                                    now,
                                    Rules.USUAL,
                                    Metadata.NONE,
                                    1));
            return true;
        });
        tenancy.tenants().refresh();
        return id;
    }

    /// Lets the tenant that the server came with share secrets, or not.
    void sharing(boolean allowed) {
        var before = tenancy.tenants().find(TenantId.DEFAULT).orElseThrow();
        var rules = new Rules(List.of(), List.of(), allowed, true, true);
        var next =
                new Tenant(
                        before.id(),
                        before.name(),
                        before.tier(),
                        before.status(),
                        before.created(),
                        clock.instant(),
                        rules,
                        before.metadata(),
                        before.version() + 1);
        database.writePlatform(tx -> {
            tenancy.tenants().replace(tx, next);
            return true;
        });
        tenancy.tenants().refresh(before.id());
    }

    Secret create(String account, String value) {
        var name = new SecretName("prod", account);
        var draft =
                new Secrets.Draft(
                        name,
                        new Content(Content.Kind.TEXT, SecretBytes.ofUtf8(value)),
                        new holdfast.secret.Details("", List.of(), Map.of()),
                        new holdfast.secret.Upkeep(
                                Optional.empty(),
                                holdfast.secret.Upkeep.OnExpiry.MARK,
                                10,
                                Optional.empty()));
        return vault.secrets()
                .create(policy.permit(ada, Action.WRITE_SECRET, name.resource()), draft);
    }

    void destroy(Secret secret) {
        var permit = permit(ada, Action.DELETE_SECRET, secret);
        vault.secrets().delete(permit, secret.id(), secret.version());
        vault.secrets().destroy(permit, secret.id());
    }

    String open(Principal who, Secret secret) {
        var permit = vault.permits().on(who, Action.REVEAL_SECRET, secret.id());
        var use = new Secrets.Use(Optional.empty(), Set.of(), Optional.empty());
        return text(vault.secrets().open(permit, secret.id(), use));
    }

    static String text(Secrets.Opened opened) {
        try (var content = ((Secrets.Opened.Value) opened).content()) {
            return content.bytes().revealUtf8();
        }
    }

    Share share(Principal from, Secret secret, Shares.Receiver with, Level level) {
        return share(from, secret, with, new Shares.Terms(level, Optional.empty()));
    }

    Share share(Principal from, Secret secret, Shares.Receiver with, Shares.Terms terms) {
        return room.shares()
                .give(
                        permit(from, Action.SHARE_SECRET, secret),
                        permit(from, Action.READ_SECRET, secret),
                        secret.id(),
                        new Shares.Offer(with, terms, Metadata.NONE));
    }

    Links.Made link(Secret secret, Links.Terms terms) {
        return room.links()
                .make(
                        permit(ada, Action.SHARE_SECRET, secret),
                        permit(ada, Action.REVEAL_SECRET, secret),
                        secret.id(),
                        terms);
    }

    Permit permit(Principal who, Action action, Secret secret) {
        return vault.permits().on(who, action, secret.id());
    }

    Permit managing(Principal who) {
        return policy.permit(who, Action.MANAGE_ACCESS, Explanations.RESOURCE);
    }

    static Shares.Receiver user(Principal person) {
        return new Shares.Receiver.One(Principal.Kind.USER, person.id());
    }

    /// {@return the events of one kind in one tenant, once there are so many}
    List<Entry> events(TenantId tenant, String action, int least) {
        return Await.value(
                least + " events " + action,
                () ->
                        Optional.of(
                                        ledger.ledger().after(tenant, 0, 1_000).stream()
                                                .filter(entry -> entry.action().equals(action))
                                                .toList())
                                .filter(found -> found.size() >= least));
    }

    @Override
    public Optional<String> name(Handle tx, UUID user) {
        return Optional.ofNullable(names.get(user));
    }

    @Override
    public Map<UUID, String> names(Handle tx, Collection<UUID> users) {
        return users.stream()
                .filter(names::containsKey)
                .collect(Collectors.toMap(one -> one, one -> name(tx, one).orElseThrow()));
    }

    @Override
    public Optional<UUID> named(Handle tx, String username) {
        return names.entrySet().stream()
                .filter(one -> one.getValue().equals(username))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public Map<UUID, String> machines(Handle tx, TenantId tenant, Collection<UUID> ids) {
        return machines.values().stream()
                .filter(one -> one.tenant().equals(tenant) && ids.contains(one.id()))
                .collect(Collectors.toMap(Principal::id, Principal::name));
    }

    @Override
    public Optional<UUID> machine(Handle tx, TenantId tenant, String name) {
        return machines.values().stream()
                .filter(one -> one.tenant().equals(tenant) && one.name().equals(name))
                .map(Principal::id)
                .findFirst();
    }

    @Override
    public boolean canSignIn(Handle tx, UUID user) {
        return names.containsKey(user);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("holdfast-sharing").resolve("keys");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        ledger.close();
        keys.close();
        database.close();
    }
}
