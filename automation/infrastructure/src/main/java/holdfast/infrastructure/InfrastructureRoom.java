package holdfast.infrastructure;

import holdfast.access.Policy;
import holdfast.cluster.Jobs;
import holdfast.crypto.Crypto;
import holdfast.http.Route;
import holdfast.kernel.Ids;
import holdfast.ledger.Ledger;
import holdfast.outbound.Outbound;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.tenancy.Tenants;
import holdfast.vcf.Appliances;
import holdfast.vcf.Pace;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Puts the room together. Close it before the database.
public final class InfrastructureRoom implements AutoCloseable {
    /// The tables of this room, to be migrated before [#assemble].
    public static final Schema SCHEMA = new Schema("infrastructure", InfrastructureRoom.class);

    private final Doors doors;
    private final List<Route> routes;
    private final Syncs syncs;
    private final SyncSchedule schedule;

    /// What the routes lead to.
    private record Doors(
            Environments environments,
            Credentials credentials,
            Overview overview,
            ConfigurationFiles files) {}

    private InfrastructureRoom(
            Doors doors, List<Route> routes, Syncs syncs, SyncSchedule schedule) {
        this.doors = doors;
        this.routes = List.copyOf(routes);
        this.syncs = syncs;
        this.schedule = schedule;
    }

    /// The rooms below.
    public record Below(
            Database database,
            Crypto crypto,
            Seal seal,
            Ledger ledger,
            Tenants tenants,
            Policy policy,
            Outbound outbound,
            Jobs jobs,
            Settings settings,
            InstantSource clock,
            Ids ids) {}

    /// Registers its jobs, so: before the clock starts. Then call [#start].
    public static InfrastructureRoom assemble(Below below) {
        return assemble(below, Pace.USUAL);
    }

    static InfrastructureRoom assemble(Below below, Pace pace) {
        var json = JsonMapper.builder().build();
        var stores =
                new Ground.Stores(
                        new EnvironmentStore(),
                        new SourceStore(json),
                        new RunStore(json),
                        new CredentialStore(),
                        new GridStore());
        var ground =
                new Ground(
                        below.database(),
                        below.seal(),
                        below.ledger(),
                        below.settings(),
                        below.clock(),
                        below.ids());
        var appliances = Appliances.over(below.outbound(), below.clock(), pace, Thread::sleep);
        var publication = new Publication(ground, stores);
        var syncs = new Syncs(ground, stores, publication, appliances);
        var runs = new Runs(ground, stores, syncs, new HeldRuns(ground, stores, publication));
        var environments =
                new StoredEnvironments(
                        ground, stores, new StoredEnvironments.Engines(runs, syncs, appliances));
        var schedule = new SyncSchedule(ground, stores, syncs, below.jobs(), below.tenants());
        schedule.register();
        syncs.onSchedule(schedule);
        environments.onSchedule(schedule);
        var doors =
                new Doors(
                        environments,
                        new SealedCredentials(ground, stores, below.policy()),
                        new Overview(ground, stores, below.policy()),
                        new ConfigurationFiles(
                                ground, stores, environments, syncs, below.crypto()));
        return new InfrastructureRoom(doors, routes(doors, below), syncs, schedule);
    }

    private static List<Route> routes(Doors doors, Below below) {
        var policy = below.policy();
        var routes = new ArrayList<Route>();
        routes.addAll(
                new EnvironmentRoutes(doors.environments(), doors.overview(), policy).routes());
        routes.addAll(new CredentialRoutes(doors.credentials(), policy, below.ids()).routes());
        routes.addAll(new ConfigurationRoutes(doors.files(), policy).routes());
        return routes;
    }

    /// Frees what the last process left behind and plans every source; after the clock has started.
    public void start() {
        schedule.start();
    }

    /// {@return how many sources stand how, in all tenants, by the name of their status}
    public Map<String, Long> sources() {
        return schedule.standing();
    }

    public Environments environments() {
        return doors.environments();
    }

    public Credentials credentials() {
        return doors.credentials();
    }

    Overview overview() {
        return doors.overview();
    }

    ConfigurationFiles configurationFiles() {
        return doors.files();
    }

    public List<Route> routes() {
        return routes;
    }

    /// Stops syncs that go on; what they staged is not seen and is cleaned by the next run.
    @Override
    public void close() {
        syncs.close();
    }
}
