package holdfast.app;

import holdfast.access.AccessRoom;
import holdfast.administration.AdministrationRoom;
import holdfast.cluster.ClusterRoom;
import holdfast.generator.GeneratorRoom;
import holdfast.health.Gauge;
import holdfast.http.Route;
import holdfast.identity.IdentityRoom;
import holdfast.infrastructure.InfrastructureRoom;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.keys.KeysRoom;
import holdfast.ledger.LedgerRoom;
import holdfast.outbound.AddressPolicy;
import holdfast.outbound.GuardedOutbound;
import holdfast.seal.KeyStore;
import holdfast.seal.SealRoom;
import holdfast.seal.Unsealing;
import holdfast.server.Dispatcher;
import holdfast.server.Limits;
import holdfast.server.RouteTable;
import holdfast.server.Server;
import holdfast.server.ServerConfig;
import holdfast.server.StaticUi;
import holdfast.sharing.SharingRoom;
import holdfast.storage.Schema;
import holdfast.tenancy.TenancyRoom;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tenants;
import holdfast.vault.VaultRoom;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The server, put together from bottom to top, in the order of the picture.
final class Holdfast implements AutoCloseable {
    static final List<Schema> SCHEMAS =
            List.of(
                    ClusterRoom.SCHEMA,
                    LedgerRoom.schema(),
                    TenancyRoom.SCHEMA,
                    AccessRoom.SCHEMA,
                    IdentityRoom.SCHEMA,
                    VaultRoom.SCHEMA,
                    KeysRoom.SCHEMA,
                    SharingRoom.SCHEMA,
                    InfrastructureRoom.SCHEMA);

    private static final long HEADROOM = 64L << 20; // bytes of disk kept for those who signed in

    private final Deque<AutoCloseable> open;
    private final Server server;
    private final Config.Certificate certificate;
    private final Optional<String> setupCode;
    private final List<Route> routes;

