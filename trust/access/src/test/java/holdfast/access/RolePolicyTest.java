package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Origin;
import holdfast.kernel.Page;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.Event;
import holdfast.ledger.Ledger;
import holdfast.ledger.Search;
import holdfast.ledger.Tally;
import holdfast.storage.Database;
import holdfast.tenancy.TenancyRoom;
import holdfast.testkit.Await;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What policy promises, on both databases.
@ParameterizedClass
@EnumSource
class RolePolicyTest {
    /// The table of the roles as people read it: one line an action, one column a role.
    private static final String MATRIX =
            """
            READ_ENVIRONMENT   ADMIN OPERATOR USER READ_ONLY AUDITOR
            READ_CREDENTIAL    ADMIN OPERATOR USER READ_ONLY AUDITOR
            REVEAL_CREDENTIAL  ADMIN OPERATOR USER READ_ONLY
            MANAGE_ENVIRONMENT ADMIN OPERATOR
            SYNC_ENVIRONMENT   ADMIN OPERATOR
            EXPORT_CREDENTIAL  ADMIN OPERATOR
            READ_SECRET        ADMIN OPERATOR USER READ_ONLY AUDITOR
            REVEAL_SECRET      ADMIN OPERATOR USER READ_ONLY
            WRITE_SECRET       ADMIN OPERATOR USER
            DELETE_SECRET      ADMIN OPERATOR USER
            ROTATE_SECRET      ADMIN OPERATOR USER
            SHARE_SECRET       ADMIN OPERATOR USER
            EXPORT_SECRET      ADMIN OPERATOR
            READ_JOB           ADMIN OPERATOR
            RUN_JOB            ADMIN OPERATOR
            READ_KEY           ADMIN OPERATOR USER READ_ONLY AUDITOR
            ENCRYPT_WITH_KEY   ADMIN OPERATOR USER
            DECRYPT_WITH_KEY   ADMIN OPERATOR USER READ_ONLY
            SIGN_WITH_KEY      ADMIN OPERATOR USER
            VERIFY_WITH_KEY    ADMIN OPERATOR USER READ_ONLY
            WRITE_KEY          ADMIN
            DESTROY_KEY        ADMIN
            READ_AUDIT         ADMIN OPERATOR USER READ_ONLY AUDITOR
            EXPORT_AUDIT       ADMIN OPERATOR USER READ_ONLY AUDITOR
            MANAGE_TOKEN       ADMIN OPERATOR USER READ_ONLY AUDITOR
            READ_ACCESS        ADMIN AUDITOR
            MANAGE_ACCESS      ADMIN
            MANAGE_USER        ADMIN
            READ_HEALTH        ADMIN
            MANAGE_SETTINGS    ADMIN
            MANAGE_KEYS        ADMIN
            MANAGE_TENANT      ADMIN
            """;

    private static final String THING = "environment/1";

    private final TestClock clock = new TestClock();
    private final List<Event> recorded = new CopyOnWriteArrayList<>();
    private final Database database;
    private final AccessRoom room;

