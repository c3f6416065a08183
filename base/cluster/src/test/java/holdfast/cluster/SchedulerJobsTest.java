package holdfast.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import holdfast.storage.Database;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class SchedulerJobsTest {
    private static final int TURNS = 60;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Instant LATER = Instant.parse("9999-01-01T00:00:00Z");

    private final TestDatabase engine;
    private final InstantSource clock = InstantSource.system();

    SchedulerJobsTest(TestDatabase engine) {
        this.engine = engine;
    }

    @Test
    void a_recurring_job_runs_at_start_and_when_asked_for() {
        with((database, config) -> {
            var runs = new AtomicInteger();
            try (var jobs = jobs(database, config, "one")) {
                jobs.register(new Job("checkpoint", LONG, runs::incrementAndGet));
                jobs.start();
                Await.until("first run", () -> runs.get() == 1 && isIdle(jobs));

                assertThat(jobs.runNow("checkpoint")).isTrue();
                Await.until("second run", () -> runs.get() == 2);
                assertThat(jobs.runNow("unknown")).isFalse();
            }
        });
    }

    @Test
    void a_planned_instance_runs_once_and_is_forgotten() {
        with((database, config) -> {
            var ran = new CopyOnWriteArrayList<String>();
            try (var jobs = jobs(database, config, "one")) {
                jobs.register("sync", ran::add, SchedulerJobsTest::about);
                jobs.start();
                jobs.plan("sync", "later", clock.instant().plus(LONG));
                jobs.plan("sync", "now", clock.instant());
                jobs.plan("sync", "never", clock.instant().plus(LONG));
                jobs.cancel("sync", "never");

                Await.until(
                        "only the later one is planned",
                        () -> planned(jobs).equals(List.of("later")));
                assertThat(ran).containsExactly("now");
                assertThat(jobs.about(jobs.statuses().getFirst())).isEqualTo(about("later"));
            }
        });
    }

    private static Optional<Jobs.About> about(String instance) {
        return Optional.of(new Jobs.About("Sync of " + instance, Map.of("instance", instance)));
    }

    @Test
    void a_plan_made_while_an_instance_ends_is_never_lost() {
        with((database, config) -> {
            var ended = new CountDownLatch(TURNS);
            try (var jobs = quick(config, "one")) {
                jobs.register(
                        "sync",
                        instance ->
                                Thread.ofVirtual()
                                        .start(() -> {
                                            jobs.plan("sync", instance, clock.instant().plus(LONG));
                                            ended.countDown();
                                        }));
                jobs.start();
                for (int i = 0; i < TURNS; i++) {
                    jobs.plan("sync", "i" + i, clock.instant());
                }
                Await.until("all have run", () -> ended.getCount() == 0);

                Await.until(
                        "nothing runs",
                        () -> jobs.statuses().stream().noneMatch(Jobs.Status::running));
                assertThat(planned(jobs)).hasSize(TURNS);
                assertThat(jobs.statuses())
                        .allMatch(status -> status.next().orElseThrow().isAfter(clock.instant()));
            }
        });
    }

    @Test
    void to_ensure_plans_what_has_no_plan_and_leaves_the_rest() {
        with((database, config) -> {
            try (var jobs = quick(config, "one")) {
                jobs.register("sync", _ -> {});
                jobs.start();
                var soon = clock.instant().plus(LONG).truncatedTo(ChronoUnit.SECONDS);
                jobs.plan("sync", "planned", soon.plus(LONG));
                jobs.ensure("sync", "planned", soon);
                jobs.ensure("sync", "lost", soon);

                assertThat(jobs.statuses())
                        .extracting(Jobs.Status::instance, status -> status.next().orElseThrow())
                        .containsExactlyInAnyOrder(
                                tuple("planned", soon.plus(LONG)), tuple("lost", soon));
            }
        });
    }

    @Test
    void a_job_that_fails_says_so_and_stays_planned() {
        with((database, config) -> {
            try (var jobs = jobs(database, config, "one")) {
                jobs.register(
                        new Job(
                                "broken",
                                LONG,
                                () -> {
                                    throw new IllegalStateException("no luck");
                                }));
                jobs.start();

                var status =
                        Await.value(
                                "the failure is known",
                                () ->
                                        jobs.statuses().stream()
                                                .filter(s ->
                                                        s.lastError().isPresent()
                                                                && s.last().isPresent())
                                                .findFirst());
                assertThat(status.lastError()).contains("no luck");
                assertThat(status.next()).isPresent();
            }
        });
    }

    @Test
    void what_became_of_each_turn_is_known_after_a_restart_and_on_every_node() {
        with((database, config) -> {
            var runs = new AtomicInteger();
            try (var jobs = quick(config, "one")) {
                jobs.register(
                        new Job(
                                "shaky",
                                LONG,
                                () -> {
                                    if (runs.incrementAndGet() != 2) {
                                        throw new IllegalStateException("no luck");
                                    }
                                }));
                jobs.start();
                Await.until("it works at last", () -> runs.get() == 2 && isIdle(jobs));
                jobs.runNow("shaky");
                Await.until(
                        "three turns",
                        () -> jobs.turns("shaky", "recurring", LATER, 100).size() >= 3);
            }
            try (var jobs = quick(config, "two")) {
                jobs.register(new Job("shaky", LONG, () -> {}));
                jobs.start();
                Await.until(
                        "it works here, and comes no more",
                        () ->
                                jobs.turns("shaky", "recurring", LATER, 1).stream()
                                        .anyMatch(turn -> turn.node().equals("two")));

                var turns = jobs.turns("shaky", "recurring", LATER, 100);
                var first = turns.subList(turns.size() - 3, turns.size());
                assertThat(first)
                        .extracting(Jobs.Turn::error, Jobs.Turn::node)
                        .containsExactly(
                                tuple(Optional.of("no luck"), "one"),
                                tuple(Optional.empty(), "one"),
                                tuple(Optional.of("no luck"), "one"));
                assertThat(turns)
                        .allMatch(turn -> !turn.finished().isBefore(turn.started()))
                        .isSortedAccordingTo(Comparator.comparing(Jobs.Turn::started).reversed());
                assertThat(jobs.turns("shaky", "recurring", LATER, 2))
                        .isEqualTo(turns.subList(0, 2));
                assertThat(jobs.turns("shaky", "recurring", turns.get(1).started(), 100))
                        .isEqualTo(turns.subList(2, turns.size()));
                assertThat(jobs.turns("other", "recurring", LATER, 2)).isEmpty();
            }
        });
    }

    @Test
    void a_job_that_fails_is_tried_again_up_to_its_limit_then_told_of_once_and_tried_on() {
        with((database, config) -> {
            var runs = new AtomicInteger();
            var failed = new CopyOnWriteArrayList<Jobs.Failed>();
            try (var jobs = quick(config, "one")) {
                jobs.register(
                        new Job(
                                "broken",
                                LONG,
                                () -> {
                                    if (runs.incrementAndGet() <= 6) {
                                        throw new IllegalStateException("no luck");
                                    }
                                }));
                jobs.onFailed(failed::add);
                jobs.start();

                Await.until("the seventh run succeeds", () -> runs.get() == 7 && isIdle(jobs));
                assertThat(failed).containsExactly(new Jobs.Failed("broken", "recurring", 4));
                assertThat(jobs.statuses().getFirst().lastError()).isEmpty();
            }
        });
    }

    @Test
    void two_nodes_take_turns_and_never_run_a_job_at_the_same_time() {
        with((database, config) -> {
            var inside = new AtomicInteger();
            var most = new AtomicInteger();
            var here = new AtomicInteger();
            var there = new AtomicInteger();
            try (var one = quick(config, "one");
                    var two = quick(config, "two")) {
                one.register(turn(database, inside, most, here));
                two.register(turn(database, inside, most, there));
                one.start();
                two.start();

                Await.until(
                        "both had their turns",
                        () -> {
                            one.runNow("turn");
                            two.runNow("turn");
                            return here.get() > 2 && there.get() > 2;
                        });
            }
            assertThat(most).hasValue(1);
        });
    }

    private static Job turn(
            Database database, AtomicInteger inside, AtomicInteger most, AtomicInteger mine) {
        return new Job(
                "turn",
                Duration.ofMillis(1),
                () -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    for (int i = 0; i < 10; i++) { // long enough for the other node to look
                        database.writePlatform(tx -> tx.execute("SELECT 1"));
                    }
                    inside.decrementAndGet();
                    mine.incrementAndGet();
                });
    }

    private SchedulerJobs quick(StorageConfig config, String node) {
        var pace =
                new SchedulerJobs.Pace(
                        Duration.ofMillis(20),
                        new Retry(Duration.ofMillis(1), Duration.ofMillis(50), 3));
        return switch (config) {
            case StorageConfig.Sqlite sqlite ->
                    new SchedulerJobs(
                            JobFile.open(sqlite.directory()),
                            new SqliteJdbcCustomization(),
                            clock,
                            node,
                            pace);
            case StorageConfig.Postgres postgres -> {
                var source = Storage.connections(postgres, 3);
                yield new SchedulerJobs(source, SchedulerJobs.detected(source), clock, node, pace);
            }
        };
    }

    private static boolean isIdle(Jobs jobs) {
        return jobs.statuses().stream()
                .allMatch(status -> !status.running() && status.last().isPresent());
    }

    private static List<String> planned(Jobs jobs) {
        return jobs.statuses().stream().map(Jobs.Status::instance).toList();
    }

    private Jobs jobs(Database database, StorageConfig config, String node) {
        return switch (config) {
            case StorageConfig.Sqlite sqlite ->
                    ClusterRoom.onOneNode(database, sqlite.directory(), clock, node).jobs();
            case StorageConfig.Postgres postgres ->
                    ClusterRoom.onSharedDatabase(
                                    database, Storage.connections(postgres, 3), clock, node)
                            .jobs();
        };
    }

    private void with(Work work) {
        var place = engine.place();
        try (var database = place.open(ClusterRoom.SCHEMA)) {
            work.run(database, place.config());
        }
    }

    /// What one test does with a database.
    private interface Work {
        void run(Database database, StorageConfig config);
    }
}
