package holdfast.access;

import static holdfast.access.Policies.THING;
import static holdfast.access.Policies.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.storage.Database;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What policy promises, on both databases.
@ParameterizedClass
@EnumSource
class RolePolicyTest {
    /// The table of the roles as people read it: one line an action, one column a role.
    private static final String MATRIX =
            """
            READ_ENVIRONMENT   ADMIN OPERATOR USER READ_ONLY AUDITOR
            READ_CREDENTIAL    ADMIN OPERATOR USER READ_ONLY AUDITOR
            REVEAL_CREDENTIAL  ADMIN OPERATOR USER READ_ONLY
            MANAGE_ENVIRONMENT ADMIN OPERATOR
            SYNC_ENVIRONMENT   ADMIN OPERATOR
            EXPORT_CREDENTIAL  ADMIN OPERATOR
            READ_SECRET        ADMIN OPERATOR USER READ_ONLY AUDITOR
            REVEAL_SECRET      ADMIN OPERATOR USER READ_ONLY
            WRITE_SECRET       ADMIN OPERATOR USER
            DELETE_SECRET      ADMIN OPERATOR USER
            ROTATE_SECRET      ADMIN OPERATOR USER
            SHARE_SECRET       ADMIN OPERATOR USER
            EXPORT_SECRET      ADMIN OPERATOR
            READ_JOB           ADMIN OPERATOR
            RUN_JOB            ADMIN OPERATOR
            READ_KEY           ADMIN OPERATOR USER READ_ONLY AUDITOR
            ENCRYPT_WITH_KEY   ADMIN OPERATOR USER
            DECRYPT_WITH_KEY   ADMIN OPERATOR USER READ_ONLY
            SIGN_WITH_KEY      ADMIN OPERATOR USER
            VERIFY_WITH_KEY    ADMIN OPERATOR USER READ_ONLY
            WRITE_KEY          ADMIN
            DESTROY_KEY        ADMIN
            READ_AUDIT         ADMIN OPERATOR USER READ_ONLY AUDITOR
            EXPORT_AUDIT       ADMIN OPERATOR USER READ_ONLY AUDITOR
            MANAGE_TOKEN       ADMIN OPERATOR USER READ_ONLY AUDITOR
            READ_ACCESS        ADMIN AUDITOR
            MANAGE_ACCESS      ADMIN
            MANAGE_USER        ADMIN
            READ_HEALTH        ADMIN
            MANAGE_SETTINGS    ADMIN
            MANAGE_KEYS        ADMIN
            MANAGE_TENANT      ADMIN
            """;

    private final Policies policies;

    RolePolicyTest(TestDatabase engine) {
        policies = new Policies(engine);
    }

    @AfterEach
    void close() {
        policies.close();
    }

    @Test
    void the_matrix_holds_exactly() {
        for (var role : Role.BUILT_IN) {
            var person = policies.holder(role);
            var expected =
                    MATRIX.lines()
                            .filter(line -> List.of(line.split(" +", -1)).contains(role.name()))
                            .map(line -> line.split(" +", -1)[0])
                            .collect(Collectors.toSet());

            assertThat(policies.room.policy().allowed(person))
                    .as(role.name())
                    .extracting(Action::name)
                    .containsExactlyInAnyOrderElementsOf(expected);
            for (var action : Action.values()) {
                assertThat(policies.isAllowed(person, action))
                        .as("%s %s", role, action)
                        .isEqualTo(expected.contains(action.name()));
            }
        }
    }

