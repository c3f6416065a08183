package holdfast.identity;

import static holdfast.identity.House.body;
import static holdfast.identity.House.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Role;
import holdfast.http.Response;
import holdfast.kernel.FieldError;
import holdfast.kernel.Page;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What administrators do with users, and people with their own passwords, sessions and tokens; on both databases.
@ParameterizedClass
@EnumSource
class UsersTest {
    private final House house;

    private String admin = "";

    UsersTest(TestDatabase engine) {
        house = new House(engine);
    }

    @BeforeEach
    void firstRun() {
        admin = house.setUp();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_new_user_may_do_nothing_but_change_the_password() {
        house.create(admin, "grace", Role.OPERATOR);
        var grace = house.signIn("grace", House.PASSWORD);

        assertThat(house.me(grace).mustChangePassword()).isTrue();
        assertThat(house.me(grace).permissions()).isEmpty();
        grace = house.changePassword(grace, House.PASSWORD, House.OTHER);

        assertThat(house.me(grace).mustChangePassword()).isFalse();
        assertThat(house.me(grace).permissions()).contains("SYNC_ENVIRONMENT");
    }

    @Test
    void a_name_is_given_once_whatever_its_case() {
        house.create(admin, "grace", Role.USER);

        assertThat(problem(() -> house.create(admin, "GRACE", Role.USER)))
                .isEqualTo(Problem.CONFLICT);
    }

    @Test
    void a_form_is_told_every_field_that_is_wrong_at_once() {
        var form =
                new Users.Form(
                        "9", "short", "USER", Optional.of("a\u0007b"), Optional.of("nowhere"));

        assertThat(pointers(() -> house.send(TestRequest.post("/api/users", form).by(admin))))
                .containsExactly("/username", "/password", "/fullName", "/email");
        house.create(admin, "grace", Role.USER);
        for (var bad : List.of("a@b@c", "a b@c", "@", "x".repeat(250) + "@b.de")) {
            assertThat(pointers(() -> update(id("grace"), Optional.of("x".repeat(201)), bad)))
                    .as(bad)
                    .containsExactly("/fullName", "/email");
        }
        update(id("grace"), Optional.of("Grace Hopper"), "grace@example.com");
        update(id("grace"), Optional.empty(), "");
    }

    private void update(UUID id, Optional<String> fullName, String email) {
        var change = new Users.Change("USER", fullName, Optional.of(email));
        var tag = house.send(TestRequest.get("/api/users/" + id).by(admin)).headers().get("ETag");
        house.send(
                TestRequest.put("/api/users/" + id, change)
                        .header("If-Match", Objects.requireNonNull(tag))
                        .by(admin));
    }

    private static List<String> pointers(Runnable work) {
        return catchThrowableOfType(Refusal.class, work::run).fields().stream()
                .map(FieldError::pointer)
                .toList();
    }

    @Test
    void only_administrators_reach_users() {
        var grace = house.ready(admin, "grace", Role.OPERATOR);

        for (var route : house.room.routes()) {
            if (route.access() == Action.MANAGE_USER) {
                var path = route.path().replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
                var request =
                        new TestRequest(
                                route.method(),
                                path,
                                java.util.Map.of(),
                                java.util.Map.of(),
                                java.util.Map.of(),
                                java.util.Map.of(),
                                "192.0.2.1",
                                Optional.empty(),
                                Optional.empty());
                assertThat(problem(() -> house.send(request.by(grace))))
                        .as(route.method() + " " + route.path())
                        .isEqualTo(Problem.NOT_PERMITTED);
            }
        }
    }

    @Test
    void closing_an_account_ends_its_sessions_and_tokens_at_once() {
        var grace = house.ready(admin, "grace", Role.OPERATOR);
        var token = house.token(grace, List.of(Action.READ_CREDENTIAL), List.of());

        act("grace", "disable");

        assertThat(house.isSignedIn(grace)).isFalse();
        assertThat(house.prove(TestRequest.get("/api/me").bearer(token.secret()))).isFalse();
        assertThat(problem(() -> house.signIn("grace", House.OTHER)))
                .isEqualTo(Problem.SIGN_IN_REFUSED);
        act("grace", "enable");
        house.signIn("grace", House.OTHER);
    }

    @Test
    void the_last_administrator_stays_one() {
        var ada = id("ada");

        assertThat(problem(() -> act("ada", "disable"))).isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> house.send(TestRequest.delete("/api/users/" + ada).by(admin))))
                .isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> update(ada, 1, Role.USER))).isEqualTo(Problem.CONFLICT);
        house.ready(admin, "grace", Role.ADMIN);
        update(ada, 1, Role.USER);
        assertThat(problem(() -> house.create(admin, "joan", Role.USER)))
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void an_outdated_version_is_refused() {
        house.create(admin, "grace", Role.USER);
        var id = id("grace");
        update(id, 1, Role.READ_ONLY);

        assertThat(problem(() -> update(id, 1, Role.ADMIN))).isEqualTo(Problem.VERSION_CONFLICT);
        assertThat(
                        problem(() ->
                                house.send(
                                        TestRequest.put("/api/users/" + id, change(Role.USER))
                                                .by(admin))))
                .isEqualTo(Problem.PRECONDITION_REQUIRED);
    }

    @Test
    void changing_the_password_ends_every_other_session_and_the_old_cookie() {
        var here = house.ready(admin, "grace", Role.USER);
        var there = house.signIn("grace", House.OTHER);

        var fresh = house.changePassword(here, House.OTHER, House.PASSWORD);

        assertThat(house.isSignedIn(fresh)).isTrue();
        assertThat(house.isSignedIn(here)).isFalse();
        assertThat(house.isSignedIn(there)).isFalse();
    }

    @Test
    void a_reset_asks_for_the_administrators_password_first() {
        var grace = house.ready(admin, "grace", Role.USER);
        house.clock.advance(Duration.ofMinutes(6));
        var path = "/api/users/" + id("grace") + "/reset";
        var body = new UserRoutes.Reset(House.PASSWORD);

        assertThat(problem(() -> house.send(TestRequest.post(path, body).by(admin))))
                .isEqualTo(Problem.STEP_UP_REQUIRED);
        house.send(
                TestRequest.post("/api/auth/step-up", new MeRoutes.Confirmation(House.PASSWORD))
                        .by(admin));
        house.send(TestRequest.post(path, body).by(admin));

        assertThat(house.isSignedIn(grace)).isFalse();
        assertThat(house.me(house.signIn("grace", House.PASSWORD)).mustChangePassword()).isTrue();
    }

    @Test
    void a_deleted_user_is_gone_with_sessions_and_tokens() {
        var grace = house.ready(admin, "grace", Role.USER);

        house.send(TestRequest.delete("/api/users/" + id("grace")).by(admin));

        assertThat(house.isSignedIn(grace)).isFalse();
        assertThat(users()).extracting(Views.UserView::username).containsExactly("ada");
    }

    @Test
    void an_administrator_opens_a_locked_account() {
        house.create(admin, "grace", Role.USER);
        for (int i = 0; i < 3; i++) {
            problem(() -> house.attempt("grace", "wrong"));
        }
        assertThat(problem(() -> house.attempt("grace", House.PASSWORD)))
                .isEqualTo(Problem.PROOF_REQUIRED);

        act("grace", "unlock");

        house.signIn("grace", House.PASSWORD);
    }

    @Test
    void people_see_and_end_their_own_sessions_only() {
        var grace = house.ready(admin, "grace", Role.USER);
        var second = house.signIn("grace", House.OTHER);
        var mine = sessions(grace);
        assertThat(mine).hasSize(2).filteredOn(Views.SessionView::current).hasSize(1);
        var adas = sessions(admin).getFirst().id();

        assertThat(
                        problem(() ->
                                house.send(
                                        TestRequest.delete("/api/me/sessions/" + adas).by(grace))))
                .isEqualTo(Problem.NOT_FOUND);
        house.send(TestRequest.delete("/api/me/sessions").by(grace));

        assertThat(house.isSignedIn(second)).isFalse();
        assertThat(house.isSignedIn(grace)).isTrue();
    }

    @Test
    void every_change_leaves_one_event() {
        house.create(admin, "grace", Role.USER);
        act("grace", "disable");
        act("grace", "enable");
        house.send(TestRequest.delete("/api/users/" + id("grace")).by(admin));

        house.requireNewest("user.delete", "user.enable", "user.disable", "user.create");
        assertThat(house.entries(50).toString()).doesNotContain(House.PASSWORD);
    }

    @Test
    void the_owner_of_the_machine_gets_back_in() {
        house.room.recovery().recover("ada", House.OTHER);

        assertThat(house.isSignedIn(admin)).isFalse();
        var ada =
                house.changePassword(house.signIn("ada", House.OTHER), House.OTHER, House.PASSWORD);
        assertThat(house.me(ada).role()).contains("ADMIN");
        house.room.recovery().recover("root", House.OTHER);
        assertThat(house.me(house.signIn("root", House.OTHER)).mustChangePassword()).isTrue();
    }

    private void act(String name, String verb) {
        house.send(TestRequest.post("/api/users/" + id(name) + "/" + verb).by(admin));
    }

    private void update(UUID id, long version, Role role) {
        house.send(
                TestRequest.put("/api/users/" + id, change(role))
                        .header("If-Match", "\"" + version + "\"")
                        .by(admin));
    }

    private static Users.Change change(Role role) {
        return new Users.Change(role.name(), Optional.of("Some Body"), Optional.empty());
    }

    private UUID id(String name) {
        return users().stream()
                .filter(user -> user.username().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @SuppressWarnings("unchecked") // the route answers a list of users
    private List<Views.UserView> users() {
        var list = (Page<Views.UserView>) body(send("/api/users", admin));
        return list.items();
    }

    @SuppressWarnings("unchecked") // the route answers a list of sessions
    private List<Views.SessionView> sessions(String cookie) {
        return ((Views.ListView<Views.SessionView>) body(send("/api/me/sessions", cookie))).items();
    }

    private Response send(String path, String cookie) {
        return house.send(TestRequest.get(path).by(cookie));
    }
}