    RolePolicyTest(TestDatabase engine) {
        database = engine.open(TenancyRoom.SCHEMA, AccessRoom.SCHEMA);
        room = node();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_matrix_holds_exactly() {
        for (var role : Role.BUILT_IN) {
            var person = holder(role);
            var expected =
                    MATRIX.lines()
                            .filter(line -> List.of(line.split(" +", -1)).contains(role.name()))
                            .map(line -> line.split(" +", -1)[0])
                            .collect(Collectors.toSet());

            assertThat(room.policy().allowed(person))
                    .as(role.name())
                    .extracting(Action::name)
                    .containsExactlyInAnyOrderElementsOf(expected);
            for (var action : Action.values()) {
                assertThat(isAllowed(person, action))
                        .as("%s %s", role, action)
                        .isEqualTo(expected.contains(action.name()));
            }
        }
    }

    @Test
    void every_refusal_is_recorded() {
        var reader = holder(Role.READ_ONLY);

        var refusal = refused(reader, Action.MANAGE_USER);

        assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(recorded)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.action()).isEqualTo("access.refuse");
                    assertThat(event.outcome()).isEqualTo(Event.Outcome.REFUSED);
                    assertThat(event.body()).containsEntry("wanted", "MANAGE_USER");
                });
    }

    @Test
    void nobody_without_a_role_may_do_anything() {
        var stranger = person(UUID.randomUUID(), Standing.ofSession(clock.instant()));

        assertThat(room.policy().allowed(stranger)).isEmpty();
        assertThat(room.policy().allowed(Principal.anonymous(Origin.INTERNAL).in(TenantId.DEFAULT)))
                .isEmpty();
    }

    @Test
    void a_role_taken_away_holds_at_once() {
        var ada = holder(Role.ADMIN);
        room.policy().permit(ada, Action.MANAGE_USER, THING);

        assign(room, ada.id(), Set.of(Role.READ_ONLY));

        assertThat(refused(ada, Action.MANAGE_USER).problem()).isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_permit_does_not_outlive_the_role_inside_the_transaction_that_uses_it() {
        var ada = holder(Role.ADMIN);
        var permit = room.policy().permit(ada, Action.MANAGE_USER, THING);
        assign(room, ada.id(), Set.of(Role.READ_ONLY));

        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                database.write(
                                        TenantId.DEFAULT,
                                        tx -> {
                                            room.policy().recheck(tx, permit);
                                            return 0;
                                        }));

        assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
        Await.until(
                "the refusal is recorded",
                () ->
                        recorded.contains(
                                new AccessEvent.Refused(
                                        Action.MANAGE_USER, THING, Problem.NOT_PERMITTED.code())));
    }

    @Test
    void a_permit_survives_a_change_that_leaves_its_right() {
        var ada = holder(Role.ADMIN);
        var permit = room.policy().permit(ada, Action.MANAGE_USER, THING);
        holder(Role.USER);

        database.write(
                TenantId.DEFAULT,
                tx -> {
                    room.policy().recheck(tx, permit);
                    return 0;
                });
    }

    @Test
    void an_export_asks_for_a_password_of_the_last_five_minutes() {
        var ada = holder(Role.OPERATOR);
        room.policy().permit(ada, Action.EXPORT_CREDENTIAL, THING);

        clock.advance(Duration.ofMinutes(5));

        assertThat(refused(ada, Action.EXPORT_CREDENTIAL).problem())
                .isEqualTo(Problem.STEP_UP_REQUIRED);
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () -> room.policy().scope(ada, Action.EXPORT_CREDENTIAL))
                                .problem())
                .isEqualTo(Problem.STEP_UP_REQUIRED);
        room.policy().permit(ada, Action.SYNC_ENVIRONMENT, THING);
    }

    @Test
    void who_lacks_the_right_is_not_asked_for_a_password() {
        var eve = holder(Role.AUDITOR);
        clock.advance(Duration.ofHours(1));

        assertThat(refused(eve, Action.EXPORT_CREDENTIAL).problem())
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_token_does_what_its_scope_names_and_its_maker_may() {
        var maker = holder(Role.OPERATOR).id();
        var token = person(maker, Standing.ofToken(Set.of("EXPORT_CREDENTIAL", "MANAGE_USER")));

        assertThat(room.policy().allowed(token)).containsExactly(Action.EXPORT_CREDENTIAL);
        room.policy().permit(token, Action.EXPORT_CREDENTIAL, THING);
        assertThat(refused(token, Action.READ_CREDENTIAL).problem())
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void only_administrators_and_auditors_see_the_actions_of_others() {
        for (var role : Role.BUILT_IN) {
            var scope = room.policy().scope(holder(role), Action.READ_AUDIT);

            assertThat(scope.everything())
                    .as(role.name())
                    .isEqualTo(role.equals(Role.ADMIN) || role.equals(Role.AUDITOR));
        }
    }

    @Test
    void jobs_sync_but_never_export_or_administer() {
        var job =
                new Principal(
                        UUID.randomUUID(),
                        Principal.Kind.SERVICE,
                        "sync",
                        TenantId.DEFAULT,
                        Origin.INTERNAL);

        assertThat(room.policy().allowed(job))
                .contains(Action.SYNC_ENVIRONMENT)
                .doesNotContain(
                        Action.EXPORT_CREDENTIAL, Action.REVEAL_CREDENTIAL, Action.MANAGE_USER);
    }

    @Test
    void another_tenant_is_not_there() {
        var ada = holder(Role.ADMIN).in(new TenantId(UUID.randomUUID()));

        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () ->
                                                room.policy()
                                                        .permit(ada, Action.READ_CREDENTIAL, THING))
                                .problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void on_a_shared_database_another_node_sees_the_change_at_once() {
        var ada = holder(Role.ADMIN);
        var other = node();
        other.policy().permit(ada, Action.MANAGE_USER, THING);

        assign(room, ada.id(), Set.of());

        if (database.engine() == Database.Engine.POSTGRESQL) {
            assertThat(other.policy().allowed(ada)).isEmpty();
        }
    }

    @Test
    void a_grant_opens_a_path_and_ends_when_it_is_taken_back() {
        var ada = person(UUID.randomUUID(), Standing.ofSession(clock.instant()));
        var id = grant(ada, Grant.Effect.ALLOW, "secrets/prod/**");

        var permit = room.policy().permit(ada, Action.REVEAL_CREDENTIAL, "secrets/prod/db");
        assertThat(room.policy().allowed(ada)).containsExactly(Action.REVEAL_CREDENTIAL);
        assertThat(room.policy().scope(ada, Action.REVEAL_CREDENTIAL).everything()).isFalse();
        assertThat(room.policy().scope(ada, Action.REVEAL_CREDENTIAL).covers("secrets/dev/db"))
                .isFalse();
        assertThat(refused(ada, Action.REVEAL_CREDENTIAL).problem())
                .isEqualTo(Problem.NOT_PERMITTED);

        change(tx -> room.grants().remove(tx, TenantId.DEFAULT, id));

        assertThat(room.policy().allowed(ada)).isEmpty();
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () -> change(tx -> room.policy().recheck(tx, permit)))
                                .problem())
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_denial_holds_against_an_administrator() {
        var ada = holder(Role.ADMIN);
        grant(ada, Grant.Effect.DENY, "secrets/board/**");

        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                room.policy()
                                        .permit(ada, Action.REVEAL_CREDENTIAL, "secrets/board/x"));

        assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(room.policy().scope(ada, Action.REVEAL_CREDENTIAL).everything()).isFalse();
        room.policy().permit(ada, Action.REVEAL_CREDENTIAL, "secrets/prod/x");
    }

    @Test
    void grants_come_back_as_they_were_given() {
        var ada = holder(Role.USER);
        grant(ada, Grant.Effect.DENY, "a\\*/b");
        var given =
                new Grant(
                        UUID.randomUUID(),
                        new Grant.Subject.Holders(Role.USER),
                        Grant.Effect.ALLOW,
                        Set.of(Action.READ_CREDENTIAL, Action.EXPORT_CREDENTIAL),
                        new PathPattern("secrets/*/x"),
                        clock.instant(),
                        ada.id(),
                        Optional.of(clock.instant().plusSeconds(1)));
        change(tx -> room.grants().add(tx, TenantId.DEFAULT, given));

        List<Grant> kept =
                database.read(TenantId.DEFAULT, tx -> room.grants().all(tx, TenantId.DEFAULT));
        assertThat(kept).hasSize(2).contains(given);
    }

    private UUID grant(Principal to, Grant.Effect effect, String pattern) {
        var id = UUID.randomUUID();
        var grant =
                new Grant(
                        id,
                        new Grant.Subject.One(to.id()),
                        effect,
                        Set.of(Action.REVEAL_CREDENTIAL),
                        new PathPattern(pattern),
                        clock.instant(),
                        to.id(),
                        Optional.empty());
        change(tx -> room.grants().add(tx, TenantId.DEFAULT, grant));
        return id;
    }

    private void change(Consumer<Handle> work) {
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    work.accept(tx);
                    return 0;
                });
        room.roles().refresh(TenantId.DEFAULT);
    }

    private AccessRoom node() {
        var ledger = new Recorder(recorded);
        return AccessRoom.assemble(
                database, ledger, TenancyRoom.assemble(database, ledger, clock), clock);
    }

    private Principal holder(Role role) {
        var id = UUID.randomUUID();
        assign(room, id, Set.of(role));
        return person(id, Standing.ofSession(clock.instant()));
    }

    private void assign(AccessRoom where, UUID subject, Set<Role> roles) {
        var actor = person(UUID.randomUUID(), Standing.PLAIN);
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    where.roles().assign(tx, actor, subject, roles);
                    return 0;
                });
        where.roles().refresh(TenantId.DEFAULT);
    }

    private static Principal person(UUID id, Standing standing) {
        return new Principal(
                id, Principal.Kind.USER, "ada", TenantId.DEFAULT, Origin.INTERNAL, standing);
    }

    /// Reading the audit of all is asked for by scope, so it is left out here.
    private boolean isAllowed(Principal person, Action action) {
        try {
            room.policy().scope(person, action);
            return true;
        } catch (Refusal _) {
            return false;
        }
    }

    private Refusal refused(Principal person, Action action) {
        return catchThrowableOfType(
                Refusal.class, () -> room.policy().permit(person, action, THING));
    }

    /// Keeps events in a list.
    private record Recorder(List<Event> events) implements Ledger {
        @Override
        public void append(Handle tx, Principal actor, Event event) {
            events.add(event);
        }

        @Override
        public void record(Principal actor, Event event) {
            events.add(event);
        }

        @Override
        public Page<Entry> search(TenantId tenant, Search search) {
            return new Page<>(List.of(), Optional.empty(), 0);
        }

        @Override
        public List<Tally> tallies(TenantId tenant, Search search) {
            return List.of();
        }

        @Override
        public Optional<Instant> wholeSince(TenantId tenant) {
            return Optional.empty();
        }

        @Override
        public Optional<Entry> entry(TenantId tenant, long sequence) {
            return Optional.empty();
        }

        @Override
        public List<Entry> after(TenantId tenant, long after, int limit) {
            return List.of();
        }

        @Override
        public long newest(TenantId tenant) {
            return 0;
        }

        @Override
        public AutoCloseable onAppend(Runnable listener) {
            return () -> {};
        }
    }
}
