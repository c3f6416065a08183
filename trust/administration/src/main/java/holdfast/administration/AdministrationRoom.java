package holdfast.administration;

import holdfast.access.AccessRoom;
import holdfast.cluster.Job;
import holdfast.cluster.Jobs;
import holdfast.health.Gauge;
import holdfast.health.Health;
import holdfast.health.Metrics;
import holdfast.health.OwnChecks;
import holdfast.http.Observer;
import holdfast.http.Route;
import holdfast.identity.IdentityRoom;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.ledger.Proofs;
import holdfast.seal.SealRoom;
import holdfast.storage.Database;
import holdfast.tenancy.TenancyRoom;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Puts the room together. It has no tables of its own.
///
/// @param metrics for the dispatcher: counts answers, keeps who used up a limit
public record AdministrationRoom(List<Route> routes, Observer metrics, Health health) {
    private static final UUID JOBS = new UUID(0x686f6c6466617374L, 0x6a6f6273L);

    /// What the room stands on.
    ///
    /// @param directory where the state is kept, for the check of the disk
    /// @param keyFile   of the configuration: where a move to a key file makes it
    /// @param version   of this program
    public record Ground(
            Database database,
            SealRoom seal,
            Ledger ledger,
            Proofs proofs,
            TenancyRoom tenancy,
            AccessRoom access,
            IdentityRoom identity,
            Jobs jobs,
            Path directory,
            Path keyFile,
            String version,
            InstantSource clock,
            Ids ids) {}

    /// Before the jobs are started.
    ///
    /// @param more checks that the rooms above bring
    public static AdministrationRoom assemble(Ground ground, List<Health.Check> more) {
        return assemble(ground, more, List.of());
    }

    /// As above.
    ///
    /// @param gauges numbers that the rooms above bring
    public static AdministrationRoom assemble(
            Ground ground, List<Health.Check> more, List<Gauge> gauges) {
        var policy = ground.access().policy();
        var own =
                OwnChecks.of(
                        ground.database(),
                        ground.seal().seal(),
                        ground.ledger(),
                        ground.jobs(),
                        ground.directory(),
                        ground.clock());
        var health =
                new Health(
                        Stream.concat(own.stream(), more.stream()).toList(),
                        ground.version(),
                        ground.clock());
        ground.jobs().onFailed(failed -> tell(ground.ledger(), failed));
        var metrics = new Metrics(ground.database(), ground.jobs(), ground.directory(), gauges);
        var system =
                new SystemRoutes(
                        policy,
                        health,
                        metrics,
                        ground.identity().firstRun(),
                        ground.tenancy().tenants(),
                        ground.version());
        var settings =
                new SettingsRoutes(
                        ground.database(), policy, ground.tenancy().tenants(), ground.ledger());
        var keys =
                new SealRoutes(
                        ground.database(),
                        policy,
                        ground.seal(),
                        ground.keyFile(),
                        ground.ledger());
        var events = new EventStream(policy, ground.identity().signIn(), ground.ledger());
        var proofs = new ProofRoutes(policy, ground.proofs(), ground.ledger(), ground.clock());
        var routes =
                Stream.of(
                                system.routes(),
                                settings.routes(),
                                keys.routes(),
                                new ShareRoutes(ground.seal(), () -> {}).routes(),
                                new ServiceKeyRoutes(
                                                ground.database(),
                                                policy,
                                                ground.seal().keys(),
                                                ground.ledger())
                                        .routes(),
                                new AuditRoutes(policy, ground.ledger()).routes(),
                                proofs.routes(),
                                rights(ground),
                                tenants(ground),
                                new UsageRoutes(
                                                ground.database(),
                                                policy,
                                                ground.tenancy(),
                                                ground.clock())
                                        .routes(),
                                new JobRoutes(ground.jobs(), ground.ledger(), policy).routes(),
                                events.routes())
                        .flatMap(List::stream)
                        .toList();
        return new AdministrationRoom(routes, new Watch(metrics, ground.ledger()), health);
    }

    /// What answers are told to: the metrics count them, the ledger keeps who used up a limit.
    private record Watch(Metrics metrics, Ledger ledger) implements Observer {
        @Override
        public void answered(String method, String route, int status, long nanoseconds) {
            metrics.answered(method, route, status, nanoseconds);
        }

        @Override
        public void open(int now) {
            metrics.open(now);
        }

        @Override
        public void limited(Principal who, String route) {
            ledger.record(who, new AdministrationEvent.LimitReached(route));
        }
    }

    private static List<Route> rights(Ground ground) {
        var access = ground.access();
        var people = ground.identity().people();
        var changes = new AccessChanges(ground.database(), access, people, ground.ledger());
        var names = new MemberNames(ground.database(), access, people);
        return Stream.of(
                        new AccessRoutes(
                                        ground.database(),
                                        access,
                                        changes,
                                        names,
                                        ground.ids(),
                                        ground.clock())
                                .routes(),
                        new RoleRoutes(ground.database(), access, changes, ground.clock()).routes(),
                        new ExplainRoutes(access, names).routes())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Route> tenants(Ground ground) {
        var people = ground.identity().people();
        var life =
                new TenantLife(
                        ground.database(),
                        ground.tenancy().tenants(),
                        ground.access(),
                        people,
                        new Shredding(ground.seal().keys(), ground.proofs(), ground.clock()),
                        ground.jobs(),
                        ground.ledger(),
                        ground.clock());
        ground.jobs().register(new Job(TenantLife.JOB, Duration.ofHours(1), life::finish));
        return new TenantRoutes(
                        ground.database(),
                        ground.access(),
                        ground.tenancy().tenants(),
                        ground.tenancy().quotas(),
                        life,
                        people,
                        ground.ids(),
                        ground.clock())
                .routes();
    }

    private static void tell(Ledger ledger, Jobs.Failed failed) {
        var service =
                new Principal(
                        JOBS, Principal.Kind.SERVICE, "jobs", TenantId.DEFAULT, Origin.INTERNAL);
        ledger.record(
                service,
                new AdministrationEvent.JobFailed(
                        failed.name(), failed.instance(), failed.failures()));
    }
}
