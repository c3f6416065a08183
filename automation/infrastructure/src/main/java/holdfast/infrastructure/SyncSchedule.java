package holdfast.infrastructure;

import holdfast.cluster.Job;
import holdfast.cluster.Jobs;
import holdfast.estate.Run;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tenants;
import holdfast.vcf.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns the schedule of each source into plans of the clock. The sources decide; a plan that is lost is made again.
final class SyncSchedule implements Syncs.Schedule {
    static final String FAMILY = "infrastructure-sync";

    private static final Logger LOG = LoggerFactory.getLogger(SyncSchedule.class);
    private static final UUID SERVICE = new UUID(0x7000L, 0x8000000000000101L);
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final Duration RECOVERY = Duration.ofMinutes(1);

    private final Ground ground;
    private final Ground.Stores stores;
    private final Syncs syncs;
    private final Claims claims;
    private final Jobs jobs;
    private final Tenants tenants;

    SyncSchedule(Ground ground, Ground.Stores stores, Syncs syncs, Jobs jobs, Tenants tenants) {
        this.ground = ground;
        this.stores = stores;
        this.syncs = syncs;
        this.claims = new Claims(ground, stores);
        this.jobs = jobs;
        this.tenants = tenants;
    }

    /// Before the clock starts.
    void register() {
        jobs.register(FAMILY, this::turn, this::about);
        jobs.register(
                new Job(
                        "infrastructure-recovery",
                        RECOVERY,
                        () -> {
                            recover(ground.clock().instant());
                            planOverdue();
                        }));
    }

    /// Frees what the last process left behind, then plans every source.
    void start() {
        recover(
                ground.database().engine() == Database.Engine.SQLITE
                        ? Instant.MAX
                        : ground.clock().instant());
        for (var tenant : tenants.all()) {
            ground.database()
                    .read(tenant.id(), tx -> stores.sources().all(tx, tenant.id()))
                    .forEach(source -> moved(tenant.id(), source));
        }
    }

    /// @param before lease ends before which a run counts as dead; on SQLite nobody else can be running one
    private void recover(Instant before) {
        var latest =
                before.equals(Instant.MAX)
                        ? ground.clock().instant().plus(Duration.ofDays(3650))
                        : before;
        for (var tenant : tenants.all()) {
            recover(service(tenant.id()), latest);
        }
    }

    /// Plans again what is due and has no plan: its node died, or the plan could not be stored.
    private void planOverdue() {
        var now = ground.clock().instant();
        for (var tenant : tenants.all()) {
            ground
                    .database()
                    .read(tenant.id(), tx -> stores.sources().all(tx, tenant.id()))
                    .stream()
                    .filter(source -> source.isOverdue(now))
                    .forEach(source -> jobs.ensure(FAMILY, instance(tenant.id(), source), now));
        }
    }

    /// {@return how many configured sources stand how, by the name of their status}
    Map<String, Long> standing() {
        return tenants.all().stream()
                .flatMap(tenant ->
                        ground
                                .database()
                                .read(tenant.id(), tx -> stores.sources().all(tx, tenant.id()))
                                .stream())
                .filter(SourceRow::configured)
                .collect(
                        Collectors.groupingBy(
                                source -> source.status().name(), Collectors.counting()));
    }

    /// Frees what dead runs left behind: at start on one node, by and by on many.
    ///
    /// @param before lease ends before which a run counts as dead
    private void recover(Principal actor, Instant before) {
        var tenant = actor.tenant();
        var freed =
                ground.database()
                        .write(
                                tenant,
                                tx -> {
                                    var dead = stores.sources().free(tx, tenant, before);
                                    dead.forEach(row -> claims.endDead(tx, actor, row));
                                    return dead;
                                });
        freed.forEach(row ->
                LOG.atWarn()
                        .addKeyValue("environment", row.environment())
                        .addKeyValue("source", row.kind())
                        .log("sync was interrupted"));
    }

    @Override
    public void moved(TenantId tenant, SourceRow source) {
        var instance = instance(tenant, source);
        if (source.isScheduled()) {
            var next = source.nextRun().orElse(ground.clock().instant());
            jobs.plan(
                    FAMILY,
                    instance,
                    next.isBefore(ground.clock().instant()) ? ground.clock().instant() : next);
        } else {
            jobs.cancel(FAMILY, instance);
        }
    }

    private static String instance(TenantId tenant, SourceRow source) {
        return new Instance(tenant, source.environment(), source.kind()).toString();
    }

    private Optional<Jobs.About> about(String text) {
        var instance = Instance.of(text);
        var tenant = instance.tenant();
        return ground.database()
                .read(tenant, tx -> stores.environments().find(tx, tenant, instance.environment()))
                .map(row ->
                        new Jobs.About(
                                "Sync of %s: %s".formatted(row.name(), instance.kind().title()),
                                Map.of(
                                        "environmentId", row.id().toString(),
                                        "source", instance.kind().name())));
    }

    private void turn(String text) {
        var instance = Instance.of(text);
        var tenant = instance.tenant();
        var environment = instance.environment();
        var kind = instance.kind();
        var source =
                ground.database()
                        .read(tenant, tx -> stores.sources().find(tx, tenant, environment, kind));
        boolean served =
                tenants.all().stream()
                        .anyMatch(one ->
                                one.id().equals(tenant) && one.status() == Tenant.Status.ACTIVE);
        if (source.filter(SourceRow::isScheduled).isEmpty() || !served) {
            return;
        }
        try {
            syncs.start(
                    new Syncs.Start(
                            service(tenant), environment, List.of(kind), Run.Trigger.SCHEDULED));
        } catch (Refusal refusal) {
            if (refusal.problem() != Problem.ALREADY_RUNNING) {
                throw refusal;
            }
            LOG.atInfo()
                    .addKeyValue("environment", environment)
                    .log("a sync runs already; its turn comes later");
            jobs.plan(FAMILY, text, ground.clock().instant().plus(LATER));
        }
    }

    /// Which source a plan is for, written `tenant.environment.KIND`.
    private record Instance(TenantId tenant, UUID environment, SourceKind kind) {
        static Instance of(String text) {
            var parts = text.split("\\.", -1);
            return new Instance(
                    new TenantId(UUID.fromString(parts[0])),
                    UUID.fromString(parts[1]),
                    SourceKind.valueOf(parts[2]));
        }

        @Override
        public String toString() {
            return tenant + "." + environment + "." + kind;
        }
    }

    private static Principal service(TenantId tenant) {
        return new Principal(SERVICE, Principal.Kind.SERVICE, "schedule", tenant, Origin.INTERNAL);
    }
}
