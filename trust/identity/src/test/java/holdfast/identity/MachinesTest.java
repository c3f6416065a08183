package holdfast.identity;

import static holdfast.identity.House.body;
import static holdfast.identity.House.problem;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.CustomRole;
import holdfast.access.Grant;
import holdfast.access.PathPattern;
import holdfast.access.Role;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.tenancy.Quota;
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

/// Machines: who they are, what their tokens open, and what ends them, on both databases.
@ParameterizedClass
@EnumSource
class MachinesTest {
    private static final String ALL = "/api/machines";

    private final House house;
    private String admin = "";

    MachinesTest(TestDatabase engine) {
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
    void a_machine_acts_by_its_token_with_its_own_name_and_rights() {
        var ci = machine("ci-runner", Role.READ_ONLY);
        var token = token(admin, ci, Action.READ_SECRET, Action.WRITE_SECRET);

        var me = me(token);
        assertThat(me.kind()).isEqualTo("MACHINE");
        assertThat(me.username()).isEqualTo("ci-runner");
        assertThat(me.permissions()).containsExactly("READ_SECRET");
        assertThat(me.tenants()).hasSize(1);
        var principal = proved(token).principal();
        assertThat(principal.kind()).isEqualTo(Principal.Kind.MACHINE);
        assertThat(principal.id()).isEqualTo(ci);
        assertThat(principal.name()).isEqualTo("ci-runner/nightly");
    }

    @Test
    void a_token_of_a_person_acts_as_that_person() {
        var token = house.token(admin, List.of(Action.READ_SECRET), List.of());

        var principal = proved(token).principal();
        assertThat(principal.kind()).isEqualTo(Principal.Kind.USER);
        assertThat(principal.name()).isEqualTo("ada/ci");
    }

    @Test
    void what_a_machine_does_stands_in_the_ledger_as_the_machines() {
        var ci = machine("ci-runner", Role.ADMIN);
        var token = token(admin, ci, Action.MANAGE_USER);

        house.send(
                TestRequest.post(
                                ALL, new Machines.Form("other", Optional.empty(), Optional.empty()))
                        .bearer(token.secret()));

        house.requireNewest("machine.create", "token.create", "machine.create");
        assertThat(house.entries(1))
                .first()
                .returns("MACHINE", Entry::actorKind)
                .returns("ci-runner/nightly", Entry::actorName)
                .returns(ci, Entry::actor);
        assertThat(house.entries(2).getLast().body()).contains("\"machine\":\"" + ci + "\"");
    }

    @Test
    void the_name_of_a_machine_signs_nobody_in_and_the_answer_is_that_of_a_wrong_password() {
        machine("ci-runner", Role.ADMIN);

        var machine = House.refusal(() -> house.attempt("ci-runner", ""));
        var nobody = House.refusal(() -> house.attempt("nobody", ""));

        assertThat(machine.problem()).isEqualTo(Problem.SIGN_IN_REFUSED);
        assertThat(machine.detail()).isEqualTo(nobody.detail());
        house.requireNewest("session.refuse", "session.refuse");
        assertThat(house.entries(2)).extracting(Entry::resource).containsOnly("");
    }

    @Test
    void a_disabled_machine_ends_its_tokens_with_the_next_request_until_it_is_enabled() {
        var ci = machine("ci-runner", Role.USER);
        var token = token(admin, ci, Action.READ_SECRET);
        assertThat(opens(token)).isTrue();

        assertThat(changed(ci, "disable").state()).isEqualTo("DISABLED");
        assertThat(opens(token)).isFalse();

        assertThat(changed(ci, "enable").state()).isEqualTo("ACTIVE");
        assertThat(opens(token)).isTrue();
    }

    @Test
    void a_deleted_machine_takes_tokens_and_rights_along_and_its_name_is_free_again() {
        var ci = machine("ci-runner", Role.USER);
        var token = token(admin, ci, Action.READ_SECRET);
        long before = used();

        house.send(TestRequest.delete(one(ci)).by(admin));

        assertThat(opens(token)).isFalse();
        assertThat(house.access.roles().of(TenantId.DEFAULT, ci)).isEmpty();
        assertThat(used()).isEqualTo(before - 1);
        assertThat(problem(() -> house.send(TestRequest.get(one(ci)).by(admin))))
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(me(token(admin, machine("ci-runner", Role.USER), Action.READ_SECRET)).role())
                .contains("USER");
    }

    @Test
    void a_token_is_revoked_at_once_and_only_where_it_belongs() {
        var ci = machine("ci-runner", Role.USER);
        var other = machine("other", Role.USER);
        var token = token(admin, ci, Action.READ_SECRET);
        var path = "/tokens/" + token.token().id();

        assertThat(problem(() -> house.send(TestRequest.delete(one(other) + path).by(admin))))
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(opens(token)).isTrue();
        house.send(TestRequest.delete(one(ci) + path).by(admin));
        assertThat(opens(token)).isFalse();
    }

    @Test
    void names_are_unique_in_the_tenant_whatever_the_case() {
        machine("ci-runner", Role.USER);

        assertThat(problem(() -> machine("CI-Runner", Role.USER))).isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> machine("no", Role.USER))).isEqualTo(Problem.INVALID);
    }

    @Test
    void a_machine_takes_one_place_of_the_quota_whatever_roles_it_has() {
        long before = used();
        var ci = machine("ci-runner", Role.USER);
        var bare = create("bare", Optional.empty());

        assertThat(used()).isEqualTo(before + 2);
        update(bare, Optional.of("OPERATOR"));
        update(ci, Optional.empty());
        assertThat(used()).isEqualTo(before + 2);
        assertThat(house.access.roles().of(TenantId.DEFAULT, ci)).isEmpty();
        assertThat(house.access.roles().of(TenantId.DEFAULT, bare)).containsExactly(Role.OPERATOR);
    }

    @Test
    void a_machine_is_never_the_last_administrator() {
        machine("ci-runner", Role.ADMIN);
        var ada = house.me(admin).id();

        assertThat(
                        problem(() ->
                                house.database.writePlatform(tx -> {
                                    house.access
                                            .roles()
                                            .requireKeeper(
                                                    tx, TenantId.DEFAULT, id -> !id.equals(ada));
                                    return true;
                                })))
                .isEqualTo(Problem.CONFLICT);
        assertThat(
                        problem(() ->
                                house.send(
                                        TestRequest.put(
                                                        "/api/users/" + ada,
                                                        new Users.Change(
                                                                "USER",
                                                                Optional.empty(),
                                                                Optional.empty()))
                                                .header("If-Match", "\"1\"")
                                                .by(admin))))
                .isEqualTo(Problem.CONFLICT);
    }

    @Test
    void nobody_makes_a_machine_or_a_token_of_one_that_may_do_more_than_they() {
        role("KEEPER", Action.MANAGE_USER, Action.READ_SECRET);
        var keeper = house.ready(admin, "kim", new Role("KEEPER", "", Set.of(), Set.of(), false));
        var ci = machine("ci-runner", Role.OPERATOR);

        assertThat(problem(() -> create(keeper, "mine", Optional.of("OPERATOR"))))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> token(keeper, ci, Action.REVEAL_SECRET)))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(opens(token(keeper, ci, Action.READ_SECRET))).isTrue();
    }

    /// A share or a role that the machine gets later must not reach whoever made its token.
    @Test
    void a_right_on_some_paths_is_too_little_to_name_it_in_a_machines_token() {
        role("KEEPER", Action.MANAGE_USER);
        var keeper = house.ready(admin, "kim", new Role("KEEPER", "", Set.of(), Set.of(), false));
        grant(house.me(keeper).id(), Action.REVEAL_SECRET, "secrets/dev/**");
        var ci = create("ci-runner", Optional.empty());

        assertThat(problem(() -> token(keeper, ci, Action.REVEAL_SECRET)))
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_token_asks_for_a_fresh_password_and_one_made_by_a_token_keeps_to_its_bounds() {
        var ci = machine("ci-runner", Role.USER);
        var maker =
                house.token(
                        admin,
                        List.of(Action.MANAGE_USER, Action.READ_SECRET),
                        List.of("10.0.0.0/8"));
        var request =
                TestRequest.post(one(ci) + "/tokens", form(Action.READ_SECRET))
                        .bearer(maker.secret())
                        .from("10.1.2.3");

        var made = ((Views.TokenCreated) body(house.send(request))).token();
        assertThat(made.addresses()).containsExactly("10.0.0.0/8");
        assertThat(made.expires()).isEqualTo(maker.token().expires());
        house.clock.advance(Duration.ofMinutes(6));
        assertThat(problem(() -> token(admin, ci, Action.READ_SECRET)))
                .isEqualTo(Problem.STEP_UP_REQUIRED);
    }

    @Test
    void a_change_names_the_version_it_was_made_from() {
        var ci = machine("ci-runner", Role.USER);
        update(ci, Optional.of("USER"));

        assertThat(problem(() -> update(ci, Optional.of("OPERATOR"), 1)))
                .isEqualTo(Problem.VERSION_CONFLICT);
        assertThat(list()).extracting(Views.MachineView::version).containsExactly(2L);
        assertThat(list())
                .extracting(Views.MachineView::description)
                .containsOnly(Optional.of("d"));
    }

    private void role(String name, Action... actions) {
        house.database.writePlatform(tx -> {
            house.access
                    .roles()
                    .create(
                            tx,
                            TenantId.DEFAULT,
                            new CustomRole(
                                    CustomRole.of(name, "", Set.of(actions)),
                                    house.clock.instant(),
                                    holdfast.tenancy.Metadata.NONE,
                                    1));
            return true;
        });
        house.access.roles().refresh(TenantId.DEFAULT);
    }

    private void grant(UUID to, Action action, String pattern) {
        house.database.writePlatform(tx -> {
            house.access
                    .grants()
                    .add(
                            tx,
                            TenantId.DEFAULT,
                            new Grant(
                                    UUID.randomUUID(),
                                    new Grant.Subject.One(to),
                                    Grant.Effect.ALLOW,
                                    Set.of(action),
                                    new PathPattern(pattern),
                                    house.clock.instant(),
                                    to,
                                    Optional.empty()));
            return true;
        });
        house.access.roles().refresh(TenantId.DEFAULT);
    }

    private UUID machine(String name, Role role) {
        return create(name, Optional.of(role.name()));
    }

    private UUID create(String name, Optional<String> role) {
        return create(admin, name, role);
    }

    private UUID create(String by, String name, Optional<String> role) {
        var form = new Machines.Form(name, Optional.of("d"), role);
        return ((Views.MachineView) body(house.send(TestRequest.post(ALL, form).by(by)))).id();
    }

    private void update(UUID machine, Optional<String> role) {
        update(machine, role, 1);
    }

    private void update(UUID machine, Optional<String> role, int version) {
        house.send(
                TestRequest.put(one(machine), new Machines.Change(Optional.of("d"), role))
                        .header("If-Match", "\"" + version + "\"")
                        .by(admin));
    }

    private Views.MachineView changed(UUID machine, String how) {
        return (Views.MachineView)
                body(house.send(TestRequest.post(one(machine) + "/" + how).by(admin)));
    }

    @SuppressWarnings("unchecked")
    private List<Views.MachineView> list() {
        return ((holdfast.kernel.Page<Views.MachineView>)
                        body(house.send(TestRequest.get(ALL).by(admin))))
                .items();
    }

    private Views.TokenCreated token(String by, UUID machine, Action... actions) {
        return (Views.TokenCreated)
                body(house.send(TestRequest.post(one(machine) + "/tokens", form(actions)).by(by)));
    }

    private static Tokens.Form form(Action... actions) {
        return new Tokens.Form("nightly", List.of(actions), 30, Optional.empty());
    }

    private static String one(UUID machine) {
        return ALL + "/" + machine;
    }

    private boolean opens(Views.TokenCreated token) {
        return house.prove(TestRequest.get("/api/me").bearer(token.secret()));
    }

    private holdfast.http.SignIn.Proved proved(Views.TokenCreated token) {
        return house.room
                .signIn()
                .prove(TestRequest.get("/api/me").bearer(token.secret()))
                .orElseThrow();
    }

    private Views.Me me(Views.TokenCreated token) {
        return (Views.Me) body(house.send(TestRequest.get("/api/me").bearer(token.secret())));
    }

    private long used() {
        return house.database.readPlatform(tx -> house.quotas.uses(tx, TenantId.DEFAULT)).stream()
                .filter(use -> use.quota() == Quota.USERS)
                .findFirst()
                .orElseThrow()
                .used();
    }
}
