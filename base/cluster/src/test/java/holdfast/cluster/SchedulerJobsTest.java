package holdfast.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.storage.Database;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class SchedulerJobsTest {
    private static final Duration LONG = Duration.ofHours(1);

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
                jobs.register("sync", ran::add);
                jobs.start();
                jobs.plan("sync", "later", clock.instant().plus(LONG));
                jobs.plan("sync", "now", clock.instant());
                jobs.plan("sync", "never", clock.instant().plus(LONG));
                jobs.cancel("sync", "never");

                Await.until(
                        "only the later one is planned",
                        () -> planned(jobs).equals(List.of("later")));
                assertThat(ran).containsExactly("now");
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
