package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.administration.Office.Did;
import holdfast.health.Health;
import holdfast.http.Content;
import holdfast.http.Response;
import holdfast.kernel.Page;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.storage.Database;
import holdfast.tenancy.Accent;
import holdfast.tenancy.Settings;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Settings, health, jobs and metrics, on both databases.
@ParameterizedClass
@EnumSource
class SystemRoutesTest {
    private static final SettingsRoutes.Change CHANGE =
            new SettingsRoutes.Change(14, 30, 8, 20, 90, Optional.of(Accent.VIOLET));

    private final AtomicReference<Health.Status> broom =
            new AtomicReference<>(Health.Status.HEALTHY);
    private final Office office;

    SystemRoutesTest(TestDatabase engine) {
        office = new Office(engine, new Broom());
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void settings_change_on_top_of_the_version_that_was_seen_and_leave_an_event() {
        var seen =
                Objects.requireNonNull(
                        office.get(office.admin, "/api/settings").headers().get("ETag"));

        assertThat(problem(() -> put(office.admin, Optional.empty())))
                .isEqualTo(Problem.PRECONDITION_REQUIRED);
        assertThat(problem(() -> put(office.admin, Optional.of("3")))).isEqualTo(Problem.MALFORMED);
        var changed = put(office.admin, Optional.of(seen));
        assertThat(problem(() -> put(office.admin, Optional.of(seen))))
                .isEqualTo(Problem.VERSION_CONFLICT);
        assertThat(problem(() -> put(office.operator, Optional.of(seen))))
                .isEqualTo(Problem.NOT_PERMITTED);

        assertThat(changed.headers().get("ETag")).isEqualTo("\"2\"");
        assertThat(office.tenants.settings(office.admin.tenant()).auditRetentionDays())
                .isEqualTo(90);
        office.settle();
        var event = newest("settings.change");
        assertThat(event.actor().name()).isEqualTo("ada");
        assertThat(event.details())
                .containsEntry("auditRetentionDays", 90)
                .containsEntry("accent", "VIOLET");
    }

    @Test
    void the_accent_is_kept_and_the_usual_one_where_none_is_said() {
        put(office.admin, Optional.of("\"1\""));
        office.tenants.refresh();
        assertThat(settings().accent()).isEqualTo(Accent.VIOLET);

        office.send(
                Asked.of(office.admin, "PUT", "/api/settings")
                        .body(new SettingsRoutes.Change(14, 30, 8, 20, 90, Optional.empty()))
                        .header("If-Match", "\"2\""));
        office.tenants.refresh();
        assertThat(settings().accent()).isEqualTo(Accent.BLUE);
    }

    private Settings settings() {
        return office.get(office.admin, "/api/settings", Settings.class);
    }

    @Test
    void health_is_as_bad_as_its_worst_part_and_says_what_to_do() {
        assertThat(component("sweeping")).returns(Health.Status.HEALTHY, Health.Component::status);
        assertThat(ready().status()).isEqualTo(200);

        broom.set(Health.Status.DEGRADED);
        assertThat(report().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(component("sweeping").advice()).contains("Buy a broom.");
        assertThat(ready().status()).as("it still serves").isEqualTo(200);

        broom.set(Health.Status.UNHEALTHY);
        assertThat(report().status()).isEqualTo(Health.Status.UNHEALTHY);
        var refusal = catchThrowableOfType(Refusal.class, this::ready);
        assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(refusal.detail()).contains("sweeping");
    }

    @Test
    void a_database_that_does_not_answer_is_unhealthy_and_the_others_are_still_looked_at() {
        assertThat(report().components())
                .extracting(Health.Component::name)
                .contains("database", "keys", "ledger", "jobs", "disk", "clock");
        office.jobs.close();
        office.ledger.close();
        office.database.close();

        var after = office.room.health().report();

        assertThat(after.status()).isEqualTo(Health.Status.UNHEALTHY);
        assertThat(after.components())
                .filteredOn(one -> one.name().equals("database"))
                .allSatisfy(one -> {
                    assertThat(one.status()).isEqualTo(Health.Status.UNHEALTHY);
                    assertThat(one.advice()).isPresent();
                });
        assertThat(after.components())
                .filteredOn(one -> one.name().equals("keys"))
                .allMatch(one -> one.status() == Health.Status.HEALTHY);
    }

    @Test
    void a_planned_job_says_what_people_know_it_by() {
        office.jobs.plan("errand", "mill", Instant.now().plus(Duration.ofHours(1)));

        assertThat(job("errand.mill"))
                .containsEntry("name", "errand")
                .containsEntry("title", "Errand to the mill")
                .containsEntry("source", "mill");
        assertThat(job("sweep")).doesNotContainKey("title");
    }

    @Test
    void a_job_that_only_its_schedule_runs_is_refused_and_not_recorded_as_begun() {
        office.jobs.plan("chore", "dishes", Instant.now().plus(Duration.ofHours(1)));

        assertThat(
                        problem(() ->
                                office.send(
                                        Asked.of(
                                                office.operator,
                                                "POST",
                                                "/api/jobs/chore.dishes/run"))))
                .isEqualTo(Problem.CONFLICT);
        office.record(office.operator, Did.of("vm.start", "service/1", Map.of()));
        assertThat(events("vm.start")).hasSize(1);
        assertThat(events("job.run")).isEmpty();
    }

    @Test
    void a_clock_that_went_back_is_told() {
        office.clock.advance(Duration.ofHours(2));
        office.record(office.operator, Did.of("vm.start", "service/1", Map.of()));
        if (office.database.engine() == Database.Engine.SQLITE) {
            assertThat(component("clock").status()).isEqualTo(Health.Status.HEALTHY);
        }
        office.clock.advance(Duration.ofHours(-1));

        assertThat(component("clock").status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(component("clock").sentence()).contains("behind the newest event");
    }

    @Test
    void a_job_is_listed_told_to_run_and_its_last_turn_shown() {
        Await.until("its first turn", () -> office.runs.get() == 1);
        office.failures.set(1);
        Await.until("it rests", () -> Boolean.FALSE.equals(job("sweep").get("running")));

        assertThat(office.send(Asked.of(office.operator, "POST", "/api/jobs/sweep/run")).status())
                .isEqualTo(202);
        Await.until(
                "the failure is shown",
                () -> "the broom is broken".equals(job("sweep").get("lastError")));
        assertThat(component("jobs").status()).isEqualTo(Health.Status.DEGRADED);
        Await.until(
                "the turn is shown",
                () ->
                        turns("/api/jobs/sweep/runs").stream()
                                .anyMatch(run -> "FAILED".equals(run.get("status"))));
        assertThat(pages("/api/jobs/sweep/runs"))
                .isEqualTo(turns("/api/jobs/sweep/runs"))
                .hasSizeGreaterThan(1);

        assertThat(
                        problem(() ->
                                office.send(
                                        Asked.of(office.reader, "POST", "/api/jobs/sweep/run"))))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(
                        problem(() ->
                                office.send(
                                        Asked.of(office.operator, "POST", "/api/jobs/none/run"))))
                .isEqualTo(Problem.NOT_FOUND);
        office.settle();
        assertThat(newest("job.run").actor().name()).isEqualTo("otto");
    }

    private List<Map<String, Object>> turns(String path) {
        return turns(office.get(office.operator, path, Page.class));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> turns(Page<?> page) {
        return (List<Map<String, Object>>) page.items();
    }

    /// {@return a whole list, read one by one}
    private List<Map<String, Object>> pages(String path) {
        var all = new ArrayList<Map<String, Object>>();
        var next = Optional.of("");
        while (next.isPresent()) {
            var page = office.get(office.operator, path + "?limit=1" + next.get(), Page.class);
            assertThat((List<?>) page.items()).hasSize(1);
            all.addAll(turns(page));
            next = ((Optional<?>) page.next()).map(cursor -> "&cursor=" + cursor);
        }
        return all;
    }

    @Test
    void metrics_count_answers_and_name_no_person_no_address_and_no_item() {
        office.record(office.operator, Did.of("vm.start", "service/esx-1", Map.of()));
        office.room.metrics().answered("GET", "/api/audit/{index}", 200, 5_000_000);
        office.room.metrics().answered("GET", "-\"} evil 1\n", 404, 1);

        var text = Office.text(office.get(office.admin, "/metrics"));

        assertThat(text)
                .contains(
                        "holdfast_http_request_seconds_count{method=\"GET\",route=\"/api/audit/{index}\",status=\"200\"}"
                                + " 1\n")
                .contains(
                        "holdfast_http_request_seconds_bucket{le=\"0.005\",method=\"GET\",route=\"/api/audit/{index}\",status=\"200\"}"
                                + " 1\n")
                .contains(
                        "holdfast_database_commits_total",
                        "holdfast_database_slow_total",
                        "holdfast_database_connections_working",
                        "holdfast_database_size_bytes",
                        "holdfast_cpu_seconds_total",
                        "holdfast_open_files",
                        "holdfast_disk_free_bytes",
                        "holdfast_jobs{job=\"sweep\"} 1",
                        "holdfast_jobs_failing{job=\"sweep\"} 0")
                .endsWith("# EOF\n")
                .doesNotContain("evil 1\n", "otto", "ada", "192.0.2", "esx-1", "default");
        assertThat(text.lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_]+(\\{([a-z]+=\"[^\"]*\",?)*})? -?[0-9.]+"));
        assertThat(problem(() -> office.get(office.auditor, "/metrics")))
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    private Response put(Principal by, Optional<String> tag) {
        var asked = Asked.of(by, "PUT", "/api/settings").body(CHANGE);
        return office.send(tag.map(seen -> asked.header("If-Match", seen)).orElse(asked));
    }

    private Response ready() {
        return office.get(office.admin, "/health/ready");
    }

    private Health.Report report() {
        return office.get(office.admin, "/api/system/health", Health.Report.class);
    }

    private Health.Component component(String name) {
        return report().components().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> job(String id) {
        return items(office.get(office.operator, "/api/jobs")).stream()
                .filter(job -> id.equals(job.get("id")))
                .findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked") // the routes answer lists of maps
    private static List<Map<String, Object>> items(Response response) {
        var body = (Map<String, Object>) ((Content.Json) response.content()).body();
        return (List<Map<String, Object>>) Objects.requireNonNull(body.get("items"));
    }

    private EventView newest(String type) {
        return events(type).getFirst();
    }

    @SuppressWarnings("unchecked") // the route answers a list of events
    private List<EventView> events(String type) {
        var list =
                (AuditRoutes.ListView<EventView>)
                        office.get(
                                office.admin,
                                "/api/audit?type=" + type,
                                AuditRoutes.ListView.class);
        return list.items();
    }

    private static Problem problem(Runnable call) {
        return catchThrowableOfType(Refusal.class, call::run).problem();
    }

    /// A part of the server that is as well as the test wants it.
    private final class Broom implements Health.Check {
        @Override
        public String name() {
            return "sweeping";
        }

        @Override
        public Health.Component look() {
            var status = broom.get();
            return new Health.Component(
                    name(),
                    status,
                    "The broom is as it is.",
                    status == Health.Status.HEALTHY
                            ? Optional.empty()
                            : Optional.of("Buy a broom."),
                    Map.of());
        }
    }
}
