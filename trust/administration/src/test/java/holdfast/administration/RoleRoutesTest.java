package holdfast.administration;

import static holdfast.administration.Rights.ASSIGNMENTS;
import static holdfast.administration.Rights.ROLES;
import static holdfast.administration.Rights.page;
import static holdfast.administration.Rights.problem;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.administration.AccessViews.RoleView;
import holdfast.kernel.Problem;
import holdfast.ledger.Entry;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// How roles are given for a while, made, changed and taken, on both databases.
@ParameterizedClass
@EnumSource
class RoleRoutesTest {
    private final Office office;
    private final Rights rights;

    RoleRoutesTest(TestDatabase engine) {
        office = new Office(engine);
        office.enrol(office.admin);
        rights = new Rights(office);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void a_role_for_a_while_ends_by_itself() {
        var end = office.clock.instant().plusSeconds(3600);
        rights.assign(office.admin, office.reader, "OPERATOR", Optional.of(end));
        assertThat(
                        rights.may(
                                office.reader,
                                Action.EXPORT_CREDENTIAL,
                                "x",
                                rights.fresh(office.reader)))
                .isTrue();

        office.clock.advance(Duration.ofHours(1));

        assertThat(
                        rights.may(
                                office.reader,
                                Action.EXPORT_CREDENTIAL,
                                "x",
                                rights.fresh(office.reader)))
                .isFalse();
        assertThat(rights.may(office.reader, Action.REVEAL_CREDENTIAL, "x")).isTrue();
    }

    @Test
    void the_last_role_of_somebody_stays() {
        assertThat(
                        problem(() ->
                                rights.delete(
                                        office.admin,
                                        ASSIGNMENTS + "/" + office.reader.id() + "/READ_ONLY")))
                .isEqualTo(Problem.CONFLICT);
    }

    @Test
    void a_role_of_the_tenant_opens_what_it_names_and_changes_hold_at_once() {
        rights.role(office.admin, "ROBOT", Action.SYNC_ENVIRONMENT);
        rights.assign(office.admin, office.reader, "ROBOT", Optional.empty());
        assertThat(rights.may(office.reader, Action.SYNC_ENVIRONMENT, "environment/1")).isTrue();

        rights.change(office.admin, "ROBOT", 1, Action.READ_JOB);

        assertThat(rights.may(office.reader, Action.SYNC_ENVIRONMENT, "environment/1")).isFalse();
        assertThat(rights.may(office.reader, Action.READ_JOB, "job")).isTrue();
        assertThat(problem(() -> rights.change(office.admin, "ROBOT", 1, Action.READ_JOB)))
                .isEqualTo(Problem.VERSION_CONFLICT);
        assertThat(rights.events("role."))
                .extracting(Entry::action)
                .containsExactly("role.update", "role.create");
    }

    @Test
    void a_role_in_use_is_not_deleted_and_a_built_in_one_never_changes() {
        rights.role(office.admin, "ROBOT", Action.READ_JOB);
        rights.assign(office.admin, office.reader, "ROBOT", Optional.empty());
        assertThat(problem(() -> rights.delete(office.admin, ROLES + "/ROBOT")))
                .isEqualTo(Problem.CONFLICT);

        rights.delete(office.admin, ASSIGNMENTS + "/" + office.reader.id() + "/ROBOT");
        rights.delete(office.admin, ROLES + "/ROBOT");

        assertThat(problem(() -> office.get(office.admin, ROLES + "/ROBOT")))
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(problem(() -> rights.delete(office.admin, ROLES + "/ADMIN")))
                .isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> rights.change(office.admin, "USER", 1, Action.READ_JOB)))
                .isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> rights.role(office.admin, "USER", Action.READ_JOB)))
                .isEqualTo(Problem.INVALID);
    }

    @Test
    void the_list_of_roles_has_built_in_ones_first() {
        rights.role(office.admin, "AAA", Action.READ_JOB);

        assertThat(page(office.get(office.auditor, ROLES), RoleView.class))
                .extracting(RoleView::name)
                .containsExactly("ADMIN", "OPERATOR", "USER", "READ_ONLY", "AUDITOR", "AAA");
    }
}
