package holdfast.identity;

import static holdfast.identity.House.problem;
import static holdfast.identity.House.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
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

    private boolean proved(IdentityRoom node, String cookie) {
        return node.signIn().prove(TestRequest.get("/api/me").by(cookie)).isPresent();
    }
}
