package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.administration.Office.Did;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the routes of the audit promise, on both databases.
@ParameterizedClass
@EnumSource
class AuditRoutesTest {
    private static final String ONE = "0198c0de-0000-7000-8000-000000000001";
    private static final String TWO = "0198c0de-0000-7000-8000-000000000002";

    private final Office office;

    AuditRoutesTest(TestDatabase engine) {
        office = new Office(engine);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void a_search_finds_by_every_filter_and_by_all_together() {
        office.record(
                office.operator, Did.of("vm.start", "service/esx-1", Map.of("account", "root")));
        office.clock.advance(Duration.ofHours(1));
        office.record(
                office.reader,
                Did.of("vm.stop", "service/esx-2", Map.of("account", "svc_a")).refused());
        office.clock.advance(Duration.ofHours(1));
        office.record(
                office.operator, Did.of("disk.wipe", "service/esx-1", Map.of("account", "svc-a")));

        assertThat(types("type=vm.")).containsExactly("vm.stop", "vm.start");
        assertThat(types("type=disk.wipe")).containsExactly("disk.wipe");
        assertThat(types("type=vm.&actor=" + office.reader.id())).containsExactly("vm.stop");
        assertThat(types("outcome=REFUSED")).containsExactly("vm.stop");
        assertThat(types("severity=WARNING")).containsExactly("vm.stop");
        assertThat(types("resource=service/")).containsExactly("disk.wipe", "vm.stop", "vm.start");
        assertThat(types("resource=service/esx-1")).containsExactly("disk.wipe", "vm.start");
        assertThat(types("q=svc_a")).containsExactly("vm.stop");
        assertThat(types("q=OTTO&resource=service/")).containsExactly("disk.wipe", "vm.start");
        assertThat(types("resource=service/&from=" + at(1) + "&to=" + at(2)))
                .containsExactly("vm.stop");
        assertThat(types("resource=service/esx-1&outcome=REFUSED")).isEmpty();
    }

    @Test
    void a_filter_that_cannot_be_read_is_named() {
        for (var bad :
                List.of("from=yesterday", "actor=ada", "outcome=GOOD", "limit=1001", "cursor=x")) {
            var refusal =
                    catchThrowableOfType(
                            Refusal.class, () -> office.get(office.admin, "/api/audit?" + bad));

            assertThat(refusal.problem()).as(bad).isEqualTo(Problem.INVALID);
            assertThat(refusal.fields().toString())
                    .contains("?" + bad.substring(0, bad.indexOf('=')));
        }
    }

    @Test
    void the_cursor_walks_the_whole_set_once_though_events_are_added_meanwhile() {
        for (int i = 0; i < 25; i++) {
            office.record(office.operator, Did.of("vm.start", "service/" + i, Map.of()));
        }
        var seen = new ArrayList<Long>();
        var next = Optional.of("/api/audit?type=vm.&limit=4");
        while (next.isPresent()) {
            var page = list(office.admin, next.get());
            page.items().forEach(event -> seen.add(event.index()));
            office.record(office.operator, Did.of("vm.start", "service/late", Map.of()));
            next = page.next().map(cursor -> "/api/audit?type=vm.&limit=4&cursor=" + cursor);
        }

        assertThat(seen)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void admin_and_auditor_see_everybody_and_others_their_own_actions_only() {
        office.record(office.operator, Did.of("vm.start", "service/1", Map.of()));
        office.record(office.reader, Did.of("vm.stop", "service/2", Map.of()));
        long theirs = list(office.admin, "/api/audit?type=vm.start").items().getFirst().index();

        for (var all : List.of(office.admin, office.auditor)) {
            assertThat(list(all, "/api/audit?type=vm.").items()).hasSize(2);
            assertThat(office.get(all, "/api/audit/" + theirs, EventView.class).type())
                    .isEqualTo("vm.start");
        }
        assertThat(list(office.reader, "/api/audit?type=vm.").items())
                .extracting(EventView::type)
                .containsExactly("vm.stop");
        assertThat(list(office.reader, "/api/audit?type=vm.").total()).isEqualTo(1);
        assertThat(problem(() -> office.get(office.reader, "/api/audit/" + theirs)))
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(
                        problem(() ->
                                office.get(office.reader, "/api/audit?actor=" + office.admin.id())))
                .isEqualTo(Problem.NOT_PERMITTED);
        for (var target : List.of("/api/audit/export/csv", "/api/audit/export/json")) {
            assertThat(Office.text(office.get(office.operator, target)))
                    .as(target)
                    .contains("vm.start")
                    .doesNotContain("vm.stop");
        }
        assertThat(problem(() -> office.get(office.operator, "/api/audit/export/bundle")))
                .isEqualTo(Problem.NOT_PERMITTED);
        var proof = "/api/audit/proof/inclusion?index=" + theirs;
        assertThat(problem(() -> office.get(office.reader, proof))).isEqualTo(Problem.NOT_FOUND);
        assertThat(office.get(office.operator, proof).status()).isEqualTo(200);
    }

    @Test
    void statistics_say_what_a_count_of_the_list_says_for_everybody_and_for_oneself() {
        for (int i = 0; i < 30; i++) {
            var actor = i % 3 == 0 ? office.reader : office.operator;
            var event = Did.of(i % 2 == 0 ? "vm.start" : "vm.stop", "service/" + i, Map.of());
            office.record(actor, i % 5 == 0 ? event.refused() : event);
            office.clock.advance(Duration.ofMinutes(50));
        }
        for (var by : List.of(office.auditor, office.reader)) {
            var counts =
                    office.get(by, "/api/audit/statistics?period=day", Statistics.Counts.class);
            var events = list(by, "/api/audit?limit=1000").items();

            assertThat(counts.total()).isEqualTo(events.size());
            assertThat(counts.byType().get("vm.start"))
                    .isEqualTo(events.stream().filter(e -> e.type().equals("vm.start")).count());
            assertThat(counts.byOutcome().get("REFUSED"))
                    .isEqualTo(events.stream().filter(e -> e.outcome().equals("REFUSED")).count());
            assertThat(counts.byActor().get("rosa"))
                    .isEqualTo(
                            events.stream().filter(e -> e.actor().name().equals("rosa")).count());
            assertThat(counts.periods())
                    .extracting(Statistics.Period::start)
                    .startsWith(TestClock.START)
                    .isSorted();
            assertThat(counts.periods().stream().mapToLong(Statistics.Period::count).sum())
                    .isEqualTo(counts.total());
        }
        assertThat(problem(() -> office.get(office.auditor, "/api/audit/statistics?period=year")))
                .isEqualTo(Problem.INVALID);
    }

    @Test
    void who_ever_saw_a_value_is_answered_for_each_version_exports_included() {
        office.record(
                office.reader,
                Did.of(
                        "credential.reveal",
                        "environment/e",
                        Map.of("credential", ONE, "version", 1, "purpose", "view")),
                Did.of(
                        "credential.reveal",
                        "environment/e",
                        Map.of("credential", ONE, "version", 2, "purpose", "copy")),
                Did.of(
                        "credential.reveal",
                        "environment/e",
                        Map.of("credential", TWO, "version", 1, "purpose", "view")),
                Did.of(
                                "credential.reveal",
                                "environment/e",
                                Map.of("credential", ONE, "version", 2, "purpose", "view"))
                        .refused());
        office.record(
                office.operator,
                Did.of(
                        "credential.export",
                        "environment/e",
                        Map.of("format", "csv", "credentials", Map.of(ONE, 2, TWO, 1))));

        assertThat(seen("credential=" + ONE))
                .containsExactly("otto export 2", "rosa copy 2", "rosa view 1");
        assertThat(seen("credential=" + ONE + "&version=2"))
                .containsExactly("otto export 2", "rosa copy 2");
        assertThat(seen("credential=" + TWO)).containsExactly("otto export 1", "rosa view 1");
        assertThat(exposures("credential=" + ONE).completeSince()).isEmpty();
        assertThat(problem(() -> office.get(office.auditor, "/api/audit/exposures")))
                .isEqualTo(Problem.INVALID);
    }

    @Test
    void after_the_retention_exposures_say_since_when_they_are_complete_and_exports_what_is_gone() {
        office.record(
                office.reader,
                Did.of(
                        "credential.reveal",
                        "environment/e",
                        Map.of("credential", ONE, "version", 1, "purpose", "view")));
        office.clock.advance(Duration.ofDays(100));
        office.record(
                office.reader,
                Did.of(
                        "credential.reveal",
                        "environment/e",
                        Map.of("credential", ONE, "version", 2, "purpose", "view")));

        office.ledger.forget(TenantId.DEFAULT, TestClock.START.plus(Duration.ofDays(50)));
        office.settle();

        var answer = exposures("credential=" + ONE);
        assertThat(answer.items()).extracting(Exposures.Exposure::version).containsExactly(2);
        assertThat(answer.completeSince()).contains(TestClock.START.plus(Duration.ofDays(100)));
        var csv = Office.text(office.get(office.auditor, "/api/audit/export/csv?type=credential."));
        assertThat(csv.lines().toList())
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.getFirst()).endsWith("details,detailsGone"))
                .satisfies(lines -> assertThat(lines.get(1)).endsWith(","))
                .satisfies(lines -> assertThat(lines.get(2)).endsWith("{},true"));
        assertThat(
                        Office.text(
                                office.get(
                                        office.auditor, "/api/audit/export/json?type=credential.")))
                .containsOnlyOnce("\"detailsGone\":true");
    }