    /// @param open takes what is opened on the way, to be closed also when the rest fails
    private Holdfast(
            Config config,
            InstantSource clock,
            SealedDoor.Waiting waiting,
            Deque<AutoCloseable> open) {
        this.open = open;
        var crypto = Chance.crypto();
        var ids = Chance.ids();

        // base
        var grounds = keep(Grounds.open(config, SCHEMAS));
        var database = grounds.database();
        var cluster = grounds.cluster();
        var outbound =
                new GuardedOutbound(
                        new AddressPolicy(config.outside().loopback(), config.outside().deny()),
                        InetAddress::getAllByName);

        // trust
        certificate = certificate(config, clock);
        var keys = SealRoom.assemble(crypto, grounds.keys(), unsealing(config), Chance.CLOCK);
        int port = config.port();
        var opening = Optional.<SealedDoor.Opened>empty();
        if (waitsForShares(keys)) {
            var door = new SealedDoor(keys, cluster.counters(), config.load());
            var opened = door.await(listening(config, port), waiting);
            port = opened.port();
            opening = Optional.of(opened);
        }
        requireOpen(config, keys);
        var seal = keys.seal();
        var ledgerRoom =
                keep(LedgerRoom.assemble(database, crypto, ids, clock, () -> isRoomy(config)));
        var ledger = ledgerRoom.ledger();
        opening.ifPresent(one -> one.record(ledger));
        var tenancy = TenancyRoom.assemble(database, ledger, clock);
        var tenants = tenancy.tenants();
        var access = AccessRoom.assemble(database, ledger, tenancy, clock);
        var identity =
                keep(
                        IdentityRoom.assemble(
                                new IdentityRoom.Ground(
                                        database,
                                        ledger,
                                        tenants,
                                        tenancy.quotas(),
                                        access,
                                        seal,
                                        cluster.counters(),
                                        crypto,
                                        clock,
                                        ids),
                                IdentityRoom.Hashing.MEASURED,
                                config.passwords()));

        // keepers
        var vault =
                VaultRoom.assemble(
                        new VaultRoom.Below(
                                database,
                                seal,
                                ledger,
                                tenants,
                                tenancy.quotas(),
                                access,
                                clock,
                                ids));
        var sharing =
                SharingRoom.assemble(
                        new SharingRoom.Below(
                                database,
                                crypto,
                                ledger,
                                tenants,
                                access,
                                identity.people(),
                                vault,
                                clock,
                                ids));
        var cache = new VaultCache(vault);
        var keyRoom =
                KeysRoom.assemble(
                        new KeysRoom.Below(
                                database, crypto, seal, ledger, access.policy(), clock, ids));
        var generator = GeneratorRoom.assemble(Chance.random(), ids);

        // automation
        var infrastructure =
                keep(
                        InfrastructureRoom.assemble(
                                new InfrastructureRoom.Below(
                                        database,
                                        crypto,
                                        seal,
                                        ledger,
                                        tenants,
                                        access.policy(),
                                        outbound,
                                        cluster.jobs(),
                                        new TenantSettings(tenants),
                                        clock,
                                        ids)));

        // what shows the others
        var administration =
                AdministrationRoom.assemble(
                        new AdministrationRoom.Ground(
                                database,
                                keys,
                                ledger,
                                ledgerRoom.proofs(seal),
                                tenancy,
                                access,
                                identity,
                                cluster.jobs(),
                                config.stateDir(),
                                config.unseal().keyFile(),
                                Version.text(),
                                clock,
                                ids),
                        List.of(
                                cache,
                                new SourcesCheck(infrastructure::sources),
                                new CertificateCheck(certificate.chain(), clock)),
                        List.of(
                                cache.gauge(),
                                new Gauge("holdfast_sources", "status", infrastructure::sources)));

        // edge
        routes =
                Stream.of(
                                identity.routes(),
                                administration.routes(),
                                vault.routes(),
                                keyRoom.routes(),
                                sharing.routes(),
                                generator.routes(),
                                infrastructure.routes())
                        .flatMap(List::stream)
                        .toList();
        var dispatcher =
                new Dispatcher(
                                new RouteTable(routes),
                                identity.signIn(),
                                new Limits(
                                        cluster.counters(),
                                        config.load().rates(),
                                        new TenantLimits(tenancy)),
                                new StaticUi(Holdfast.class.getClassLoader()),
                                ids,
                                new Watch(administration.metrics(), ledgerRoom.refusals()),
                                config.load().requestsInFlight())
                        .remember(IdentityRoom.repeats(database, seal, clock));
        tenancy.jobs().forEach(cluster.jobs()::register);
        identity.jobs().forEach(cluster.jobs()::register);
        vault.jobs().forEach(cluster.jobs()::register);
        ledgerRoom.jobs(seal, () -> retention(tenants)).forEach(cluster.jobs()::register);
        keep(cluster.jobs()).start();
        infrastructure.start();
        server = keep(new Server(listening(config, port), dispatcher, ids)).start();
        setupCode = identity.firstRun().newCode();
    }

    /// Opens everything and serves.
    ///
    /// @param clock decides what is over, due or fresh; jobs wake up by the machine's own
    /// @throws holdfast.kernel.Refusal with one sentence that says what to change
    /// @param waiting is told when the root key waits for shares; this returns when they have come
    static Holdfast start(Config config, InstantSource clock, SealedDoor.Waiting waiting) {
        var open = new ArrayDeque<AutoCloseable>();
        try {
            return new Holdfast(config, clock, waiting, open);
        } catch (RuntimeException failure) {
            close(open);
            throw failure;
        }
    }

    /// As above; nobody is told.
    static Holdfast start(Config config, InstantSource clock) {
        return start(config, clock, SealedDoor.Waiting.ALONE);
    }

    /// As above, by the machine's clock.
    static Holdfast start(Config config) {
        return start(config, Chance.CLOCK);
    }

