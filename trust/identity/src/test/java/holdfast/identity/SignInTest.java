package holdfast.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.http.Access;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What signing in promises, on both databases.
@ParameterizedClass
@EnumSource
class SignInTest {
    private final House house;

    SignInTest(TestDatabase engine) {
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
        assertThat(me(cookie).role()).contains("ADMIN");
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

    @Test
    void the_cookie_is_for_this_host_only_and_out_of_reach_of_scripts() {
        house.setUp();

        var header = house.attempt("ada", House.PASSWORD).headers().get("Set-Cookie");

        assertThat(header)
                .startsWith("__Host-holdfast=")
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Domain");
    }

    @Test
    void case_does_not_count_in_names() {
        house.setUp();

        assertThat(house.isSignedIn(house.signIn("ADA", House.PASSWORD))).isTrue();
    }

    @Test
    void a_wrong_password_and_an_unknown_name_get_the_same_answer() {
        house.setUp();

        var wrong = refusal(() -> house.attempt("ada", "wrong"));
        var unknown = refusal(() -> house.attempt("nobody", "wrong"));

        assertThat(wrong.problem()).isEqualTo(Problem.SIGN_IN_REFUSED);
        assertThat(unknown.problem()).isEqualTo(wrong.problem());
        assertThat(unknown.detail()).isEqualTo(wrong.detail());
        assertThat(unknown.params()).isEqualTo(wrong.params());
        house.requireNewest("session.refuse", "session.refuse");
    }

    @Test
    void what_was_typed_at_a_refused_sign_in_is_not_recorded() {
        house.setUp();

        refusal(() -> house.attempt("hunter2-typed-as-name", "hunter2"));

        house.requireNewest("session.refuse");
        assertThat(house.entries(10).toString()).doesNotContain("hunter2");
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

    @Test
    void a_form_is_answered_by_pages() {
        house.setUp();
        var right = Map.of("username", "ada", "password", House.PASSWORD);
        var wrong = Map.of("username", "ada", "password", "wrong");

        var in = house.send(TestRequest.form("/login", right));
        assertThat(in.status()).isEqualTo(303);
        assertThat(in.headers()).containsEntry("Location", "/dashboard");
        var refused = house.send(TestRequest.form("/login", wrong));
        assertThat(refused.headers())
                .containsEntry("Location", "/login?problem=sign-in-refused")
                .doesNotContainKey("Set-Cookie");
        var out = house.send(TestRequest.post("/logout").by(House.cookie(in)));
        assertThat(out.headers()).containsEntry("Location", "/login");
        assertThat(house.isSignedIn(House.cookie(in))).isFalse();
    }

    @Test
    void the_session_id_changes_at_every_sign_in() {
        var before = house.setUp();

        var body = new SignInRoutes.SignInBody("ada", House.PASSWORD, Optional.empty());
        var after =
                House.cookie(house.send(TestRequest.post("/api/auth/sign-in", body).by(before)));

        assertThat(after).isNotEqualTo(before);
        assertThat(house.isSignedIn(before)).isFalse();
        assertThat(house.isSignedIn(after)).isTrue();
    }

    @Test
    void signing_out_holds_at_once_on_every_node() {
        var cookie = house.setUp();
        var other = house.node();
        assertThat(proved(other, cookie)).isTrue();

        house.send(TestRequest.post("/api/auth/sign-out").by(cookie));

        assertThat(house.isSignedIn(cookie)).isFalse();
        if (house.database.engine() == Database.Engine.POSTGRESQL) {
            assertThat(proved(other, cookie)).isFalse();
        }
        other.close();
    }

    @Test
    void a_session_ends_when_idle_for_an_hour_and_after_twelve_in_any_case() {
        var cookie = house.setUp();
        for (int i = 0; i < 14; i++) {
            house.clock.advance(Duration.ofMinutes(50));
            assertThat(house.isSignedIn(cookie)).as("turn %d", i).isTrue();
        }
        house.clock.advance(Duration.ofMinutes(50));
        assertThat(house.isSignedIn(cookie)).isFalse();

        var second = house.signIn("ada", House.PASSWORD);
        house.clock.advance(Duration.ofMinutes(59));
        assertThat(house.isSignedIn(second)).isTrue();
        house.clock.advance(Duration.ofMinutes(60));
        assertThat(house.isSignedIn(second)).isFalse();
    }

    @Test
    void what_a_browser_asks_on_its_own_does_not_keep_a_session() {
        var cookie = house.setUp();
        var alone = TestRequest.get("/api/me").by(cookie).header("X-Background", "1");
        house.clock.advance(Duration.ofMinutes(40));
        assertThat(house.prove(alone)).isTrue();
        assertThat(house.room.signIn().look(alone)).isPresent();

        house.clock.advance(Duration.ofMinutes(20));

        assertThat(house.room.signIn().look(alone)).isEmpty();
        assertThat(house.isSignedIn(cookie)).isFalse();
    }

    @Test
    void nobody_acts_in_a_tenant_that_is_suspended() {
        var cookie = house.setUp();
        assertThat(house.isSignedIn(cookie)).isTrue();

        standing("SUSPENDED");
        assertThat(problem(() -> house.isSignedIn(cookie))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> house.room.signIn().look(TestRequest.get("/api/me").by(cookie))))
                .isEqualTo(Problem.NOT_PERMITTED);

        standing("ACTIVE");
        assertThat(house.isSignedIn(cookie)).isTrue();
    }

    private void standing(String status) {
        house.database.writePlatform(tx ->
                tx.createUpdate("UPDATE tenancy_tenant SET status = :status WHERE tenant_id = :id")
                        .bind("status", status)
                        .bind("id", TenantId.DEFAULT)
                        .execute());
        house.tenants.refresh();
    }

    @Test
    void sessions_survive_a_restart_with_their_last_use() {
        var cookie = house.setUp();
        house.clock.advance(Duration.ofMinutes(40));
        assertThat(house.isSignedIn(cookie)).isTrue();

        house.restart();

        house.clock.advance(Duration.ofMinutes(40));
        assertThat(house.isSignedIn(cookie)).isTrue();
    }

    @Test
    void the_database_holds_no_token_and_no_password() {
        var cookie = house.setUp();

        var rows =
                house.database.readPlatform(tx ->
                        tx.createQuery("SELECT password FROM identity_user")
                                .mapTo(String.class)
                                .list()
                                .toString());
        var hashes =
                house.database.readPlatform(tx ->
                        tx.createQuery("SELECT token_hash FROM identity_session")
                                .mapTo(byte[].class)
                                .list());

        assertThat(rows).contains("$argon2id$").doesNotContain(House.PASSWORD);
        assertThat(hashes)
                .allSatisfy(hash ->
                        assertThat(hash)
                                .hasSize(32)
                                .isNotEqualTo(cookie.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void every_route_names_who_may_call_it() {
        assertThat(house.room.routes())
                .filteredOn(route -> route.access().equals(Access.PUBLIC))
                .extracting(route -> route.method() + " " + route.path())
                .containsExactlyInAnyOrder(
                        "POST /api/setup",
                        "POST /login",
                        "POST /logout",
                        "POST /api/auth/sign-in",
                        "GET /api/auth/challenge",
                        "POST /api/passwords/strength");
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

    private Views.Me me(String cookie) {
        var content = house.send(TestRequest.get("/api/me").by(cookie)).content();
        return (Views.Me) ((holdfast.http.Content.Json) content).body();
    }

    private boolean proved(IdentityRoom node, String cookie) {
        return node.signIn().prove(TestRequest.get("/api/me").by(cookie)).isPresent();
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

    private static Problem problem(Runnable work) {
        return refusal(work).problem();
    }

    private static Refusal refusal(Runnable work) {
        return catchThrowableOfType(Refusal.class, work::run);
    }
}
