package holdfast.administration;

import static holdfast.administration.Rights.ASSIGNMENTS;
import static holdfast.administration.Rights.BOARD;
import static holdfast.administration.Rights.GRANTS;
import static holdfast.administration.Rights.allow;
import static holdfast.administration.Rights.deny;
import static holdfast.administration.Rights.problem;
import static holdfast.administration.Rights.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.administration.AccessForms.GrantForm;
import holdfast.administration.AccessForms.SubjectForm;
import holdfast.administration.AccessViews.ExplanationView;
import holdfast.administration.AccessViews.GrantView;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
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
    private final Office office;
    private final Rights rights;

    AccessRoutesTest(TestDatabase engine) {
        office = new Office(engine);
        office.enrol(office.admin);
        rights = new Rights(office);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void a_grant_holds_with_the_next_request_and_so_does_its_end() {
        var auditor = office.auditor;
        assertThat(rights.may(auditor, Action.REVEAL_CREDENTIAL, BOARD)).isFalse();

        var given = rights.grant(office.admin, allow(auditor, "secrets/board/*", Optional.empty()));
        assertThat(rights.may(auditor, Action.REVEAL_CREDENTIAL, BOARD)).isTrue();
        assertThat(rights.grants(office.admin))
                .extracting(GrantView::id)
                .containsExactly(given.id());
        assertThat(given.metadata()).isEmpty();

        rights.delete(office.admin, GRANTS + "/" + given.id());
        assertThat(rights.may(auditor, Action.REVEAL_CREDENTIAL, BOARD)).isFalse();
        assertThat(rights.grants(office.admin)).isEmpty();
        assertThat(rights.events("grant."))
                .extracting(Entry::action)
                .containsExactly("grant.delete", "grant.create");
        assertThat(problem(() -> rights.delete(office.admin, GRANTS + "/" + given.id())))
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void a_grant_ends_at_its_instant_and_no_other_than_a_time_to_come_is_taken() {
        var end = office.clock.instant().plusSeconds(60);
        rights.grant(office.admin, allow(office.auditor, "secrets/**", Optional.of(end)));
        assertThat(rights.may(office.auditor, Action.REVEAL_CREDENTIAL, BOARD)).isTrue();

        office.clock.advance(Duration.ofSeconds(60));

        assertThat(rights.may(office.auditor, Action.REVEAL_CREDENTIAL, BOARD)).isFalse();
        assertThat(
                        problem(() ->
                                rights.grant(
                                        office.admin,
                                        allow(office.auditor, "a", Optional.of(end)))))
                .isEqualTo(Problem.INVALID);
    }

    @Test
    void nobody_gives_more_than_they_hold() {
        var giver = rights.giver();

        assertThat(
                        problem(() ->
                                rights.grant(
                                        giver, allow(office.auditor, "a/b", Optional.empty()))))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(
                        problem(() ->
                                rights.assign(giver, office.auditor, "OPERATOR", Optional.empty())))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> rights.assign(giver, giver, "ADMIN", Optional.empty())))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> rights.role(giver, "MORE", Action.REVEAL_CREDENTIAL)))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(
                        problem(() ->
                                rights.change(
                                        giver,
                                        "GIVER",
                                        1,
                                        Action.MANAGE_ACCESS,
                                        Action.MANAGE_USER)))
                .isEqualTo(Problem.NOT_PERMITTED);
        rights.role(giver, "LESS", Action.READ_CREDENTIAL);
    }

    @Test
    void who_sees_own_events_only_gives_nobody_the_whole_ledger() {
        var giver = rights.giver(office.operator);

        assertThat(problem(() -> rights.role(giver, "SPY", Action.READ_AUDIT)))
                .isEqualTo(Problem.NOT_PERMITTED);
        rights.role(office.admin, "SPY", Action.READ_AUDIT);
        rights.assign(office.admin, office.reader, "SPY", Optional.empty());

        assertThat(office.access.policy().scope(office.reader, Action.READ_AUDIT).everything())
                .isTrue();
        assertThat(office.access.policy().scope(office.operator, Action.READ_AUDIT).everything())
                .isFalse();
    }

    @Test
    void who_is_denied_a_folder_gives_nothing_that_reaches_into_it() {
        rights.grant(office.admin, deny(office.operator, "secrets/board/**"));
        var giver = rights.giver(office.operator);

        for (var pattern : List.of("**", "secrets/**", "secrets/*/plan", BOARD)) {
            assertThat(
                            problem(() ->
                                    rights.grant(
                                            giver,
                                            allow(office.reader, pattern, Optional.empty()))))
                    .as(pattern)
                    .isEqualTo(Problem.NOT_PERMITTED);
        }
        rights.grant(giver, allow(office.reader, "secrets/prod/**", Optional.empty()));
    }

    @Test
    void a_machine_without_a_role_is_given_rights_and_told_of_as_a_machine() {
        var ci = office.machine("ci-runner");
        var asMachine = new SubjectForm("MACHINE", Optional.of(ci), Optional.empty());

        var given = rights.grant(office.admin, of(asMachine));
        rights.assign(office.admin, ci, Principal.Kind.MACHINE, "AUDITOR");

        assertThat(given.subject().kind()).isEqualTo("MACHINE");
        assertThat(given.subject().name()).contains("ci-runner");
        assertThat(rights.who(office.admin, BOARD))
                .filteredOn(one -> one.principal().equals(ci))
                .singleElement()
                .returns(Optional.of("MACHINE"), ExplanationView::kind)
                .returns(Optional.of("ci-runner"), ExplanationView::name);
        rights.delete(office.admin, ASSIGNMENTS + "/" + ci + "/AUDITOR");
        assertThat(rights.why(office.admin, ci, BOARD).allowed()).isTrue();
    }

    @Test
    void a_machine_is_no_user_and_a_user_no_machine() {
        var ci = office.machine("ci-runner");

        for (var wrong :
                List.of(
                        new SubjectForm("USER", Optional.of(ci), Optional.empty()),
                        new SubjectForm(
                                "MACHINE", Optional.of(office.reader.id()), Optional.empty()))) {
            assertThat(problem(() -> rights.grant(office.admin, of(wrong))))
                    .as(wrong.kind())
                    .isEqualTo(Problem.INVALID);
        }
    }

    private static GrantForm of(SubjectForm subject) {
        return new GrantForm(
                subject,
                Grant.Effect.ALLOW,
                List.of(Action.REVEAL_CREDENTIAL),
                "secrets/board/*",
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void a_token_gives_no_more_than_its_scope_names() {
        var token =
                new Principal(
                        office.admin.id(),
                        Principal.Kind.USER,
                        "ada/ci",
                        TenantId.DEFAULT,
                        office.admin.origin(),
                        Standing.ofToken(Set.of("MANAGE_ACCESS")));

        assertThat(problem(() -> rights.grant(token, allow(office.auditor, "a", Optional.empty()))))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> rights.assign(token, office.auditor, "ADMIN", Optional.empty())))
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_denial_against_oneself_is_lifted_by_somebody_else() {
        var eve = office.person("eve", 9, holdfast.access.Role.ADMIN);
        var denial = rights.grant(office.admin, deny(eve, "secrets/**"));

        assertThat(problem(() -> rights.delete(eve, GRANTS + "/" + denial.id())))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(rights.may(eve, Action.REVEAL_CREDENTIAL, BOARD)).isFalse();

        rights.delete(office.admin, GRANTS + "/" + denial.id());
        assertThat(rights.may(eve, Action.REVEAL_CREDENTIAL, BOARD)).isTrue();
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

        assertThat(problem(() -> rights.grant(office.admin, form))).isEqualTo(Problem.CONFLICT);
        rights.assign(office.admin, office.admin, "USER", Optional.empty());
        assertThat(
                        problem(() ->
                                rights.delete(
                                        office.admin,
                                        ASSIGNMENTS + "/" + office.admin.id() + "/ADMIN")))
                .isEqualTo(Problem.CONFLICT);
        assertThat(rights.may(office.admin, Action.MANAGE_ACCESS, "access")).isTrue();
    }

    @Test
    void somebody_of_elsewhere_looks_like_nobody() {
        for (var id : List.of(UUID.randomUUID(), office.elsewhere())) {
            var refusal =
                    refusal(() -> rights.grant(office.admin, allow(id, "a/b", Optional.empty())));
            assertThat(refusal.problem()).isEqualTo(Problem.INVALID);
            assertThat(refusal.fields().getFirst().pointer()).isEqualTo("/subject/id");
            assertThat(rights.why(office.admin, id, BOARD).name()).isEmpty();
        }
    }
}
