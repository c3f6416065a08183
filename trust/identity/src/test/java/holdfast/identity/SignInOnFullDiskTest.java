package holdfast.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.testkit.FullTable;
import holdfast.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a right password promises while attempts can still be counted and sessions cannot be stored any more.
@ParameterizedClass
@EnumSource
class SignInOnFullDiskTest {
    private static final String FRESH = "another-horse-battery-staple";

    private static final int ATTEMPTS = 12; // more than an address may fail without a proof of work

    private final House house;
    private String cookie = "";

    SignInOnFullDiskTest(TestDatabase engine) {
        house = new House(engine);
    }

    @BeforeEach
    void setUp() {
        cookie = house.setUp();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void it_never_leads_its_owner_to_a_proof_of_work_or_a_closed_account() {
        var full = fill();
        for (int i = 0; i < ATTEMPTS; i++) {
            assertThat(problem(this::signIn)).as("attempt %d", i).isEqualTo(Problem.STORAGE_FULL);
        }
        full.makeRoom();

        signIn();
    }

    @Test
    void confirming_and_changing_it_do_not_either() {
        var full = fill();
        for (int i = 0; i < Lockout.ACCOUNT_LIMIT + 1; i++) {
            assertThat(problem(this::confirm)).isEqualTo(Problem.STORAGE_FULL);
            assertThat(problem(this::change)).isEqualTo(Problem.STORAGE_FULL);
        }
        full.makeRoom();

        confirm();
        change();
    }

    @Test
    void wrong_ones_before_and_after_it_still_count() {
        wrong();
        wrong();
        var full = fill();
        assertThat(problem(this::signIn)).isEqualTo(Problem.STORAGE_FULL);
        full.makeRoom();
        wrong();

        assertThat(problem(this::signIn)).isEqualTo(Problem.PROOF_REQUIRED);
    }

    @Test
    void an_attempt_is_forgiven_once_however_many_guess_at_the_same_time() {
        var lockout =
                new Lockout(
                        house.database, new FailureStore(), new Minting(house.crypto), house.clock);
        assertThat(lockout.attempt("ada", "192.0.2.1")).isEmpty();
        lockout.pardon("ada", "192.0.2.1");
        for (int i = 1; i < Lockout.ACCOUNT_LIMIT; i++) {
            assertThat(lockout.attempt("ada", "192.0.2.1")).isEmpty();
        }

        assertThat(lockout.attempt("ada", "192.0.2.1")).isPresent();
    }

    private FullTable fill() {
        return FullTable.of("identity_session", house.place, house.database);
    }

    private void wrong() {
        assertThat(problem(() -> house.attempt("ada", "wrong"))).isEqualTo(Problem.SIGN_IN_REFUSED);
    }

    private void signIn() {
        house.signIn("ada", House.PASSWORD);
    }

    private void confirm() {
        house.send(
                TestRequest.post("/api/auth/step-up", new MeRoutes.Confirmation(House.PASSWORD))
                        .by(cookie));
    }

    private void change() {
        house.send(
                TestRequest.post("/api/me/password", new MeRoutes.Change(House.PASSWORD, FRESH))
                        .by(cookie));
    }

    private static Problem problem(Runnable work) {
        return catchThrowableOfType(Refusal.class, work::run).problem();
    }
}