    /// {@return everything the server answers, as `openapi.yaml` describes it}
    List<Route> routes() {
        return routes;
    }

    int port() {
        return server.port();
    }

    Path certificate() {
        return certificate.chain();
    }

    /// {@return what the first administrator has to type; empty when there is one}
    Optional<String> setupCode() {
        return setupCode;
    }

    private <T extends AutoCloseable> T keep(T room) {
        open.push(room);
        return room;
    }

    /// Opens the root key by the method of the configuration.
    ///
    /// @throws holdfast.kernel.Refusal SEALED, naming what the configuration must say when another method opens it
    static SealRoom unsealed(Config config, KeyStore keys) {
        var room = SealRoom.assemble(Chance.crypto(), keys, unsealing(config), Chance.CLOCK);
        if (waitsForShares(room)) {
            throw Problem.SEALED.because(
                    "the root key is unsealed by shares, which only `holdfast serve` takes: move it"
                            + " to another method first");
        }
        requireOpen(config, room);
        return room;
    }

    private static boolean waitsForShares(SealRoom room) {
        var status = room.seal().status();
        return !status.open() && status.shares().isPresent();
    }

    private static void requireOpen(Config config, SealRoom room) {
        var status = room.seal().status();
        if (!status.open()) {
            throw Problem.SEALED.because(
                    "the root key is unsealed by %s, but the configuration says %s: set `unseal: %s`%s"
                            .formatted(
                                    status.method(),
                                    config.unseal().byPassphrase() ? "passphrase" : "key-file",
                                    status.method(),
                                    config.unseal().byPassphrase()
                                            ? ""
                                            : " and `passphrase-file`"));
        }
    }

    private static Unsealing unsealing(Config config) {
        var unseal = config.unseal();
        return unseal.byPassphrase()
                ? new Unsealing.Passphrase(SecretBytes.ofUtf8(unseal.passphrase()))
                : new Unsealing.KeyFile(unseal.keyFile());
    }

    /// PostgreSQL keeps its own disk.
    private static boolean isRoomy(Config config) {
        return config.database().isPresent()
                || config.stateDir().toFile().getUsableSpace() > HEADROOM;
    }

    private static Map<TenantId, Duration> retention(Tenants tenants) {
        return tenants.all().stream()
                .collect(
                        Collectors.toMap(
                                Tenant::id,
                                one ->
                                        Duration.ofDays(
                                                tenants.settings(one.id()).auditRetentionDays())));
    }

    private Config.Certificate certificate(Config config, InstantSource clock) {
        var folder = StateDir.open(config.stateDir().resolve("tls"));
        if (config.certificate().isPresent()) {
            return config.certificate().get();
        }
        var own = new OwnCertificate(folder, clock, Chance.random());
        keep(new CertificateRenewal(() -> own.ensure(names(config))))
                .start(CertificateRenewal.EVERY);
        return own.ensure(names(config));
    }

    private static List<String> names(Config config) {
        if (!config.publicNames().isEmpty()) {
            return config.publicNames();
        }
        var names = new ArrayList<>(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
        try {
            names.addFirst(InetAddress.getLocalHost().getHostName());
        } catch (java.net.UnknownHostException _) {
            // a machine without a name is reached by address
        }
        return names.stream().distinct().toList();
    }

    private ServerConfig listening(Config config, int port) {
        return new ServerConfig(
                config.address(),
                port,
                certificate.chain(),
                certificate.key(),
                config.plainPort(),
                config.trustedProxies(),
                config.proxyHeader(),
                StateDir.open(config.stateDir().resolve("scratch")));
    }

    /// Stops from top to bottom: no new requests, no new jobs, then the rooms, then the database.
    @Override
    public void close() {
        close(open);
    }

    private static void close(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                org.slf4j.LoggerFactory.getLogger(Holdfast.class)
                        .atError()
                        .setCause(failure)
                        .log("stopping failed");
            }
        }
    }
}
