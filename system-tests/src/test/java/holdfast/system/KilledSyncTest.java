package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `kill -9` while a sync runs: people see the old list or the new one, never a mixture, and the next sync works.
///
/// Each phase once, on both databases at a time: what takes long is waiting for a slow source. With `--long` 50 kills on
/// SQLite and 20 on PostgreSQL.
class KilledSyncTest {
    private static final int CREDENTIALS = 800;
    private static final JsonMapper JSON = new JsonMapper();

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @EnumSource
    void a_sync_that_is_killed_in_any_phase_leaves_the_old_list_or_the_new(Engine engine) {
        var hits = new EnumMap<SyncPhase, Integer>(SyncPhase.class);
        try (var site = SimulatedSite.of(CREDENTIALS);
                var installation = Installation.of(engine)) {
            var walk = new Walk(site, installation);
            walk.begin();
            for (var phase : phases(engine)) {
                hits.merge(phase, walk.killIn(phase) ? 1 : 0, Integer::sum);
            }
            walk.verifyLedger();
        }
        System.out.printf("killed on %s, by phase: %s%n", engine, hits);
        assertThat(hits)
                .containsOnlyKeys(SyncPhase.values())
                .allSatisfy(
                        (phase, count) -> assertThat(count).as("kills in %s", phase).isPositive());
    }

    private static List<SyncPhase> phases(Engine engine) {
        int kills =
                !Boolean.getBoolean("holdfast.long")
                        ? SyncPhase.values().length
                        : engine == Engine.SQLITE ? 50 : 20;
        return Stream.generate(() -> List.of(SyncPhase.values()))
                .flatMap(List::stream)
                .limit(kills)
                .toList();
    }

    /// One environment, synced and killed again and again.
    private static final class Walk {
        private final SimulatedSite site;
        private final Installation installation;
        private String environment = "";
        private Map<String, String> shown = Map.of();

        Walk(SimulatedSite site, Installation installation) {
            this.site = site;
            this.installation = installation;
        }

        void begin() {
            environment =
                    installation
                            .admin()
                            .post("/api/environments", site.environment("Killed"))
                            .path("id")
                            .asString();
            sync();
            shown = shown();
            assertThat(shown).hasSizeGreaterThanOrEqualTo(CREDENTIALS);
        }

        /// {@return whether what was left behind proves the phase}
        boolean killIn(SyncPhase phase) {
            site.rotateAll();
            phase.prepare(site, installation.stored());
            var run =
                    installation
                            .admin()
                            .post("/api/environments/" + environment + "/sync", Map.of())
                            .path("id")
                            .asString();
            phase.await(site, installation.stored());
            installation.stored().close();
            installation.kill();
            site.calm();
            installation.restart();
            installation.stored().release();

            var left = shown();
            long staged = installation.stored().staged();
            long replaced = installation.stored().replaced();
            assertWhole(phase);
            installation.stored().letLeasesEnd();
            long changes = changes(sync());
            var next = shown();

            assertThat(left)
                    .as("what is shown after a kill in %s", phase)
                    .isEqualTo(phase.isBeforeTheFlip() ? shown : next);
            assertAllArrived(next);
            assertClean(phase);
            assertThat(status(run))
                    .as("the run that was killed in %s", phase)
                    .isEqualTo(phase.isBeforeTheFlip() ? "INTERRUPTED" : "SUCCESS");
            verifyLedger();
            shown = next;
            return phase.isWitnessedBy(staged, replaced, changes);
        }

        private JsonNode sync() {
            var run =
                    installation
                            .admin()
                            .post("/api/environments/" + environment + "/sync?wait=60", Map.of());
            assertThat(run.path("status").asString()).as("%s", run).isEqualTo("SUCCESS");
            return run;
        }

        private static long changes(JsonNode run) {
            long changes = 0;
            for (var source : run.path("sources")) {
                changes += source.path("added").asInt() + source.path("changed").asInt();
            }
            return changes;
        }

        private String status(String run) {
            return installation
                    .admin()
                    .get("/api/environments/" + environment + "/runs/" + run)
                    .path("status")
                    .asString();
        }

        /// Source and account → version and value, as a person would export them.
        private Map<String, String> shown() {
            var file =
                    JSON.readTree(
                            installation
                                    .admin()
                                    .download("/api/environments/" + environment + "/export/json"));
            var rows = new TreeMap<String, String>();
            for (var row : file.path("credentials")) {
                var before =
                        rows.put(
                                row.path("source").asString() + " " + account(row),
                                row.path("version").asString()
                                        + " "
                                        + row.path("password").asString());
                assertThat(before).as("%s twice", account(row)).isNull();
            }
            return rows;
        }

        private static String account(JsonNode row) {
            return String.join(
                    " ",
                    row.path("resourceType").asString(),
                    row.path("resourceName").asString(),
                    row.path("credentialType").asString(),
                    row.path("username").asString());
        }

        private void assertAllArrived(Map<String, String> rows) {
            site.values()
                    .forEach((account, value) ->
                            assertThat(rows.get("SDDC_MANAGER " + account))
                                    .as(account)
                                    .endsWith(" " + value));
        }

        /// What a dead sync left behind is not seen.
        private void assertWhole(SyncPhase phase) {
            assertThat(installation.stored().seenTwice()).as("seen twice, %s", phase).isZero();
            assertThat(installation.stored().gapsInHistory()).as("gaps, %s", phase).isZero();
        }

        /// Nothing of a dead sync is left once the next one has ended.
        private void assertClean(SyncPhase phase) {
            assertWhole(phase);
            assertThat(installation.stored().staged()).as("staged after %s", phase).isZero();
            assertThat(installation.stored().endings()).as("ended after %s", phase).isZero();
            assertThat(installation.stored().replaced()).as("replaced after %s", phase).isZero();
        }

        void verifyLedger() {
            var verdict = installation.admin().get("/api/audit/verify");
            assertThat(verdict.path("ok").asBoolean(false)).as("%s", verdict).isTrue();
        }
    }
}
