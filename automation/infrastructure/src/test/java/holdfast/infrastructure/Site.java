package holdfast.infrastructure;

import holdfast.access.AccessRoom;
import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.access.Role;
import holdfast.cluster.ClusterRoom;
import holdfast.cluster.Jobs;
import holdfast.configuration.EnvironmentDraft;
import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.estate.Credential;
import holdfast.estate.CredentialQuery;
import holdfast.estate.Environment;
import holdfast.estate.Run;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.LedgerRoom;
import holdfast.outbound.AddressPolicy;
import holdfast.outbound.GuardedOutbound;
import holdfast.outbound.Outbound;
import holdfast.seal.KeyStore;
import holdfast.seal.SealRoom;
import holdfast.seal.Unsealing;
import holdfast.simulator.Simulator;
import holdfast.storage.Database;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import holdfast.tenancy.TenancyRoom;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import holdfast.vcf.Pace;
import holdfast.vcf.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A whole room over a real database, real sealing, a real ledger and the real client; ada may do everything.
final class Site implements AutoCloseable {
    static final Pace FAST =
            new Pace(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(3),
                    List.of(Duration.ofMillis(10), Duration.ofMillis(10)),
                    Duration.ofMillis(5),
                    16L * 1024 * 1024,
                    0);

    final MovableClock clock = new MovableClock();
    final Ids ids = new Ids(clock, new SecureRandom());
    final Crypto crypto = new ProviderCrypto(new SecureRandom());
    final TestDatabase.Place place;
    final Database database;
    final KeyStore keys;
    final LedgerRoom ledger;
    final AccessRoom access;
    final Policy policy;
    final PlannedJobs jobs = new PlannedJobs();
    final Jobs runner;
    final InfrastructureRoom room;
    final Principal ada;
    final Principal reader;

    /// For answers that do not come: waits for them a moment only, and takes no large ones.
    static final Pace IMPATIENT =
            new Pace(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(600),
                    List.of(Duration.ofMillis(5)),
                    Duration.ofMillis(5),
                    1024 * 1024,
                    0);

    private final Path folder;

    Site(TestDatabase engine) {
        this(engine.place(), temporary(), FAST, outbound());
    }

    Site(TestDatabase engine, UnaryOperator<Database> around) {
        this(engine.place(), temporary(), FAST, outbound(), around, site -> site.jobs);
    }

    /// {@return a place whose jobs are run by the real scheduler, by the clock of the place}
    static Site scheduled(TestDatabase engine) {
        return new Site(
                engine.place(),
                temporary(),
                FAST,
                outbound(),
                UnaryOperator.identity(),
                Site::real);
    }

    private static Jobs real(Site site) {
        return switch (site.place.config()) {
            case StorageConfig.Sqlite sqlite ->
                    ClusterRoom.onOneNode(site.database, sqlite.directory(), site.clock, "one")
                            .jobs();
            case StorageConfig.Postgres postgres ->
                    ClusterRoom.onSharedDatabase(
                                    site.database,
                                    Storage.connections(postgres, 3),
                                    site.clock,
                                    "one")
                            .jobs();
        };
    }

    Site(TestDatabase engine, Pace pace) {
        this(engine.place(), temporary(), pace, outbound());
    }

    Site(TestDatabase.Place place, Path folder, Pace pace, Outbound outbound) {
        this(place, folder, pace, outbound, UnaryOperator.identity(), site -> site.jobs);
    }

    private static Outbound outbound() {
        return new GuardedOutbound(new AddressPolicy(true, List.of()), InetAddress::getAllByName);
    }

