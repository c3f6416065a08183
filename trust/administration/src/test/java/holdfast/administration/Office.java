package holdfast.administration;

import holdfast.access.AccessRoom;
import holdfast.access.Role;
import holdfast.cluster.ClusterRoom;
import holdfast.cluster.Job;
import holdfast.cluster.Jobs;
import holdfast.crypto.Argon2Cost;
import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.health.Health;
import holdfast.http.Content;
import holdfast.http.Response;
import holdfast.identity.IdentityRoom;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.ledger.LedgerRoom;
import holdfast.ledger.Proofs;
import holdfast.seal.KeyStore;
import holdfast.seal.Seal;
import holdfast.seal.SealRoom;
import holdfast.seal.Unsealing;
import holdfast.storage.Database;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import holdfast.tenancy.Quotas;
import holdfast.tenancy.TenancyRoom;
import holdfast.tenancy.Tenants;
import holdfast.tenancy.Usage;
import holdfast.testkit.Await;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// The rooms up to administration on one database, the handlers as functions, and people of every role.
final class Office implements AutoCloseable {
    final TestClock clock = new TestClock();
    final Crypto crypto = new ProviderCrypto(new SecureRandom());
    final Path directory = directory();
    final AtomicInteger runs = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();
    final Database database;
    final LedgerRoom ledger;
    final Tenants tenants;
    final Quotas quotas;
    final Usage usage;
    final AccessRoom access;
    final Proofs proofs;
    final Seal seal;
    final Jobs jobs;
    final AdministrationRoom room;
    final Principal admin;
    final Principal auditor;
    final Principal operator;
    final Principal reader;
    private final KeyStore keys = KeyStore.sqlite(directory);

    Office(TestDatabase engine, Health.Check... more) {
        var place = engine.place();
        database =
                place.open(
                        ClusterRoom.SCHEMA,
                        LedgerRoom.schema(),
                        TenancyRoom.SCHEMA,
                        AccessRoom.SCHEMA,
                        IdentityRoom.SCHEMA);
        var ids = new Ids(clock, new SecureRandom());
        ledger = LedgerRoom.assemble(database, crypto, ids, clock);
        var tenancy = TenancyRoom.assemble(database, ledger.ledger(), clock);
        tenants = tenancy.tenants();
        quotas = tenancy.quotas();
        usage = tenancy.usage();
        access = AccessRoom.assemble(database, ledger.ledger(), tenancy, clock);
        var sealRoom = seal();
        seal = sealRoom.seal();
        proofs = ledger.proofs(seal);
        var cluster = cluster(place.config());
        jobs = cluster.jobs();
        jobs.register("chore", _ -> {});
        jobs.register(new Job("sweep", Duration.ofHours(1), this::sweep));
        jobs.register("errand", _ -> {}, Office::errand);
        var identity =
                IdentityRoom.assemble(
                        new IdentityRoom.Ground(
                                database,
                                ledger.ledger(),
                                tenants,
                                tenancy.quotas(),
                                access,
                                seal,
                                cluster.counters(),
                                crypto,
                                clock,
                                ids),
                        new IdentityRoom.Hashing(1, Optional.of(Argon2Cost.LEAST)));
        room =
                AdministrationRoom.assemble(
                        new AdministrationRoom.Ground(
                                database,
                                sealRoom,
                                ledger.ledger(),
                                proofs,
                                tenancy,
                                access,
                                identity,
                                jobs,
                                directory,
                                directory.resolve("master.key"),
                                "0.1.0",
                                clock,
                                ids),
                        List.of(more));
        jobs.start();
        admin = person("ada", 1, Role.ADMIN);
        auditor = person("alan", 2, Role.AUDITOR);
        operator = person("otto", 3, Role.OPERATOR);
        reader = person("rosa", 4, Role.READ_ONLY);
    }

    private static Optional<Jobs.About> errand(String where) {
        return Optional.of(new Jobs.About("Errand to the " + where, Map.of("source", where)));
    }

