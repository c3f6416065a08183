package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.http.Content;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.Standing;
import holdfast.testkit.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Who may move the root key to another method, and what is told of it, on both databases.
@ParameterizedClass
@EnumSource
class SealRoutesTest {
    private static final String PASSPHRASE = "nine sour plums in a row";

    private final Office office;
    private final Principal fresh;

    SealRoutesTest(TestDatabase engine) {
        office = new Office(engine);
        var admin = office.admin;
        fresh =
                new Principal(
                        admin.id(),
                        admin.kind(),
                        admin.name(),
                        admin.tenant(),
                        admin.origin(),
                        Standing.ofSession(office.clock.instant()));
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void the_root_key_moves_to_a_passphrase_and_back_with_one_event_each() {
        var moved = move(fresh, "passphrase", Optional.of(PASSPHRASE));

        assertThat(moved.method()).isEqualTo("passphrase");
        assertThat(moved.open()).isTrue();
        assertThat(moved.atStart()).contains("unseal: passphrase");
        assertThat(office.directory.resolve("master.key")).doesNotExist();
        assertThat(move(fresh, "key-file", Optional.empty()).note()).contains("beside the data");
        assertThat(office.directory.resolve("master.key")).exists();
        assertThat(events())
                .hasSize(2)
                .allSatisfy(event -> {
                    assertThat(event.actor().name()).isEqualTo("ada");
                    assertThat(event.outcome()).isEqualTo("SUCCESS");
                    assertThat(event.details().toString()).doesNotContain(PASSPHRASE);
                });
    }

    @Test
    void only_an_administrator_with_a_fresh_password_may() {
        assertThat(problem(office.admin, "key-file", Optional.empty()))
                .isEqualTo(Problem.STEP_UP_REQUIRED);
        for (var other : List.of(office.operator, office.reader, office.auditor)) {
            assertThat(problem(other, "key-file", Optional.empty()))
                    .isEqualTo(Problem.NOT_PERMITTED);
        }
        assertThat(events()).isEmpty();
    }

    @Test
    void what_is_refused_changes_nothing_and_is_no_event_of_a_change() {
        assertThat(problem(fresh, "passphrase", Optional.of("fifteen letters")))
                .isEqualTo(Problem.INVALID);
        assertThat(problem(fresh, "passphrase", Optional.empty())).isEqualTo(Problem.INVALID);
        assertThat(problem(fresh, "key-file", Optional.of(PASSPHRASE))).isEqualTo(Problem.INVALID);
        assertThat(problem(fresh, "shares", Optional.empty())).isEqualTo(Problem.INVALID);
        assertThat(problem(fresh, "key-file", Optional.empty())).isEqualTo(Problem.CONFLICT);

        assertThat(office.get(office.admin, "/api/seal", SealRoutes.View.class).method())
                .isEqualTo("key-file");
        assertThat(events()).isEmpty();
    }

    @Test
    void a_key_store_that_refuses_after_the_event_is_told_too() throws SQLException {
        onKeys(
                "CREATE TRIGGER stuck BEFORE UPDATE ON seal_root BEGIN SELECT RAISE(ABORT,"
                        + " 'stuck'); END");

        var refused =
                catchThrowableOfType(
                        RuntimeException.class,
                        () -> move(fresh, "passphrase", Optional.of(PASSPHRASE)));

        assertThat(refused).isNotNull();
        assertThat(office.directory.resolve("master.key")).exists();
        assertThat(events()).extracting(EventView::outcome).containsExactly("FAILED", "SUCCESS");
        onKeys("DROP TRIGGER stuck");
    }

    private void onKeys(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + office.directory.resolve("keys.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private SealRoutes.View move(Principal by, String method, Optional<String> passphrase) {
        var asked =
                Asked.of(by, "PUT", "/api/seal")
                        .body(
                                new SealRoutes.Change(
                                        method, passphrase, Optional.empty(), Optional.empty()));
        return (SealRoutes.View) ((Content.Json) office.send(asked).content()).body();
    }

    private Problem problem(Principal by, String method, Optional<String> passphrase) {
        return catchThrowableOfType(Refusal.class, () -> move(by, method, passphrase)).problem();
    }

    @SuppressWarnings("unchecked") // the route answers a list of events
    private List<EventView> events() {
        office.settle();
        return ((AuditRoutes.ListView<EventView>)
                        office.get(
                                office.admin,
                                "/api/audit?type=seal.move",
                                AuditRoutes.ListView.class))
                .items();
    }
}