    @Test
    void every_refusal_is_recorded() {
        var reader = policies.holder(Role.READ_ONLY);

        var refusal = policies.refused(reader, Action.MANAGE_USER);

        assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(policies.recorded)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.action()).isEqualTo("access.refuse");
                    assertThat(event.outcome()).isEqualTo(Event.Outcome.REFUSED);
                    assertThat(event.body()).containsEntry("wanted", "MANAGE_USER");
                });
    }

    @Test
    void nobody_without_a_role_may_do_anything() {
        var stranger = person(UUID.randomUUID(), Standing.ofSession(policies.clock.instant()));

        assertThat(policies.room.policy().allowed(stranger)).isEmpty();
        assertThat(
                        policies.room
                                .policy()
                                .allowed(Principal.anonymous(Origin.INTERNAL).in(TenantId.DEFAULT)))
                .isEmpty();
    }

    @Test
    void a_role_taken_away_holds_at_once() {
        var ada = policies.holder(Role.ADMIN);
        policies.room.policy().permit(ada, Action.MANAGE_USER, THING);

        policies.assign(policies.room, ada.id(), Set.of(Role.READ_ONLY));

        assertThat(policies.refused(ada, Action.MANAGE_USER).problem())
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_permit_does_not_outlive_the_role_inside_the_transaction_that_uses_it() {
        var ada = policies.holder(Role.ADMIN);
        var permit = policies.room.policy().permit(ada, Action.MANAGE_USER, THING);
        policies.assign(policies.room, ada.id(), Set.of(Role.READ_ONLY));

        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                policies.database.write(
                                        TenantId.DEFAULT,
                                        tx -> {
                                            policies.room.policy().recheck(tx, permit);
                                            return 0;
                                        }));

        assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
        Await.until(
                "the refusal is recorded",
                () ->
                        policies.recorded.contains(
                                new AccessEvent.Refused(
                                        Action.MANAGE_USER, THING, Problem.NOT_PERMITTED.code())));
    }

    @Test
    void a_permit_survives_a_change_that_leaves_its_right() {
        var ada = policies.holder(Role.ADMIN);
        var permit = policies.room.policy().permit(ada, Action.MANAGE_USER, THING);
        policies.holder(Role.USER);

        policies.database.write(
                TenantId.DEFAULT,
                tx -> {
                    policies.room.policy().recheck(tx, permit);
                    return 0;
                });
    }

    @Test
    void an_export_asks_for_a_password_of_the_last_five_minutes() {
        var ada = policies.holder(Role.OPERATOR);
        policies.room.policy().permit(ada, Action.EXPORT_CREDENTIAL, THING);

        policies.clock.advance(Duration.ofMinutes(5));

        assertThat(policies.refused(ada, Action.EXPORT_CREDENTIAL).problem())
                .isEqualTo(Problem.STEP_UP_REQUIRED);
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () ->
                                                policies.room
                                                        .policy()
                                                        .scope(ada, Action.EXPORT_CREDENTIAL))
                                .problem())
                .isEqualTo(Problem.STEP_UP_REQUIRED);
        policies.room.policy().permit(ada, Action.SYNC_ENVIRONMENT, THING);
    }

    @Test
    void who_lacks_the_right_is_not_asked_for_a_password() {
        var eve = policies.holder(Role.AUDITOR);
        policies.clock.advance(Duration.ofHours(1));

        assertThat(policies.refused(eve, Action.EXPORT_CREDENTIAL).problem())
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_token_does_what_its_scope_names_and_its_maker_may() {
        var maker = policies.holder(Role.OPERATOR).id();
        var token = person(maker, Standing.ofToken(Set.of("EXPORT_CREDENTIAL", "MANAGE_USER")));

        assertThat(policies.room.policy().allowed(token)).containsExactly(Action.EXPORT_CREDENTIAL);
        policies.room.policy().permit(token, Action.EXPORT_CREDENTIAL, THING);
        assertThat(policies.refused(token, Action.READ_CREDENTIAL).problem())
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void only_administrators_and_auditors_see_the_actions_of_others() {
        for (var role : Role.BUILT_IN) {
            var scope = policies.room.policy().scope(policies.holder(role), Action.READ_AUDIT);

            assertThat(scope.everything())
                    .as(role.name())
                    .isEqualTo(role.equals(Role.ADMIN) || role.equals(Role.AUDITOR));
        }
    }

    @Test
    void jobs_sync_but_never_export_or_administer() {
        var job =
                new Principal(
                        UUID.randomUUID(),
                        Principal.Kind.SERVICE,
                        "sync",
                        TenantId.DEFAULT,
                        Origin.INTERNAL);

        assertThat(policies.room.policy().allowed(job))
                .contains(Action.SYNC_ENVIRONMENT)
                .doesNotContain(
                        Action.EXPORT_CREDENTIAL, Action.REVEAL_CREDENTIAL, Action.MANAGE_USER);
    }

    @Test
    void another_tenant_is_not_there() {
        var ada = policies.holder(Role.ADMIN).in(new TenantId(UUID.randomUUID()));

        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () ->
                                                policies.room
                                                        .policy()
                                                        .permit(ada, Action.READ_CREDENTIAL, THING))
                                .problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void on_a_shared_database_another_node_sees_the_change_at_once() {
        var ada = policies.holder(Role.ADMIN);
        var other = policies.node();
        other.policy().permit(ada, Action.MANAGE_USER, THING);

        policies.assign(policies.room, ada.id(), Set.of());

        if (policies.database.engine() == Database.Engine.POSTGRESQL) {
            assertThat(other.policy().allowed(ada)).isEmpty();
        }
    }
}
