package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.demo.Client;
import holdfast.demo.ServerProcess;
import holdfast.simulator.Fault;
import holdfast.simulator.Simulator;
import holdfast.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever asks, on whatever node, however often at once: a source is synced by one run at a time.
class OneSyncAtATimeTest {
    private static final int ROUNDS = 5;
    private static final int CLICKS = 6;

    @ParameterizedTest
    @EnumSource
    void of_many_clicks_at_once_one_begins_a_sync(Engine engine) throws Exception {
        try (var site = SimulatedSite.of(60);
                var installation = Installation.of(engine)) {
            var environment = create(installation.admin(), site);
            var people =
                    Stream.generate(() -> Installation.signedIn(installation.server()))
                            .limit(CLICKS)
                            .toList();

            int begun = rounds(site, people, environment);

            assertThat(begun).isEqualTo(ROUNDS);
            assertNoOverlap(site.manager(), ROUNDS);
            assertNoOverlap(site.installer(), ROUNDS);
        }
    }

    @Test
    void two_nodes_never_sync_a_source_side_by_side() throws Exception {
        try (var site = SimulatedSite.of(60);
                var scheduledSite = SimulatedSite.of(60);
                var installation =
                        Installation.of(Engine.POSTGRESQL, Map.of("HOLDFAST_NODES", "2"))) {
            var second = installation.join();
            var admin = installation.admin();
            var environment = create(admin, site);
            var scheduled =
                    admin.post("/api/environments", scheduledSite.environment("Scheduled", 60))
                            .path("id")
                            .asString();
            var people =
                    Stream.of(installation.server(), second, installation.server(), second)
                            .map(Installation::signedIn)
                            .toList();

            int begun = rounds(site, people, environment);
            long turns = schedules(scheduledSite, installation, people, scheduled);

            assertThat(begun).isEqualTo(ROUNDS);
            assertNoOverlap(site.manager(), ROUNDS);
            assertNoOverlap(site.installer(), ROUNDS);
            assertThat(turns).as("turns of the schedule").isGreaterThanOrEqualTo(2);
            assertNoOverlap(scheduledSite.manager(), runs(admin, scheduled, "SDDC_MANAGER"));
            assertNoOverlap(scheduledSite.installer(), runs(admin, scheduled, "INSTALLER"));
        }
    }

    @Test
    void a_second_node_on_sqlite_is_refused_and_told_why() {
        try (var installation = Installation.of(Engine.SQLITE)) {
            var flags =
                    List.of(
                            "--state-dir", installation.folder().resolve("state").toString(),
                            "--port", "0",
                            "--address", "127.0.0.1");

            assertThatThrownBy(() -> ServerProcess.start(Installation.root(), flags, Map.of()))
                    .hasMessageContaining("SQLite serves one node")
                    .hasMessageContaining("PostgreSQL")
                    .hasMessageNotContaining("\tat ");
            assertThat(installation.admin().get("/api/me").path("username").asString())
                    .isEqualTo(Installation.ADMINISTRATOR);
        }
    }

    private static String create(Client client, SimulatedSite site) {
        return client.post("/api/environments", site.environment("Shared")).path("id").asString();
    }

    /// Everybody clicks at once, again and again.
    ///
    /// @return how many syncs have begun
    private static int rounds(SimulatedSite site, List<Client> people, String environment)
            throws Exception {
        int begun = 0;
        for (int round = 0; round < ROUNDS; round++) {
            site.add(Fault.of("hold@/v1/tokens;method=POST"));
            var answers = atOnce(people, client -> sync(client, environment));
            assertThat(answers).allMatch(status -> status == 202 || status == 409);
            begun += (int) answers.stream().filter(status -> status == 202).count();
            site.clearFaults();
            awaitIdle(people.getFirst(), environment);
        }
        return begun;
    }

    /// Both nodes see a turn of the schedule due while people click as well.
    ///
    /// @return how many runs the schedule has begun
    private static long schedules(
            SimulatedSite site, Installation installation, List<Client> people, String environment)
            throws Exception {
        var client = people.getFirst();
        for (int round = 0; round < 2; round++) {
            long before = installation.stored().scheduledRuns();
            site.add(Fault.of("slow=1500@/v1/tokens;method=POST"));
            Await.until(
                    "a turn of the schedule has begun",
                    () -> {
                        // again and again: a turn that met a click waits a minute
                        installation.stored().makeTurnsDue();
                        return installation.stored().scheduledRuns() >= before + 1;
                    });
            assertThat(atOnce(people, one -> sync(one, environment)))
                    .allMatch(status -> status == 202 || status == 409);
            site.clearFaults();
            awaitIdle(client, environment);
        }
        return installation.stored().scheduledRuns();
    }

    private static int sync(Client client, String environment) {
        return client.call("POST", "/api/environments/" + environment + "/sync", Optional.empty())
                .statusCode();
    }

    private interface Ask {
        int of(Client client);
    }

    private static List<Integer> atOnce(List<Client> people, Ask ask) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = people.stream().map(one -> (Callable<Integer>) () -> ask.of(one)).toList();
            var answers = new ArrayList<Integer>();
            for (Future<Integer> task : threads.invokeAll(tasks)) {
                answers.add(task.get());
            }
            return answers;
        }
    }

    private static void awaitIdle(Client client, String environment) {
        Await.until(
                "no run goes on",
                () ->
                        client.get("/api/environments/" + environment + "/runs?status=RUNNING")
                                .path("items")
                                .isEmpty());
    }

    /// {@return how many runs had this source}
    private static int runs(Client client, String environment, String source) {
        var page = client.get("/api/environments/" + environment + "/runs?limit=1000");
        int count = 0;
        for (var run : page.path("items")) {
            count += run.path("sources").toString().contains(source) ? 1 : 0;
        }
        return count;
    }

    /// A login, its logout, the next login: never a second login before the logout.
    private static void assertNoOverlap(Simulator simulator, int runs) {
        var sessions =
                simulator.requests().all().stream()
                        .map(request -> request.line())
                        .filter(line ->
                                line.equals("POST /v1/tokens")
                                        || line.equals("DELETE /v1/tokens/refresh-token"))
                        .toList();
        var expected =
                Stream.generate(() -> List.of("POST /v1/tokens", "DELETE /v1/tokens/refresh-token"))
                        .limit(runs)
                        .flatMap(List::stream)
                        .toList();
        assertThat(sessions).isEqualTo(expected);
    }
}
