package holdfast.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.access.Action;
import holdfast.http.Repeats;
import holdfast.kernel.Bytes;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.testkit.Statements;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// No statement of this room walks through what grows, on both databases; only the list of users reads them all.
@ParameterizedClass
@EnumSource
class IdentityPlanTest {
    private static final Set<String> GROWING =
            Set.of(
                    "identity_user",
                    "identity_machine",
                    "identity_session",
                    "identity_token",
                    "identity_failure",
                    "identity_repeat");

    /// The list of users; and whether there is any, which ends with the first, because all belong to the platform.
    private static final Set<String> WANTED_WHOLE =
            Set.of("ORDER BY folded", "SELECT 1 FROM identity_user");

    private static final String FRESH = "another-horse-battery-staple";

    private final Statements statements = new Statements();
    private final House house;
    private String ada = "";

    IdentityPlanTest(TestDatabase engine) {
        house = new House(engine, statements::around);
    }

    @BeforeEach
    void setUp() {
        ada = house.setUp();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() {
        users();
        machines();
        sessionsAndTokens();
        repeats();
        house.clock.advance(Duration.ofDays(2));
        house.room.jobs().forEach(job -> job.run().run());

        var found = statements.walks(house.database, GROWING);

        assertThat(found.walks())
                .filteredOn(walk -> WANTED_WHOLE.stream().noneMatch(walk::contains))
                .isEmpty();
        assertThat(found.looked()).isGreaterThan(20);
    }

    /// The check can fail: a condition that no index begins with is found out.
    @Test
    void a_statement_without_an_index_is_found_out() {
        house.database.readPlatform(tx ->
                tx.createQuery("SELECT client FROM identity_session WHERE address = 'x'")
                        .mapTo(String.class)
                        .list());

        assertThat(statements.walks(house.database, GROWING).walks()).isNotEmpty();
    }

    private void users() {
        var made = house.send(TestRequest.post("/api/users", userForm()).by(ada));
        var one = java.util.Objects.requireNonNull(made.headers().get("Location"));
        send(TestRequest.get("/api/users"));
        send(TestRequest.get(one));
        send(
                TestRequest.put(
                                one,
                                new Users.Change("OPERATOR", Optional.of("G"), Optional.empty()))
                        .header("If-Match", "\"1\""));
        send(TestRequest.get(one + "/sessions"));
        send(TestRequest.delete(one + "/sessions"));
        send(TestRequest.post(one + "/disable"));
        send(TestRequest.post(one + "/enable"));
        send(TestRequest.post(one + "/unlock"));
        send(TestRequest.post(one + "/reset", new UserRoutes.Reset(FRESH)));
        assertThatThrownBy(() -> house.attempt("grace", "wrong"))
                .isInstanceOf(holdfast.kernel.Refusal.class);
        send(TestRequest.delete(one));
        var people = house.room.people();
        house.database.readPlatform(tx -> people.named(tx, "ada"));
    }

    private void machines() {
        var form = new Machines.Form("ci-runner", Optional.of("builds"), Optional.of("USER"));
        var made = house.send(TestRequest.post("/api/machines", form).by(ada));
        var one = java.util.Objects.requireNonNull(made.headers().get("Location"));
        send(TestRequest.get("/api/machines"));
        send(TestRequest.get(one));
        send(
                TestRequest.put(one, new Machines.Change(Optional.of("b"), Optional.empty()))
                        .header("If-Match", "\"1\""));
        send(TestRequest.post(one + "/disable"));
        send(TestRequest.post(one + "/enable"));
        send(
                TestRequest.post(
                        one + "/tokens",
                        new Tokens.Form("one", List.of(Action.READ_JOB), 1, Optional.empty())));
        send(TestRequest.get(one + "/tokens"));
        var people = house.room.people();
        house.database.readPlatform(tx -> people.machine(tx, TenantId.DEFAULT, "ci-runner"));
        send(TestRequest.delete(one));
    }

    private static Users.Form userForm() {
        return new Users.Form("grace", House.PASSWORD, "USER", Optional.empty(), Optional.empty());
    }

    private void sessionsAndTokens() {
        var form = new Tokens.Form("one", List.of(Action.READ_SECRET), 1, Optional.empty());
        var made = house.send(TestRequest.post("/api/tokens", form).by(ada));
        assertThat(made.status()).isEqualTo(201);
        send(TestRequest.get("/api/tokens"));
        send(TestRequest.get("/api/me/sessions"));
        house.signIn("ada", House.PASSWORD);
        send(TestRequest.delete("/api/me/sessions"));
        house.send(
                TestRequest.post("/api/auth/step-up", new MeRoutes.Confirmation(House.PASSWORD))
                        .by(ada));
        house.clock.advance(Duration.ofMinutes(5));
        assertThat(house.isSignedIn(ada)).isTrue();
        house.room.jobs().forEach(job -> job.run().run());
        send(TestRequest.post("/api/me/password", new MeRoutes.Change(House.PASSWORD, FRESH)));
        house.room.recovery().recover("ada", House.PASSWORD);
    }

    private void repeats() {
        var store = new RepeatStore();
        var who =
                new Principal(
                        new UUID(1, 1),
                        Principal.Kind.USER,
                        "ada",
                        TenantId.DEFAULT,
                        Origin.INTERNAL);
        var request = Bytes.copyOf(new byte[32]);
        house.database.write(
                TenantId.DEFAULT,
                tx -> {
                    store.add(tx, who, "key", request, house.clock.instant());
                    store.keep(
                            tx,
                            who,
                            "key",
                            new Repeats.Outcome(200, Optional.empty(), Optional.empty()));
                    store.remove(tx, who, "key");
                    store.removeBefore(tx, TenantId.DEFAULT, house.clock.instant());
                    return store.find(tx, who, "key");
                });
    }

    private void send(TestRequest request) {
        assertThat(house.send(request.by(ada)).status()).isLessThan(300);
    }
}