    private void sweep() {
        runs.incrementAndGet();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the broom is broken");
        }
    }

    private SealRoom seal() {
        return SealRoom.assemble(
                crypto, keys, new Unsealing.KeyFile(directory.resolve("master.key")), clock);
    }

    private ClusterRoom cluster(StorageConfig config) {
        var now = InstantSource.system(); // the scheduler's own threads wait in real time
        return switch (config) {
            case StorageConfig.Sqlite _ -> ClusterRoom.onOneNode(database, directory, now, "one");
            case StorageConfig.Postgres postgres ->
                    ClusterRoom.onSharedDatabase(
                            database, Storage.connections(postgres, 3), now, "one");
        };
    }

    Principal person(String name, long id, Role role) {
        var person =
                new Principal(
                        new UUID(0x7000L, id),
                        Principal.Kind.USER,
                        name,
                        TenantId.DEFAULT,
                        new Origin("192.0.2." + id, new UUID(9, id)));
        assign(person, Set.of(role));
        return person;
    }

    void assign(Principal person, Set<Role> roles) {
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    access.roles().assign(tx, person, person.id(), roles);
                    return true;
                });
        access.roles().refresh(TenantId.DEFAULT);
    }

    /// Makes a user of a person, who can sign in from then on.
    void enrol(Principal person) {
        enrol(person.id(), person.name());
    }

    void enrol(UUID id, String name) {
        database.writePlatform(tx ->
                tx.createUpdate(
                                """
                                INSERT INTO identity_user (tenant_id, id, name, folded, full_name, email, password,
                                       must_change, disabled, created, version)
                                VALUES (:tenant, :id, :name, :name, '', '', '-', FALSE, FALSE, 0, 1)
                                """)
                        .bind("tenant", TenantId.PLATFORM.value())
                        .bind("id", id)
                        .bind("name", name)
                        .execute());
    }

    /// {@return a machine of the tenant, without a role}
    UUID machine(String name) {
        var id = new UUID(0x7001L, 1);
        database.writePlatform(tx ->
                tx.createUpdate(
                                """
                                INSERT INTO identity_machine (tenant_id, id, name, folded, description, disabled,
                                       created, version)
                                VALUES (:tenant, :id, :name, :name, '', FALSE, 0, 1)
                                """)
                        .bind("tenant", TenantId.DEFAULT.value())
                        .bind("id", id)
                        .bind("name", name)
                        .execute());
        return id;
    }

    /// {@return a user who does not belong to the tenant of the others}
    UUID elsewhere() {
        var id = UUID.randomUUID();
        enrol(id, "u" + id);
        return id;
    }

    /// Records events and waits until they can be read.
    void record(Principal actor, Event... events) {
        for (var event : events) {
            ledger.ledger().record(actor, event);
        }
        settle();
    }

    void settle() {
        Await.until(
                "every event has its place",
                () ->
                        database.readPlatform(tx ->
                                tx.createQuery("SELECT count(*) FROM ledger_pending")
                                                .mapTo(Long.class)
                                                .one()
                                        == 0));
    }

    Response get(Principal by, String target) {
        return send(Asked.of(by, "GET", target));
    }

    /// {@return what the route answers as a record}
    <T> T get(Principal by, String target, Class<T> type) {
        return type.cast(((Content.Json) get(by, target).content()).body());
    }

    Response send(Asked asked) {
        var route =
                room.routes().stream()
                        .filter(one -> asked.at(one).isPresent())
                        .min(Comparator.comparing(one -> one.path().contains("{")))
                        .orElseThrow();
        return route.handler().handle(asked.at(route).orElseThrow());
    }

    static byte[] bytes(Response response) {
        try {
            var out = new ByteArrayOutputStream();
            switch (response.content()) {
                case Content.Whole(var all) -> out.write(all);
                case Content.Streamed(var writer) -> writer.write(out);
                default -> throw new AssertionError("no bytes in " + response);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Response response) {
        return new String(bytes(response), StandardCharsets.UTF_8);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("office-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        jobs.close();
        ledger.close();
        database.close();
        keys.close();
    }

    /// An event of these tests.
    record Did(
            String action,
            String resource,
            Map<String, Object> body,
            Event.Outcome outcome,
            Event.Severity severity)
            implements Event {
        static Did of(String action, String resource, Map<String, Object> body) {
            return new Did(action, resource, body, Event.Outcome.SUCCESS, Event.Severity.INFO);
        }

        Did refused() {
            return new Did(action, resource, body, Event.Outcome.REFUSED, Event.Severity.WARNING);
        }
    }
}