    @Test
    void a_list_shows_the_first_of_many_that_an_event_names_and_the_event_itself_all_of_them() {
        var named = new TreeMap<String, Object>();
        for (int value = 0; value < 1_000; value++) {
            named.put("value-%04d".formatted(value), 1);
        }
        office.record(
                office.operator,
                Did.of("vm.export", "service/1", Map.of("values", named, "count", 1_000)));

        var shown = list(office.admin, "/api/audit?type=vm.export").items().getFirst();
        assertThat(shown.detailsShortened()).contains(true);
        assertThat((Map<?, ?>) shown.details().get("values")).hasSize(EventView.MEMBERS);
        var whole = office.get(office.admin, "/api/audit/" + shown.index(), EventView.class);
        assertThat(whole.detailsShortened()).isEmpty();
        assertThat((Map<?, ?>) whole.details().get("values")).hasSize(1_000);
        assertThat(Office.text(office.get(office.admin, "/api/audit/export/json?type=vm.export")))
                .contains("value-0999");
    }

    private List<String> types(String query) {
        return list(office.admin, "/api/audit?" + query).items().stream()
                .map(EventView::type)
                .toList();
    }

    @SuppressWarnings("unchecked") // the route answers a list of events
    private AuditRoutes.ListView<EventView> list(Principal by, String target) {
        return office.get(by, target, AuditRoutes.ListView.class);
    }

    private Exposures.Answer exposures(String query) {
        return office.get(office.auditor, "/api/audit/exposures?" + query, Exposures.Answer.class);
    }

    private List<String> seen(String query) {
        return exposures(query).items().stream()
                .map(one -> one.actor() + " " + one.how() + " " + one.version())
                .toList();
    }

    private static String at(int hours) {
        return TestClock.START.plus(Duration.ofHours(hours)).toString();
    }

    private static Problem problem(Runnable call) {
        return catchThrowableOfType(Refusal.class, call::run).problem();
    }
}
