package holdfast.identity;

import static holdfast.identity.House.problem;
import static holdfast.identity.House.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.passwords.ProofOfWork;
import holdfast.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What stands between a guesser and an account, on both databases.
@ParameterizedClass
@EnumSource
class LockoutTest {
    private final House house;

    LockoutTest(TestDatabase engine) {
        house = new House(engine);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void after_five_failures_the_account_is_closed_even_for_the_right_password() {
        house.setUp();
        failUntilClosed("ada");

        assertThat(problem(() -> solve("ada", House.PASSWORD))).isEqualTo(Problem.SIGN_IN_REFUSED);

        house.clock.advance(Duration.ofMinutes(5));
        assertThat(solve("ada", House.PASSWORD)).isNotEmpty();
    }

    @Test
    void the_delay_doubles_up_to_half_an_hour() {
        var lockout = lockout();
        for (int i = 0; i < Lockout.ACCOUNT_LIMIT; i++) {
            lockout.attempt("ada", "192.0.2." + i);
        }
        for (var minutes : new int[] {5, 10, 20, 30, 30}) {
            house.clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(problem(() -> lockout.attempt("ada", "192.0.2.9")))
                    .isEqualTo(Problem.SIGN_IN_REFUSED);
            house.clock.advance(Duration.ofSeconds(1));
            lockout.attempt("ada", "192.0.2.9");
        }
    }

    @Test
    void a_name_that_nobody_has_is_closed_alike() {
        house.setUp();

        failUntilClosed("nobody");

        assertThat(problem(() -> solve("nobody", "wrong"))).isEqualTo(Problem.SIGN_IN_REFUSED);
    }

    @Test
    void after_three_failures_a_proof_of_work_is_asked_for_and_counts_once() {
        house.setUp();
        for (int i = 0; i < 3; i++) {
            refusal(() -> house.attempt("ada", "wrong"));
        }
        var asked = refusal(() -> house.attempt("ada", House.PASSWORD));
        assertThat(asked.problem()).isEqualTo(Problem.PROOF_REQUIRED);

        var solution = solution(asked);
        assertThat(problem(() -> attempt("ada", "wrong", solution)))
                .isEqualTo(Problem.SIGN_IN_REFUSED);
        assertThat(problem(() -> attempt("ada", House.PASSWORD, solution)))
                .isEqualTo(Problem.PROOF_REQUIRED);
        assertThat(solve("ada", House.PASSWORD)).isNotEmpty();
    }

    @Test
    void a_proof_made_up_or_expired_is_refused() {
        house.setUp();
        for (int i = 0; i < 3; i++) {
            refusal(() -> house.attempt("ada", "wrong"));
        }
        var good = solution(refusal(() -> house.attempt("ada", House.PASSWORD)));
        var forged = new ProofOfWork.Solution(good.challenge() + "A", good.nonce());
        assertThat(problem(() -> attempt("ada", House.PASSWORD, forged)))
                .isEqualTo(Problem.PROOF_REQUIRED);

        house.clock.advance(Duration.ofMinutes(5));
        assertThat(problem(() -> attempt("ada", House.PASSWORD, good)))
                .isEqualTo(Problem.PROOF_REQUIRED);
    }

    @Test
    void fifty_failures_close_the_address_for_every_name() {
        house.setUp();
        var lockout = lockout();
        for (int i = 1; i < Lockout.ADDRESS_LIMIT; i++) {
            assertThat(lockout.attempt("user" + i, "192.0.2.1")).isEmpty();
        }
        assertThat(lockout.attempt("user", "192.0.2.1")).isPresent();

        assertThat(problem(() -> lockout.attempt("ada", "192.0.2.1")))
                .isEqualTo(Problem.TOO_MANY_REQUESTS);
        assertThat(lockout.attempt("ada", "192.0.2.2")).isEmpty();
    }

    @Test
    void a_right_password_takes_the_failures_back() {
        house.setUp();
        for (int round = 0; round < 4; round++) {
            refusal(() -> house.attempt("ada", "wrong"));
            refusal(() -> house.attempt("ada", "wrong"));
            house.signIn("ada", House.PASSWORD);
        }
    }

    private Lockout lockout() {
        return new Lockout(
                house.database, new FailureStore(), new Minting(house.crypto), house.clock);
    }

    private void failUntilClosed(String name) {
        for (int i = 0; i < Lockout.ACCOUNT_LIMIT; i++) {
            assertThat(problem(() -> solve(name, "wrong"))).isEqualTo(Problem.SIGN_IN_REFUSED);
        }
    }

    /// Signs in, solving the proof of work when it is asked for.
    private String solve(String name, String password) {
        try {
            return house.signIn(name, password);
        } catch (Refusal refusal) {
            if (refusal.problem() != Problem.PROOF_REQUIRED) {
                throw refusal;
            }
            return attempt(name, password, solution(refusal));
        }
    }

    private String attempt(String name, String password, ProofOfWork.Solution solution) {
        return House.cookie(
                house.send(
                        TestRequest.post(
                                "/api/auth/sign-in",
                                new SignInRoutes.SignInBody(
                                        name, password, Optional.of(solution)))));
    }

    private ProofOfWork.Solution solution(Refusal asked) {
        var challenge = Objects.requireNonNull(asked.params().get("challenge"));
        int difficulty = Integer.parseInt(Objects.requireNonNull(asked.params().get("difficulty")));
        for (int nonce = 0; ; nonce++) {
            var text = (challenge + ":" + nonce).getBytes(StandardCharsets.UTF_8);
            if (ProofOfWork.zeroBits(house.crypto.sha256(text)) >= difficulty) {
                return new ProofOfWork.Solution(challenge, String.valueOf(nonce));
            }
        }
    }
}