    private Site(
            TestDatabase.Place place,
            Path folder,
            Pace pace,
            Outbound outbound,
            UnaryOperator<Database> around,
            Function<Site, Jobs> clockwork) {
        this.place = place;
        this.folder = folder;
        this.database =
                around.apply(
                        place.open(
                                ClusterRoom.SCHEMA,
                                LedgerRoom.schema(),
                                TenancyRoom.SCHEMA,
                                AccessRoom.SCHEMA,
                                InfrastructureRoom.SCHEMA));
        this.keys = KeyStore.sqlite(folder);
        var seal =
                SealRoom.assemble(
                                crypto,
                                keys,
                                new Unsealing.KeyFile(folder.resolve("master.key")),
                                clock)
                        .seal();
        this.ledger = LedgerRoom.assemble(database, crypto, ids, clock);
        var tenancy = TenancyRoom.assemble(database, ledger.ledger(), clock);
        var tenants = tenancy.tenants();
        this.access = AccessRoom.assemble(database, ledger.ledger(), tenancy, clock);
        this.policy = access.policy();
        this.ada = person("ada", clock.instant());
        this.reader = person("rita", clock.instant());
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    access.roles().assign(tx, ada, ada.id(), Set.of(Role.ADMIN));
                    access.roles().assign(tx, ada, reader.id(), Set.of(Role.READ_ONLY));
                    return true;
                });
        access.roles().refresh(TenantId.DEFAULT);
        this.runner = clockwork.apply(this);
        this.room =
                InfrastructureRoom.assemble(
                        new InfrastructureRoom.Below(
                                database,
                                crypto,
                                seal,
                                ledger.ledger(),
                                tenants,
                                policy,
                                outbound,
                                runner,
                                Settings.USUAL,
                                clock,
                                ids),
                        pace);
        runner.start();
        room.start();
    }

    /// The same place after the process has died.
    Site again() {
        return new Site(place, folder, FAST, outbound());
    }

    /// The same place after the process has ended and begun again with another patience.
    Site again(Pace pace) {
        close();
        return new Site(place, folder, pace, outbound());
    }

    private Principal person(String name, Instant confirmed) {
        return new Principal(
                UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Principal.Kind.USER,
                name,
                TenantId.DEFAULT,
                Origin.INTERNAL,
                Standing.ofSession(confirmed));
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("holdfast-infrastructure").resolve("keys");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Permit may(Action action, String resource) {
        return policy.permit(ada, action, resource);
    }

    static EnvironmentDraft.Source source(Simulator simulator) {
        return source(
                simulator,
                simulator.password(),
                new Trust(Trust.Mode.PIN, Optional.of(simulator.fingerprint()), Optional.empty()));
    }

    static EnvironmentDraft.Source source(Simulator simulator, String password, Trust trust) {
        return new EnvironmentDraft.Source(
                "localhost",
                Optional.of(simulator.port()),
                simulator.user(),
                Optional.of(SecretBytes.ofUtf8(password)),
                Optional.of(trust),
                Optional.empty());
    }

    Environment create(
            String name,
            Optional<EnvironmentDraft.Source> installer,
            Optional<EnvironmentDraft.Source> manager) {
        return room.environments()
                .create(
                        may(Action.MANAGE_ENVIRONMENT, Environments.ANY),
                        new EnvironmentDraft(name, Optional.empty(), installer, manager));
    }

    Environment create(Simulator manager) {
        return create("site", Optional.empty(), Optional.of(source(manager)));
    }

    Environment read(UUID id) {
        return room.environments()
                .read(may(Action.READ_ENVIRONMENT, Environments.resource(id)), id);
    }

    Run sync(UUID id) {
        var permit = may(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        var run = room.environments().sync(permit, id, Optional.empty());
        return await(id, run.id());
    }

    Run await(UUID id, UUID run) {
        var permit = may(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        return Await.value(
                "the end of a run",
                () ->
                        Optional.of(
                                        room.environments()
                                                .await(permit, id, run, Duration.ofSeconds(15)))
                                .filter(now -> now.status() != Run.Status.RUNNING));
    }

    List<Credential> list(UUID id) {
        return list(id, CredentialQuery.ALL, 1000);
    }

    List<Credential> list(UUID id, CredentialQuery query, int limit) {
        return room.credentials()
                .list(
                        policy.scope(ada, Action.READ_CREDENTIAL),
                        Optional.of(id),
                        query,
                        new CredentialQuery.Window(0, Optional.empty(), limit))
                .items();
    }

    String reveal(Credential credential) {
        return reveal(credential, Optional.empty());
    }

    String reveal(Credential credential, Optional<Integer> version) {
        var permit =
                may(
                        Action.REVEAL_CREDENTIAL,
                        Credentials.resource(credential.environmentId(), credential.id()));
        try (var value =
                room.credentials()
                        .reveal(
                                permit,
                                credential.environmentId(),
                                credential.id(),
                                Credentials.Purpose.VIEW,
                                version)
                        .value()) {
            return value.revealUtf8();
        }
    }

    /// {@return account → value of everything that is present}
    Map<String, String> values(UUID id) {
        var values = new HashMap<String, String>();
        for (var credential : list(id)) {
            if (credential.hasValue()) {
                values.put(account(credential), reveal(credential));
            }
        }
        return values;
    }

    static String account(Credential credential) {
        return credential.resourceType()
                + " "
                + credential.resourceName()
                + " "
                + credential.credentialType()
                + " "
                + credential.username();
    }

    static Map<String, String> valuesOf(Simulator simulator) {
        var values = new HashMap<String, String>();
        simulator
                .estate()
                .credentials()
                .forEach(row ->
                        values.put(
                                row.component().type()
                                        + " "
                                        + row.component().name()
                                        + " "
                                        + row.account().credentialType()
                                        + " "
                                        + row.account().username(),
                                row.password()));
        return values;
    }

    List<Entry> events() {
        Await.until("the ledger to be in order", () -> true);
        return ledger.ledger().after(TenantId.DEFAULT, 0, 1000);
    }

    List<Entry> events(String action) {
        return Await.value(
                "event " + action,
                () ->
                        Optional.of(
                                        events().stream()
                                                .filter(entry -> entry.action().equals(action))
                                                .toList())
                                .filter(found -> !found.isEmpty()));
    }

    @Override
    public void close() {
        runner.close();
        room.close();
        ledger.close();
        keys.close();
        database.close();
    }
}
