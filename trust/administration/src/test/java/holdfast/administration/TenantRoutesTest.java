package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Role;
import holdfast.administration.TenantForms.LimitForm;
import holdfast.administration.TenantForms.LimitsForm;
import holdfast.administration.TenantForms.MemberForm;
import holdfast.administration.TenantForms.TenantChange;
import holdfast.administration.TenantForms.TenantForm;
import holdfast.administration.TenantViews.MemberView;
import holdfast.administration.TenantViews.TenantView;
import holdfast.administration.TenantViews.UseView;
import holdfast.administration.TenantViews.UsesView;
import holdfast.http.Content;
import holdfast.http.Response;
import holdfast.kernel.Page;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.seal.Place;
import holdfast.tenancy.Quota;
import holdfast.tenancy.Tier;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The life of a tenant, on both databases.
@ParameterizedClass
@EnumSource
class TenantRoutesTest {
    private static final String TENANTS = "/api/tenants";

    private final Office office;
    private final Principal admin;

    TenantRoutesTest(TestDatabase engine) {
        office = new Office(engine);
        office.enrol(office.admin);
        admin =
                new Principal(
                        office.admin.id(),
                        office.admin.kind(),
                        office.admin.name(),
                        office.admin.tenant(),
                        office.admin.origin(),
                        Standing.ofSession(office.clock.instant()));
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void a_tenant_is_made_read_changed_and_listed() {
        var made = create("acme", Tier.BASIC);

        assertThat(made.status()).isEqualTo("ACTIVE");
        assertThat(made.metadata()).containsEntry("contract", "42");
        var changed =
                (TenantView)
                        body(
                                office.send(
                                        Asked.of(admin, "PUT", TENANTS + "/" + made.id())
                                                .header("If-Match", "\"1\"")
                                                .body(
                                                        new TenantChange(
                                                                Tier.PROFESSIONAL,
                                                                Optional.empty(),
                                                                Optional.empty()))));
        assertThat(changed.tier()).isEqualTo("PROFESSIONAL");
        assertThat(changed.version()).isEqualTo(2);
        assertThat(list("")).extracting(TenantView::name).containsExactly("acme", "default");
        assertThat(list("?tier=PROFESSIONAL"))
                .extracting(TenantView::id)
                .containsExactly(made.id());
        assertThat(problem(() -> create("acme", Tier.FREE))).isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> create("Ac me", Tier.FREE))).isEqualTo(Problem.INVALID);
        assertThat(actions(TenantId.DEFAULT, "tenant."))
                .containsExactly("tenant.create", "tenant.update");
    }

    @Test
    void only_the_platform_manages_tenants_however_strong_somebody_is_in_another() {
        var acme = create("acme", Tier.BASIC);
        var boss = member(acme, "bea", "ADMIN");

        assertThat(problem(() -> office.get(boss, TENANTS))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(office.access.policy().allowed(boss))
                .contains(Action.MANAGE_USER, Action.MANAGE_ACCESS)
                .doesNotContain(Action.MANAGE_TENANT, Action.MANAGE_KEYS, Action.READ_HEALTH);
        for (var other : List.of(office.auditor, office.operator, office.reader)) {
            assertThat(problem(() -> office.get(other, TENANTS))).isEqualTo(Problem.NOT_PERMITTED);
        }
    }

    @Test
    void a_suspended_tenant_is_refused_before_anything_else_until_it_is_activated() {
        var acme = create("acme", Tier.BASIC);
        var boss = member(acme, "bea", "ADMIN");
        var permit = office.access.policy().permit(boss, Action.MANAGE_USER, "user");

        post(acme, "suspend");

        assertThat(problem(() -> office.tenants.requireActive(new TenantId(acme.id()))))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(problem(() -> office.access.policy().permit(boss, Action.READ_AUDIT, "x")))
                .isEqualTo(Problem.NOT_PERMITTED);
        post(acme, "activate");
        assertThat(office.access.policy().permit(boss, Action.MANAGE_USER, "user").tenant())
                .isEqualTo(permit.tenant());
        assertThat(actions(TenantId.DEFAULT, "tenant."))
                .containsExactly("tenant.create", "tenant.suspend", "tenant.activate");
    }

    @Test
    void a_deletion_wants_the_typed_name_shreds_the_key_and_leaves_a_receipt() {
        var acme = create("acme", Tier.BASIC);
        var id = new TenantId(acme.id());
        var boss = member(acme, "bea", "ADMIN");
        var place = new Place("test", UUID.randomUUID(), 1);
        var sealed = office.seal.seal(id, place, SecretBytes.ofUtf8("four green pears"));

        assertThat(problem(() -> delete(acme, "acne"))).isEqualTo(Problem.INVALID);
        assertThat(delete(acme, "acme").status()).isEqualTo(202);

        Await.until("the tenant is gone", () -> office.tenants.find(id).isEmpty());
        assertThat(problem(() -> office.seal.open(id, place, sealed).close()))
                .isEqualTo(Problem.SEALED);
        assertThat(problem(() -> office.access.policy().permit(boss, Action.READ_AUDIT, "x")))
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(problem(() -> office.get(admin, TENANTS + "/" + acme.id())))
                .isEqualTo(Problem.NOT_FOUND);
        var receipt = entries(TenantId.DEFAULT, "tenant.").getLast();
        assertThat(receipt.action()).isEqualTo("tenant.shred");
        assertThat(receipt.body())
                .contains("\"keys\":1", "older backups", "acme", "holdfast-shredding");
    }

    @Test
    void the_tenant_that_the_server_came_with_stays() {
        var first = list("?q=default").getFirst();

        assertThat(problem(() -> post(first, "suspend"))).isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> delete(first, "default"))).isEqualTo(Problem.CONFLICT);
    }

    @Test
    void somebody_may_belong_to_several_tenants_with_another_role_in_each() {
        var acme = create("acme", Tier.BASIC);
        var globex = create("globex", Tier.BASIC);
        var bea = member(acme, "bea", "ADMIN");
        add(globex, "bea", "AUDITOR", Optional.empty());

        var there = bea.in(new TenantId(globex.id()));
        assertThat(office.access.roles().of(there.tenant(), bea.id()))
                .containsExactly(Role.AUDITOR);
        assertThat(members(globex)).extracting(MemberView::role).containsExactly("AUDITOR");
        assertThat(actions(there.tenant(), "member.")).containsExactly("member.add");

        assertThat(
                        office.send(
                                        Asked.of(
                                                admin,
                                                "DELETE",
                                                TENANTS + "/" + globex.id() + "/users/" + bea.id()))
                                .status())
                .isEqualTo(204);
        assertThat(office.access.policy().allowed(there)).isEmpty();
        assertThat(office.access.policy().allowed(bea)).contains(Action.MANAGE_USER);
    }

    @Test
    void a_machine_is_none_of_the_users_of_its_tenant() {
        var home = list("?q=default").getFirst();
        var before = members(home).size();
        var ci = office.machine("ci-runner");
        new Rights(office).assign(admin, ci, Principal.Kind.MACHINE, "USER");

        assertThat(members(home)).hasSize(before);
        assertThat(
                        problem(() ->
                                office.send(
                                        Asked.of(
                                                admin,
                                                "DELETE",
                                                TENANTS + "/" + home.id() + "/users/" + ci))))
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(office.access.roles().of(TenantId.DEFAULT, ci)).containsExactly(Role.USER);
    }

    @Test
    void whoever_runs_the_server_visits_a_tenant_for_a_day_at_most_and_its_ledger_tells() {
        var acme = create("acme", Tier.BASIC);
        var later = office.clock.instant().plus(Duration.ofHours(25));

        assertThat(problem(() -> add(acme, "ada", "READ_ONLY", Optional.empty())))
                .isEqualTo(Problem.INVALID);
        assertThat(problem(() -> add(acme, "ada", "READ_ONLY", Optional.of(later))))
                .isEqualTo(Problem.INVALID);
        add(
                acme,
                "ada",
                "READ_ONLY",
                Optional.of(office.clock.instant().plus(Duration.ofHours(1))));
        var there = admin.in(new TenantId(acme.id()));
        assertThat(office.access.policy().allowed(there)).contains(Action.REVEAL_CREDENTIAL);
        assertThat(actions(there.tenant(), "member.")).containsExactly("member.add");

        office.clock.advance(Duration.ofHours(1));

        assertThat(office.access.policy().allowed(there)).isEmpty();
    }

    @Test
    void users_count_against_their_quota_and_limits_can_be_set_apart() {
        var acme = create("acme", Tier.FREE);
        member(acme, "bea", "ADMIN");
        office.enrol(person("carl").id(), "carl");

        assertThat(problem(() -> add(acme, "carl", "USER", Optional.empty())))
                .isEqualTo(Problem.QUOTA_EXCEEDED);
        var set =
                (UsesView)
                        body(
                                office.send(
                                        Asked.of(
                                                        admin,
                                                        "PUT",
                                                        TENANTS + "/" + acme.id() + "/quotas")
                                                .body(
                                                        new LimitsForm(
                                                                List.of(
                                                                        new LimitForm(
                                                                                Quota.USERS,
                                                                                Optional.of(
                                                                                        2L)))))));
        assertThat(set.items())
                .contains(new UseView("USERS", 1, Optional.of(2L), true))
                .contains(new UseView("CREDENTIALS", 0, Optional.of(10L), false));
        add(acme, "carl", "USER", Optional.empty());
        add(acme, "carl", "AUDITOR", Optional.empty());
    }

    private Principal person(String name) {
        return new Principal(
                new UUID(0x7000L, name.hashCode()),
                Principal.Kind.USER,
                name,
                TenantId.DEFAULT,
                office.admin.origin());
    }

    /// {@return a new user with a role in the tenant, acting there}
    private Principal member(TenantView tenant, String name, String role) {
        var person = person(name);
        office.enrol(person.id(), name);
        add(tenant, name, role, Optional.empty());
        return person.in(new TenantId(tenant.id()));
    }

    private void add(TenantView tenant, String name, String role, Optional<Instant> expires) {
        var form = new MemberForm(name, role, expires, Optional.empty());
        var asked = Asked.of(admin, "POST", TENANTS + "/" + tenant.id() + "/users").body(form);
        assertThat(office.send(asked).status()).isEqualTo(201);
    }

    private List<MemberView> members(TenantView tenant) {
        return page(office.get(admin, TENANTS + "/" + tenant.id() + "/users"), MemberView.class);
    }

    private TenantView create(String name, Tier tier) {
        var form =
                new TenantForm(name, tier, Optional.empty(), Optional.of(Map.of("contract", "42")));
        return (TenantView) body(office.send(Asked.of(admin, "POST", TENANTS).body(form)));
    }

    private void post(TenantView tenant, String verb) {
        var asked = Asked.of(admin, "POST", TENANTS + "/" + tenant.id() + "/" + verb);
        assertThat(office.send(asked).status()).isEqualTo(200);
    }

    private Response delete(TenantView tenant, String typed) {
        return office.send(
                Asked.of(admin, "DELETE", TENANTS + "/" + tenant.id() + "?name=" + typed));
    }

    private List<TenantView> list(String query) {
        return page(office.get(admin, TENANTS + query), TenantView.class);
    }

    private List<String> actions(TenantId tenant, String prefix) {
        return entries(tenant, prefix).stream().map(Entry::action).toList();
    }

    private List<Entry> entries(TenantId tenant, String prefix) {
        office.settle();
        return office.ledger.ledger().after(tenant, 0, 1_000).stream()
                .filter(entry -> entry.action().startsWith(prefix))
                .toList();
    }

    private static <T> List<T> page(Response response, Class<T> type) {
        return ((Page<?>) body(response)).items().stream().map(type::cast).toList();
    }

    private static Object body(Response response) {
        return ((Content.Json) response.content()).body();
    }

    private static Problem problem(Runnable call) {
        var refusal = catchThrowableOfType(Refusal.class, call::run);
        assertThat(refusal).isNotNull();
        return refusal.problem();
    }
}
