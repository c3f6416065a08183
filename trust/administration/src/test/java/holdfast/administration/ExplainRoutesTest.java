package holdfast.administration;

import static holdfast.administration.Rights.BOARD;
import static holdfast.administration.Rights.allow;
import static holdfast.administration.Rights.deny;
import static holdfast.administration.Rights.problem;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.kernel.Problem;
import holdfast.testkit.TestDatabase;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is told why somebody may or may not, and who may, on both databases.
@ParameterizedClass
@EnumSource
class ExplainRoutesTest {
    private final Office office;
    private final Rights rights;

    ExplainRoutesTest(TestDatabase engine) {
        office = new Office(engine);
        office.enrol(office.admin);
        rights = new Rights(office);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void who_may_read_rights_is_told_everything_and_others_about_themselves_only() {
        var denial = rights.grant(office.admin, deny(office.reader, "secrets/board/**"));

        var told = rights.why(office.auditor, office.reader.id(), BOARD);
        assertThat(told.allowed()).isFalse();
        assertThat(told.reason()).isEqualTo("DENIED");
        assertThat(told.grant().orElseThrow().id()).isEqualTo(denial.id());
        assertThat(told.sentence()).contains("secrets/board/**");

        var own = rights.why(office.reader, office.reader.id(), BOARD);
        assertThat(own.reason()).isEqualTo("DENIED");
        assertThat(own.grant()).isEmpty();
        assertThat(own.sentence()).doesNotContain("board");
        assertThat(problem(() -> rights.why(office.reader, office.admin.id(), BOARD)))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(rights.why(office.reader, office.reader.id(), "x").sentence())
                .contains("READ_ONLY", "everywhere");
    }

    @Test
    void who_may_names_everybody_with_what_allows_it_and_nobody_else() {
        rights.grant(office.admin, allow(office.auditor, "secrets/board/*", Optional.empty()));
        rights.grant(office.admin, deny(office.operator, "secrets/**"));

        var all = rights.who(office.auditor, BOARD);

        assertThat(all)
                .extracting(one -> one.principal() + " " + one.reason())
                .containsExactlyInAnyOrder(
                        office.admin.id() + " ROLE",
                        office.reader.id() + " ROLE",
                        office.auditor.id() + " GRANTED");
        for (var one : all) {
            var person = rights.person(one.principal());
            assertThat(rights.may(person, Action.REVEAL_CREDENTIAL, BOARD)).isTrue();
        }
        assertThat(problem(() -> rights.who(office.reader, BOARD)))
                .isEqualTo(Problem.NOT_PERMITTED);
    }
}
