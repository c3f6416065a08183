package holdfast.access;

import static holdfast.access.Policies.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What grants and denials decide, on both databases.
@ParameterizedClass
@EnumSource
class GrantPolicyTest {
    private final Policies policies;

    GrantPolicyTest(TestDatabase engine) {
        policies = new Policies(engine);
    }

    @AfterEach
    void close() {
        policies.close();
    }

    @Test
    void a_grant_opens_a_path_and_ends_when_it_is_taken_back() {
        var ada = person(UUID.randomUUID(), Standing.ofSession(policies.clock.instant()));
        var id = policies.grant(ada, Grant.Effect.ALLOW, "secrets/prod/**");

        var permit =
                policies.room.policy().permit(ada, Action.REVEAL_CREDENTIAL, "secrets/prod/db");
        assertThat(policies.room.policy().allowed(ada)).containsExactly(Action.REVEAL_CREDENTIAL);
        assertThat(policies.room.policy().scope(ada, Action.REVEAL_CREDENTIAL).everything())
                .isFalse();
        assertThat(
                        policies.room
                                .policy()
                                .scope(ada, Action.REVEAL_CREDENTIAL)
                                .covers("secrets/dev/db"))
                .isFalse();
        assertThat(policies.refused(ada, Action.REVEAL_CREDENTIAL).problem())
                .isEqualTo(Problem.NOT_PERMITTED);

        policies.change(tx -> policies.room.grants().remove(tx, TenantId.DEFAULT, id));

        assertThat(policies.room.policy().allowed(ada)).isEmpty();
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () ->
                                                policies.change(tx ->
                                                        policies.room.policy().recheck(tx, permit)))
                                .problem())
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_denial_holds_against_an_administrator() {
        var ada = policies.holder(Role.ADMIN);
        policies.grant(ada, Grant.Effect.DENY, "secrets/board/**");

        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                policies.room
                                        .policy()
                                        .permit(ada, Action.REVEAL_CREDENTIAL, "secrets/board/x"));

        assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(policies.room.policy().scope(ada, Action.REVEAL_CREDENTIAL).everything())
                .isFalse();
        policies.room.policy().permit(ada, Action.REVEAL_CREDENTIAL, "secrets/prod/x");
    }

    @Test
    void grants_come_back_as_they_were_given() {
        var ada = policies.holder(Role.USER);
        policies.grant(ada, Grant.Effect.DENY, "a\\*/b");
        var given =
                new Grant(
                        UUID.randomUUID(),
                        new Grant.Subject.Holders(Role.USER),
                        Grant.Effect.ALLOW,
                        Set.of(Action.READ_CREDENTIAL, Action.EXPORT_CREDENTIAL),
                        new PathPattern("secrets/*/x"),
                        policies.clock.instant(),
                        ada.id(),
                        Optional.of(policies.clock.instant().plusSeconds(1)));
        policies.change(tx -> policies.room.grants().add(tx, TenantId.DEFAULT, given));

        List<Grant> kept =
                policies.database.read(
                        TenantId.DEFAULT, tx -> policies.room.grants().all(tx, TenantId.DEFAULT));
        assertThat(kept).hasSize(2).contains(given);
    }
}
