package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.cluster.Jobs;
import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.storage.Database;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import holdfast.vcf.SourceKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// A schedule goes on whatever happens to one turn, on both databases, run by the real scheduler.
@ParameterizedClass
@EnumSource
class SyncScheduleTest {
    private static final Duration INTERVAL = Duration.ofHours(2); // longer than the usual schedule

    private static final Duration SOON = Duration.ofSeconds(61);

    private final TestDatabase engine;
    private final Simulator manager =
            Simulator.start(SimulatorOptions.defaults(InstantSource.system()));

    SyncScheduleTest(TestDatabase engine) {
        this.engine = engine;
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void each_turn_plans_the_next() {
        try (var site = Site.scheduled(engine)) {
            var id = synced(site);
            for (int turn = 2; turn <= 3; turn++) {
                awaitPlan(site);
                site.clock.advance(INTERVAL);
                awaitRuns(site, id, turn);
            }
            awaitPlan(site);
        }
    }

    @Test
    void a_plan_that_was_lost_is_made_again_by_the_recovery() {
        try (var site = Site.scheduled(engine)) {
            var id = synced(site);
            lose(site);
            site.clock.advance(INTERVAL);
            site.runner.runNow("infrastructure-recovery");

            awaitRuns(site, id, 2);
            awaitPlan(site);
        }
    }

    @Test
    void a_run_whose_node_died_is_ended_and_its_schedule_goes_on() {
        try (var site = Site.scheduled(engine)) {
            var id = synced(site);
            lose(site);
            site.clock.advance(INTERVAL);
            claimedElsewhere(site, id);
            site.clock.advance(Claims.LEASE.plusSeconds(1));
            site.runner.runNow("infrastructure-recovery");

            awaitRuns(site, id, 2);
            awaitPlan(site);
        }
    }

    @Test
    void a_run_that_cannot_even_be_ended_has_a_next_turn() {
        var broken = new AtomicBoolean();
        try (var site = new Site(engine, database -> new Breakable(database, broken))) {
            var id = synced(site);
            site.jobs.plans.clear();
            broken.set(true);
            var permit = site.may(Action.SYNC_ENVIRONMENT, Environments.resource(id));
            site.room.environments().sync(permit, id, Optional.empty());

            Await.until("the next turn is planned", () -> !site.jobs.plans.isEmpty());
        }
    }

    @Test
    void a_source_that_does_not_answer_is_tried_again_soon_and_then_ever_later() {
        try (var site = new Site(engine)) {
            var id = synced(site);
            manager.faults().add(Fault.of(FaultKind.STATUS, 503).on("/v1/credentials"));
            assertThat(nextAfterSync(site, id)).isBetween(Duration.ofSeconds(50), SOON);

            site.clock.advance(Duration.ofMinutes(70)); // ten minutes after its turn
            assertThat(nextAfterSync(site, id))
                    .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));

            site.clock.advance(Duration.ofHours(5));
            assertThat(nextAfterSync(site, id))
                    .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
        }
    }

    @Test
    void what_does_not_pass_by_itself_waits_for_its_turn() {
        try (var site = new Site(engine)) {
            var id = synced(site);
            manager.faults().add(Fault.of(FaultKind.STATUS, 403).on("/v1/credentials"));

            assertThat(nextAfterSync(site, id))
                    .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
        }
    }

    @Test
    void settings_that_were_read_during_a_run_do_not_bring_its_status_back() {
        try (var site = new Site(engine)) {
            var id = synced(site);
            var store = new SourceStore(JsonMapper.shared());
            site.database.write(
                    TenantId.DEFAULT,
                    tx -> {
                        status(tx, id, "RUNNING");
                        var read =
                                store.find(tx, TenantId.DEFAULT, id, SourceKind.SDDC_MANAGER)
                                        .orElseThrow();
                        status(tx, id, "OK");
                        store.configure(tx, TenantId.DEFAULT, read);
                        return true;
                    });

            assertThat(site.read(id).sddcManager().orElseThrow().status())
                    .isEqualTo(SourceStatus.OK);
        }
    }

    private static int status(Handle tx, UUID id, String status) {
        return tx.createUpdate(
                        "UPDATE infrastructure_source SET status = :status WHERE environment_id = :id")
                .bind("status", status)
                .bind("id", id)
                .execute();
    }

    private static Duration nextAfterSync(Site site, UUID id) {
        site.sync(id);
        var next = site.read(id).sddcManager().orElseThrow().nextRun().orElseThrow();
        return Duration.between(site.clock.instant(), next);
    }

    private UUID synced(Site site) {
        var id = site.create(manager).id();
        assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
        return id;
    }

    private static void lose(Site site) {
        var plan = awaitPlan(site);
        site.runner.cancel(plan.name(), plan.instance());
    }

    /// Another node has the source, and will not be heard of again.
    private static void claimedElsewhere(Site site, UUID id) {
        site.database.write(
                TenantId.DEFAULT,
                tx ->
                        tx.createUpdate(
                                        """
                                        UPDATE infrastructure_source
                                           SET status = 'RUNNING', fence = fence + 1, lease_until = :until
                                         WHERE environment_id = :environment
                                        """)
                                .bind("until", site.clock.instant().plus(Claims.LEASE))
                                .bind("environment", id)
                                .execute());
    }

    private static void awaitRuns(Site site, UUID id, int wanted) {
        var permit = site.may(Action.READ_ENVIRONMENT, Environments.resource(id));
        Await.until(
                wanted + " runs have ended well",
                () ->
                        site.room
                                        .environments()
                                        .runs(
                                                permit,
                                                id,
                                                Optional.of(Run.Status.SUCCESS),
                                                Optional.empty(),
                                                10)
                                        .items()
                                        .size()
                                >= wanted);
    }

    private static Jobs.Status awaitPlan(Site site) {
        return Await.value(
                "the next turn is planned",
                () ->
                        site.runner.statuses().stream()
                                .filter(job -> job.name().equals(SyncSchedule.FAMILY))
                                .filter(job -> !job.running())
                                .filter(job ->
                                        job.next().orElseThrow().isAfter(site.clock.instant()))
                                .findFirst());
    }

    /// A database that runs can no longer write to once it is broken; people can.
    private record Breakable(Database database, AtomicBoolean broken) implements Database {
        @Override
        public <T extends @Nullable Object> T read(TenantId tenant, Function<Handle, T> work) {
            return database.read(tenant, work);
        }

        @Override
        public <T extends @Nullable Object> T write(TenantId tenant, Function<Handle, T> work) {
            if (broken.get() && Thread.currentThread().getName().startsWith("sync-")) {
                throw Problem.STORAGE_FULL.because("the disk is full");
            }
            return database.write(tenant, work);
        }

        @Override
        public Engine engine() {
            return database.engine();
        }

        @Override
        public Figures figures() {
            return database.figures();
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
