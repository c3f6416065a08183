package holdfast.identity;

import static holdfast.identity.House.problem;
import static holdfast.identity.House.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.testkit.TestDatabase;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the first run promises, on both databases.
@ParameterizedClass
@EnumSource
class FirstRunTest {
    private final House house;

    FirstRunTest(TestDatabase engine) {
        house = new House(engine);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void the_setup_code_makes_the_first_administrator_once() {
        assertThat(house.room.firstRun().isDue()).isTrue();

        var cookie = house.setUp();

        assertThat(house.isSignedIn(cookie)).isTrue();
        assertThat(house.me(cookie).role()).contains("ADMIN");
        assertThat(house.room.firstRun().isDue()).isFalse();
        assertThat(house.room.firstRun().newCode()).isEmpty();
        house.requireNewest("setup.complete");
        assertThat(problem(() -> setUp("AAAA"))).isEqualTo(Problem.CONFLICT);
    }

    @Test
    void only_the_newest_setup_code_opens() {
        var first = house.room.firstRun().newCode().orElseThrow();
        assertThat(house.room.firstRun().newCode()).isPresent();

        assertThat(problem(() -> setUp(first))).isEqualTo(Problem.SIGN_IN_REFUSED);
        assertThat(house.room.firstRun().isDue()).isTrue();
    }

    @Test
    void a_weak_first_password_is_refused_and_the_code_still_opens() {
        var code = house.room.firstRun().newCode().orElseThrow();
        for (int i = 0; i < 2 * Lockout.ACCOUNT_LIMIT; i++) {
            assertThat(problem(() -> setUp(code, "password1234"))).isEqualTo(Problem.INVALID);
        }

        setUp(code, House.PASSWORD);

        assertThat(house.room.firstRun().isDue()).isFalse();
    }

    @Test
    void the_first_form_is_told_every_field_that_is_wrong_at_once() {
        var code = house.room.firstRun().newCode().orElseThrow();
        var form =
                new FirstRun.Form(code, "9", "short", Optional.of("a\tb"), Optional.of("nowhere"));

        assertThat(refusal(() -> house.send(TestRequest.post("/api/setup", form))).fields())
                .extracting(FieldError::pointer)
                .containsExactly("/username", "/password", "/fullName", "/email");
    }

    private void setUp(String code) {
        setUp(code, House.PASSWORD);
    }

    private void setUp(String code, String password) {
        house.send(
                TestRequest.post(
                        "/api/setup",
                        new FirstRun.Form(
                                code, "grace", password, Optional.empty(), Optional.empty())));
    }
}
