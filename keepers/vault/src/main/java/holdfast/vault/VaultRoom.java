package holdfast.vault;

import holdfast.access.AccessRoom;
import holdfast.cluster.Job;
import holdfast.http.Route;
import holdfast.kernel.Ids;
import holdfast.ledger.Ledger;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.tenancy.Quotas;
import holdfast.tenancy.Tenants;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Puts the room together.
public final class VaultRoom {
    /// The tables of this room, to be migrated before [#assemble].
    public static final Schema SCHEMA = new Schema("vault", VaultRoom.class);

    private final Doors doors;
    private final List<Route> routes;
    private final List<Job> jobs;
    private final SealedCache cache;
    private final List<Farewell> farewells;

    /// What the routes lead to.
    private record Doors(
            KeptSecrets secrets,
            Batches batches,
            SecretExports exports,
            Canaries canaries,
            Permits permits) {}

    private VaultRoom(Doors doors, List<Route> routes, List<Job> jobs, Ground ground) {
        this.doors = doors;
        this.routes = List.copyOf(routes);
        this.jobs = List.copyOf(jobs);
        this.cache = ground.cache();
        this.farewells = ground.farewells();
    }

    /// The rooms below.
    public record Below(
            Database database,
            Seal seal,
            Ledger ledger,
            Tenants tenants,
            Quotas quotas,
            AccessRoom access,
            InstantSource clock,
            Ids ids) {}

    /// What the cache of ciphertext has done since the start.
    ///
    /// @param size entries held now
    public record CacheFigures(long size, long hits, long misses, long evictions) {
        /// {@return from 0 to 1; 0 before the first question}
        public double hitRate() {
            return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
        }
    }

    public static VaultRoom assemble(Below below) {
        var stores = new Ground.Stores();
        var cache = new SealedCache(tenant -> below.tenants().rules(tenant).caching());
        var ground =
                new Ground(
                        below.database(),
                        below.seal(),
                        below.ledger(),
                        below.access().policy(),
                        below.clock(),
                        below.ids(),
                        below.quotas(),
                        cache,
                        new CopyOnWriteArrayList<>(),
                        new Alarms(
                                below.database(),
                                below.ledger(),
                                below.access(),
                                below.clock(),
                                below.ids()));
        var policy = below.access().policy();
        var secrets = new KeptSecrets(ground, stores);
        var batches = new SealedBatches(ground, stores);
        var routes = new ArrayList<Route>();
        var permits = new Permits(ground, stores);
        routes.addAll(new SecretRoutes(secrets, policy, permits).routes());
        routes.addAll(new BatchRoutes(batches, policy).routes());
        var exports = new SealedExports(ground, stores);
        routes.addAll(new ExportRoutes(exports, policy, below.ids()).routes());
        var canaries = new KeptCanaries(ground, stores);
        routes.addAll(new CanaryRoutes(canaries, policy).routes());
        var retention = new Retention(ground, stores, below.tenants());
        return new VaultRoom(
                new Doors(secrets, batches, exports, canaries, permits),
                routes,
                List.of(retention.job()),
                ground);
    }

    public Secrets secrets() {
        return doors.secrets();
    }

    /// {@return secrets with something else written in the transaction of every opening and change, which may span
    /// tenants; what it refuses has not happened}
    public Secrets secrets(Secrets.Alongside alongside) {
        return doors.secrets().with(alongside);
    }

    public Batches batches() {
        return doors.batches();
    }

    public SecretExports exports() {
        return doors.exports();
    }

    public Canaries canaries() {
        return doors.canaries();
    }

    /// {@return what makes permits on secrets that are known by id}
    public Permits permits() {
        return doors.permits();
    }

    /// Has `farewell` told of every secret that goes for good; for when rooms are put together.
    public void onDestroy(Farewell farewell) {
        farewells.add(farewell);
    }

    public List<Route> routes() {
        return routes;
    }

    /// {@return what this room does by itself, to be registered before the clock starts}
    public List<Job> jobs() {
        return jobs;
    }

    public CacheFigures cache() {
        return cache.figures();
    }
}
