package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.administration.AccessForms.AssignmentForm;
import holdfast.administration.AccessForms.GrantForm;
import holdfast.administration.AccessForms.RoleChange;
import holdfast.administration.AccessForms.RoleForm;
import holdfast.administration.AccessForms.SubjectForm;
import holdfast.administration.AccessViews.ExplanationView;
import holdfast.administration.AccessViews.GrantView;
import holdfast.administration.AccessViews.RoleView;
import holdfast.http.Content;
import holdfast.http.Response;
import holdfast.kernel.Page;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// How rights are given, taken and explained, on both databases.
@ParameterizedClass
@EnumSource
class AccessRoutesTest {
    private static final String GRANTS = "/api/access/grants";
    private static final String ROLES = "/api/access/roles";
    private static final String ASSIGNMENTS = "/api/access/assignments";
    private static final String BOARD = "secrets/board/plan";

    private final Office office;

    AccessRoutesTest(TestDatabase engine) {
        office = new Office(engine);
        office.enrol(office.admin);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void a_grant_holds_with_the_next_request_and_so_does_its_end() {
        var auditor = office.auditor;
        assertThat(may(auditor, Action.REVEAL_CREDENTIAL, BOARD)).isFalse();

        var given = grant(office.admin, allow(auditor, "secrets/board/*", Optional.empty()));
        assertThat(may(auditor, Action.REVEAL_CREDENTIAL, BOARD)).isTrue();
        assertThat(grants(office.admin)).extracting(GrantView::id).containsExactly(given.id());
        assertThat(given.metadata()).isEmpty();

        delete(office.admin, GRANTS + "/" + given.id());
        assertThat(may(auditor, Action.REVEAL_CREDENTIAL, BOARD)).isFalse();
        assertThat(grants(office.admin)).isEmpty();
        assertThat(events("grant."))
                .extracting(Entry::action)
                .containsExactly("grant.delete", "grant.create");
        assertThat(problem(() -> delete(office.admin, GRANTS + "/" + given.id())))
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void a_grant_ends_at_its_instant_and_no_other_than_a_time_to_come_is_taken() {
        var end = office.clock.instant().plusSeconds(60);
        grant(office.admin, allow(office.auditor, "secrets/**", Optional.of(end)));
        assertThat(may(office.auditor, Action.REVEAL_CREDENTIAL, BOARD)).isTrue();

        office.clock.advance(Duration.ofSeconds(60));

        assertThat(may(office.auditor, Action.REVEAL_CREDENTIAL, BOARD)).isFalse();
        assertThat(problem(() -> grant(office.admin, allow(office.auditor, "a", Optional.of(end)))))
                .isEqualTo(Problem.INVALID);
    }

    @Test
    void nobody_gives_more_than_they_hold() {
        var giver = giver();

        assertThat(problem(() -> grant(giver, allow(office.auditor, "a/b", Optional.empty()))))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> assign(giver, office.auditor, "OPERATOR", Optional.empty())))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> assign(giver, giver, "ADMIN", Optional.empty())))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> role(giver, "MORE", Action.REVEAL_CREDENTIAL)))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(
                        problem(() ->
                                change(
                                        giver,
                                        "GIVER",
                                        1,
                                        Action.MANAGE_ACCESS,
                                        Action.MANAGE_USER)))
                .isEqualTo(Problem.NOT_PERMITTED);
        role(giver, "LESS", Action.READ_CREDENTIAL);
    }

    @Test
    void who_sees_own_events_only_gives_nobody_the_whole_ledger() {
        var giver = giver(office.operator);

        assertThat(problem(() -> role(giver, "SPY", Action.READ_AUDIT)))
                .isEqualTo(Problem.NOT_PERMITTED);
        role(office.admin, "SPY", Action.READ_AUDIT);
        assign(office.admin, office.reader, "SPY", Optional.empty());

        assertThat(office.access.policy().scope(office.reader, Action.READ_AUDIT).everything())
                .isTrue();
        assertThat(office.access.policy().scope(office.operator, Action.READ_AUDIT).everything())
                .isFalse();
    }

    @Test
    void who_is_denied_a_folder_gives_nothing_that_reaches_into_it() {
        grant(office.admin, deny(office.operator, "secrets/board/**"));
        var giver = giver(office.operator);

        for (var pattern : List.of("**", "secrets/**", "secrets/*/plan", BOARD)) {
            assertThat(problem(() -> grant(giver, allow(office.reader, pattern, Optional.empty()))))
                    .as(pattern)
                    .isEqualTo(Problem.NOT_PERMITTED);
        }
        grant(giver, allow(office.reader, "secrets/prod/**", Optional.empty()));
    }

    @Test
    void a_token_gives_no_more_than_its_scope_names() {
        var token =
                new Principal(
                        office.admin.id(),
                        Principal.Kind.MACHINE,
                        "ada/ci",
                        TenantId.DEFAULT,
                        office.admin.origin(),
                        Standing.ofToken(Set.of("MANAGE_ACCESS")));

        assertThat(problem(() -> grant(token, allow(office.auditor, "a", Optional.empty()))))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> assign(token, office.auditor, "ADMIN", Optional.empty())))
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_denial_against_oneself_is_lifted_by_somebody_else() {
        var eve = office.person("eve", 9, holdfast.access.Role.ADMIN);
        var denial = grant(office.admin, deny(eve, "secrets/**"));

        assertThat(problem(() -> delete(eve, GRANTS + "/" + denial.id())))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(may(eve, Action.REVEAL_CREDENTIAL, BOARD)).isFalse();

        delete(office.admin, GRANTS + "/" + denial.id());
        assertThat(may(eve, Action.REVEAL_CREDENTIAL, BOARD)).isTrue();
    }

    @Test
    void nobody_locks_everybody_out() {
        var form =
                new GrantForm(
                        new SubjectForm("ROLE", Optional.empty(), Optional.of("ADMIN")),
                        Grant.Effect.DENY,
                        List.of(Action.MANAGE_ACCESS),
                        "access",
                        Optional.empty(),
                        Optional.empty());

        assertThat(problem(() -> grant(office.admin, form))).isEqualTo(Problem.CONFLICT);
        assign(office.admin, office.admin, "USER", Optional.empty());
        assertThat(
                        problem(() ->
                                delete(
                                        office.admin,
                                        ASSIGNMENTS + "/" + office.admin.id() + "/ADMIN")))
                .isEqualTo(Problem.CONFLICT);
        assertThat(may(office.admin, Action.MANAGE_ACCESS, "access")).isTrue();
    }

    @Test
    void a_role_for_a_while_ends_by_itself() {
        var end = office.clock.instant().plusSeconds(3600);
        assign(office.admin, office.reader, "OPERATOR", Optional.of(end));
        assertThat(may(office.reader, Action.EXPORT_CREDENTIAL, "x", fresh(office.reader)))
                .isTrue();

        office.clock.advance(Duration.ofHours(1));

        assertThat(may(office.reader, Action.EXPORT_CREDENTIAL, "x", fresh(office.reader)))
                .isFalse();
        assertThat(may(office.reader, Action.REVEAL_CREDENTIAL, "x")).isTrue();
    }

    @Test
    void the_last_role_of_somebody_stays() {
        assertThat(
                        problem(() ->
                                delete(
                                        office.admin,
                                        ASSIGNMENTS + "/" + office.reader.id() + "/READ_ONLY")))
                .isEqualTo(Problem.CONFLICT);
    }

    @Test
    void a_role_of_the_tenant_opens_what_it_names_and_changes_hold_at_once() {
        role(office.admin, "ROBOT", Action.SYNC_ENVIRONMENT);
        assign(office.admin, office.reader, "ROBOT", Optional.empty());
        assertThat(may(office.reader, Action.SYNC_ENVIRONMENT, "environment/1")).isTrue();

        change(office.admin, "ROBOT", 1, Action.READ_JOB);

        assertThat(may(office.reader, Action.SYNC_ENVIRONMENT, "environment/1")).isFalse();
        assertThat(may(office.reader, Action.READ_JOB, "job")).isTrue();
        assertThat(problem(() -> change(office.admin, "ROBOT", 1, Action.READ_JOB)))
                .isEqualTo(Problem.VERSION_CONFLICT);
        assertThat(events("role."))
                .extracting(Entry::action)
                .containsExactly("role.update", "role.create");
    }

    @Test
    void a_role_in_use_is_not_deleted_and_a_built_in_one_never_changes() {
        role(office.admin, "ROBOT", Action.READ_JOB);
        assign(office.admin, office.reader, "ROBOT", Optional.empty());
        assertThat(problem(() -> delete(office.admin, ROLES + "/ROBOT")))
                .isEqualTo(Problem.CONFLICT);

        delete(office.admin, ASSIGNMENTS + "/" + office.reader.id() + "/ROBOT");
        delete(office.admin, ROLES + "/ROBOT");

        assertThat(problem(() -> office.get(office.admin, ROLES + "/ROBOT")))
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(problem(() -> delete(office.admin, ROLES + "/ADMIN")))
                .isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> change(office.admin, "USER", 1, Action.READ_JOB)))
                .isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> role(office.admin, "USER", Action.READ_JOB)))
                .isEqualTo(Problem.INVALID);
    }

    @Test
    void somebody_of_elsewhere_looks_like_nobody() {
        for (var id : List.of(UUID.randomUUID(), office.elsewhere())) {
            var refusal = refusal(() -> grant(office.admin, allow(id, "a/b", Optional.empty())));
            assertThat(refusal.problem()).isEqualTo(Problem.INVALID);
            assertThat(refusal.fields().getFirst().pointer()).isEqualTo("/subject/id");
            assertThat(why(office.admin, id, BOARD).name()).isEmpty();
        }
    }

    @Test
    void who_may_read_rights_is_told_everything_and_others_about_themselves_only() {
        var denial = grant(office.admin, deny(office.reader, "secrets/board/**"));

        var told = why(office.auditor, office.reader.id(), BOARD);
        assertThat(told.allowed()).isFalse();
        assertThat(told.reason()).isEqualTo("DENIED");
        assertThat(told.grant().orElseThrow().id()).isEqualTo(denial.id());
        assertThat(told.sentence()).contains("secrets/board/**");

        var own = why(office.reader, office.reader.id(), BOARD);
        assertThat(own.reason()).isEqualTo("DENIED");
        assertThat(own.grant()).isEmpty();
        assertThat(own.sentence()).doesNotContain("board");
        assertThat(problem(() -> why(office.reader, office.admin.id(), BOARD)))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(why(office.reader, office.reader.id(), "x").sentence())
                .contains("READ_ONLY", "everywhere");
    }

    @Test
    void who_may_names_everybody_with_what_allows_it_and_nobody_else() {
        grant(office.admin, allow(office.auditor, "secrets/board/*", Optional.empty()));
        grant(office.admin, deny(office.operator, "secrets/**"));

        var all = who(office.auditor, BOARD);

        assertThat(all)
                .extracting(one -> one.principal() + " " + one.reason())
                .containsExactlyInAnyOrder(
                        office.admin.id() + " ROLE",
                        office.reader.id() + " ROLE",
                        office.auditor.id() + " GRANTED");
        for (var one : all) {
            var person = person(one.principal());
            assertThat(may(person, Action.REVEAL_CREDENTIAL, BOARD)).isTrue();
        }
        assertThat(problem(() -> who(office.reader, BOARD))).isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void the_list_of_roles_has_built_in_ones_first() {
        role(office.admin, "AAA", Action.READ_JOB);

        assertThat(page(office.get(office.auditor, ROLES), RoleView.class))
                .extracting(RoleView::name)
                .containsExactly("ADMIN", "OPERATOR", "USER", "READ_ONLY", "AUDITOR", "AAA");
    }

    private Principal person(UUID id) {
        return List.of(office.admin, office.auditor, office.operator, office.reader).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /// {@return somebody who may give rights, and holds few}
    private Principal giver() {
        return giver(office.person("gil", 8, holdfast.access.Role.AUDITOR));
    }

    private Principal giver(Principal who) {
        role(
                office.admin,
                "GIVER",
                Action.MANAGE_ACCESS,
                Action.READ_ACCESS,
                Action.READ_CREDENTIAL);
        assign(office.admin, who, "GIVER", Optional.empty());
        return who;
    }

    private Principal fresh(Principal person) {
        return new Principal(
                person.id(),
                person.kind(),
                person.name(),
                person.tenant(),
                person.origin(),
                Standing.ofSession(office.clock.instant()));
    }

    private boolean may(Principal person, Action action, String resource) {
        return may(person, action, resource, person);
    }

    private boolean may(Principal person, Action action, String resource, Principal as) {
        assertThat(as.id()).isEqualTo(person.id());
        try {
            office.access.policy().permit(as, action, resource);
            return true;
        } catch (Refusal _) {
            return false;
        }
    }

    private static GrantForm allow(Principal to, String pattern, Optional<Instant> expires) {
        return allow(to.id(), pattern, expires);
    }

    private static GrantForm allow(UUID to, String pattern, Optional<Instant> expires) {
        return form(to, Grant.Effect.ALLOW, pattern, expires);
    }

    private static GrantForm deny(Principal to, String pattern) {
        return form(to.id(), Grant.Effect.DENY, pattern, Optional.empty());
    }

    private static GrantForm form(
            UUID to, Grant.Effect effect, String pattern, Optional<Instant> expires) {
        return new GrantForm(
                new SubjectForm("USER", Optional.of(to), Optional.empty()),
                effect,
                List.of(Action.REVEAL_CREDENTIAL),
                pattern,
                expires,
                Optional.empty());
    }

    private GrantView grant(Principal by, GrantForm form) {
        return (GrantView) body(office.send(Asked.of(by, "POST", GRANTS).body(form)));
    }

    private void assign(Principal by, Principal to, String role, Optional<Instant> expires) {
        var form = new AssignmentForm(to.id(), Optional.empty(), role, expires, Optional.empty());
        assertThat(office.send(Asked.of(by, "POST", ASSIGNMENTS).body(form)).status())
                .isEqualTo(201);
    }

    private void role(Principal by, String name, Action... actions) {
        var form = new RoleForm(name, Optional.empty(), List.of(actions), Optional.empty());
        assertThat(office.send(Asked.of(by, "POST", ROLES).body(form)).status()).isEqualTo(201);
    }

    private void change(Principal by, String name, long seen, Action... actions) {
        var form = new RoleChange(Optional.empty(), List.of(actions), Optional.empty());
        var asked =
                Asked.of(by, "PUT", ROLES + "/" + name)
                        .header("If-Match", "\"" + seen + "\"")
                        .body(form);
        assertThat(office.send(asked).status()).isEqualTo(200);
    }

    private void delete(Principal by, String target) {
        assertThat(office.send(Asked.of(by, "DELETE", target)).status()).isEqualTo(204);
    }

    private List<GrantView> grants(Principal by) {
        return page(office.get(by, GRANTS), GrantView.class);
    }

    private ExplanationView why(Principal by, UUID about, String resource) {
        return office.get(
                by,
                "/api/access/explain?action=REVEAL_CREDENTIAL&principal="
                        + about
                        + "&resource="
                        + resource,
                ExplanationView.class);
    }

    private List<ExplanationView> who(Principal by, String resource) {
        return page(
                office.get(by, "/api/access/who?action=REVEAL_CREDENTIAL&resource=" + resource),
                ExplanationView.class);
    }

    private List<Entry> events(String prefix) {
        office.settle();
        return office.ledger.ledger().after(TenantId.DEFAULT, 0, 1_000).reversed().stream()
                .filter(entry -> entry.action().startsWith(prefix))
                .toList();
    }

    private static <T> List<T> page(Response response, Class<T> type) {
        return ((Page<?>) body(response)).items().stream().map(type::cast).toList();
    }

    private static Object body(Response response) {
        return ((Content.Json) response.content()).body();
    }

    private static Problem problem(Runnable call) {
        return refusal(call).problem();
    }

    private static Refusal refusal(Runnable call) {
        var refusal = catchThrowableOfType(Refusal.class, call::run);
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
