package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.comparison.Kept;
import holdfast.configuration.EnvironmentDraft;
import holdfast.estate.Credential;
import holdfast.estate.CredentialQuery;
import holdfast.estate.Environment;
import holdfast.estate.Run;
import holdfast.kernel.Cursor;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Switch;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What lists, reveals and histories promise, on both databases.
@ParameterizedClass
@EnumSource
class CredentialsTest {
    private final Site site;
    private final Simulator manager =
            Simulator.start(
                    SimulatorOptions.defaults(InstantSource.system()).withCredentials(300, 7));
    private final UUID id;

    CredentialsTest(TestDatabase engine) {
        site = new Site(engine);
        id = site.create(manager).id();
        assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
    }

    @AfterEach
    void close() {
        manager.close();
        site.close();
    }

    @Test
    void windows_by_cursor_and_by_offset_show_the_whole_set_once_in_every_order() {
        for (var sort : CredentialQuery.Sort.values()) {
            if (sort == CredentialQuery.Sort.FOLDER) {
                continue;
            }
            for (var descending : List.of(false, true)) {
                var query = sorted(sort, descending);
                var all = site.list(id, query, 1000).stream().map(Credential::id).toList();
                assertThat(all).as(sort.name()).hasSize(300).doesNotHaveDuplicates();
                assertThat(byCursor(query)).as(sort.name()).isEqualTo(all);
                assertThat(byOffset(query)).as(sort.name()).isEqualTo(all);
            }
        }
    }

    @Test
    void the_default_order_is_by_name_of_the_resource() {
        assertThat(site.list(id))
                .isSortedAccordingTo(
                        Comparator.comparing((Credential one) -> Kept.fold(one.resourceName())));
    }

    @Test
    void filters_and_search_work_on_the_whole_set_and_agree_with_the_facets() {
        var scope = site.policy.scope(site.ada, Action.READ_CREDENTIAL);
        var facets = site.room.credentials().facets(scope, Optional.of(id));
        assertThat(facets).containsKey("resourceType");
        assertThat(site.room.credentials().facets(scope, Optional.empty()))
                .as("over all environments, of which there is one")
                .isEqualTo(facets);
        facets.getOrDefault("resourceType", java.util.Map.of())
                .forEach((type, count) -> {
                    var page = page(filtered(Set.of(type), Optional.empty()), 5);
                    assertThat(page.total()).as(type).isEqualTo((long) count);
                    assertThat(page.items()).allMatch(one -> one.resourceType().equals(type));
                });
        var name = site.list(id).get(123).resourceName();
        assertThat(
                        page(
                                        filtered(
                                                Set.of(),
                                                Optional.of(
                                                        name.toUpperCase(java.util.Locale.ROOT))),
                                        1000)
                                .items())
                .isNotEmpty()
                .allMatch(one -> one.resourceName().equals(name));
        assertThat(page(filtered(Set.of(), Optional.of("100%_'; --")), 5).total()).isZero();
    }

    @Test
    void what_ends_soon_is_found_by_its_end() {
        var row = manager.estate().credentials().getFirst();
        manager.estate().setExpiry(row.id(), Instant.now().plus(Duration.ofDays(5)));
        manager.switches().set(Switch.LIST_EXPIRY, "present");
        site.sync(id);

        assertThat(site.list(id, expiring(Kept.ExpiryState.DUE_SOON), 10))
                .anyMatch(one -> Site.account(one).contains(row.component().name()));
        assertThat(site.read(id).expiring()).isPositive();
    }

    @Test
    void a_reveal_is_recorded_with_its_version_and_purpose_before_it_is_answered() {
        var credential = site.list(id).getFirst();
        var value = site.reveal(credential);
        var event = site.events("credential.reveal").getLast();

        assertThat(event.resource()).isEqualTo(Credentials.resource(id, credential.id()));
        assertThat(event.body()).contains("\"view\"", "\"version\":1").doesNotContain(value);
    }

    @Test
    void history_tells_every_version_and_who_brought_it() {
        var row = manager.estate().credentials().getFirst();
        manager.estate().rotate(row.id());
        site.sync(id);
        var credential =
                site.list(id).stream().filter(one -> one.version() == 2).findFirst().orElseThrow();
        var permit = site.may(Action.READ_CREDENTIAL, Credentials.resource(id, credential.id()));
        var history = site.room.credentials().history(permit, id, credential.id()).items();

        assertThat(history).extracting(Credential.Version::version).containsExactly(2, 1);
        assertThat(history.getFirst().current()).isTrue();
        assertThat(history.getLast().replaced()).contains(history.getFirst().seen());
        assertThat(history).allMatch(version -> version.startedBy().equals("ada"));
    }

    @Test
    void a_version_that_is_not_there_is_not_found() {
        var credential = site.list(id).getFirst();
        var refusal =
                catchThrowableOfType(Refusal.class, () -> site.reveal(credential, Optional.of(2)));

        assertThat(refusal.problem()).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void another_tenant_finds_nothing_at_the_same_place() {
        var stranger =
                new Principal(
                        site.ada.id(),
                        Principal.Kind.SERVICE,
                        "stranger",
                        new TenantId(UUID.randomUUID()),
                        site.ada.origin());
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () ->
                                                site.policy.permit(
                                                        stranger,
                                                        Action.READ_ENVIRONMENT,
                                                        Environments.resource(id)))
                                .problem())
                .isIn(Problem.NOT_FOUND, Problem.NOT_PERMITTED);
    }

    @Test
    void who_may_read_may_not_export_or_manage() {
        for (var action : List.of(Action.EXPORT_CREDENTIAL, Action.MANAGE_ENVIRONMENT)) {
            var refusal =
                    catchThrowableOfType(
                            Refusal.class,
                            () ->
                                    site.policy.permit(
                                            site.reader, action, Environments.resource(id)));
            assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
        }
    }

    @Test
    void a_deleted_environment_takes_everything_along() {
        var environments = site.room.environments();
        var permit = site.may(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        var refusal =
                catchThrowableOfType(Refusal.class, () -> environments.delete(permit, id, "other"));
        assertThat(refusal.fields().getFirst().pointer()).isEqualTo("?name");

        environments.delete(permit, id, "site");
        assertThat(catchThrowableOfType(Refusal.class, () -> site.read(id)).problem())
                .isEqualTo(Problem.NOT_FOUND);
        assertThat(site.jobs.plans).isEmpty();
        int left =
                site.database.read(
                        TenantId.DEFAULT,
                        tx ->
                                tx.createQuery("SELECT COUNT(*) FROM infrastructure_version")
                                        .mapTo(Integer.class)
                                        .one());
        assertThat(left).isZero();
    }

    @Test
    void a_removed_source_leaves_history() {
        var draft =
                new EnvironmentDraft("site", Optional.empty(), Optional.empty(), Optional.empty());
        var permit = site.may(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        var changed = site.room.environments().update(permit, id, draft, 1);

        assertThat(changed.sddcManager()).isEmpty();
        assertThat(changed.credentials()).isZero();
        assertThat(site.list(id)).isEmpty();
    }

    @Test
    void a_stored_password_is_never_sent_to_another_host() {
        var moved =
                new EnvironmentDraft.Source(
                        "127.0.0.1",
                        Optional.of(manager.port()),
                        manager.user(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        var draft =
                new EnvironmentDraft(
                        "site", Optional.empty(), Optional.empty(), Optional.of(moved));
        var permit = site.may(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        var refusal =
                catchThrowableOfType(
                        Refusal.class, () -> site.room.environments().update(permit, id, draft, 1));

        assertThat(refusal.fields().getFirst().code()).isEqualTo("password-required");
    }

    @Test
    void a_cursor_of_another_order_is_refused_by_the_list_of_environments() {
        site.create("another", Optional.empty(), Optional.of(Site.source(manager)));
        var next = environments("name", Optional.empty()).next();

        assertThat(environments("name", next).items()).hasSize(1);
        for (var sort : List.of("created", "-lastSync")) {
            assertThat(
                            catchThrowableOfType(Refusal.class, () -> environments(sort, next))
                                    .problem())
                    .as(sort)
                    .isEqualTo(Problem.MALFORMED);
        }
    }

    private holdfast.kernel.Page<Environment> environments(String sort, Optional<String> cursor) {
        return site.room
                .environments()
                .list(
                        site.policy.scope(site.ada, Action.READ_ENVIRONMENT),
                        new Environments.Query(
                                Optional.empty(), Optional.empty(), sort, cursor, 1));
    }

    @Test
    void who_saw_an_older_version_of_an_environment_is_refused() {
        var draft =
                new EnvironmentDraft(
                        "renamed",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Site.source(manager)));
        var permit = site.may(Action.MANAGE_ENVIRONMENT, Environments.resource(id));
        site.room.environments().update(permit, id, draft, 1);
        var refusal =
                catchThrowableOfType(
                        Refusal.class, () -> site.room.environments().update(permit, id, draft, 1));

        assertThat(refusal.problem()).isEqualTo(Problem.VERSION_CONFLICT);
    }

    private holdfast.kernel.Page<Credential> page(CredentialQuery query, int limit) {
        return site.room
                .credentials()
                .list(
                        site.policy.scope(site.ada, Action.READ_CREDENTIAL),
                        Optional.of(id),
                        query,
                        new CredentialQuery.Window(0, Optional.empty(), limit));
    }

    private List<UUID> byCursor(CredentialQuery query) {
        var found = new ArrayList<UUID>();
        Optional<CredentialQuery.After> after = Optional.empty();
        do {
            var page =
                    site.room
                            .credentials()
                            .list(
                                    site.policy.scope(site.ada, Action.READ_CREDENTIAL),
                                    Optional.of(id),
                                    query,
                                    new CredentialQuery.Window(0, after, 77));
            page.items().forEach(one -> found.add(one.id()));
            after =
                    page.next()
                            .map(Cursor::read)
                            .map(place -> new CredentialQuery.After(place.value(), place.id()));
        } while (after.isPresent());
        return found;
    }

    private List<UUID> byOffset(CredentialQuery query) {
        var found = new ArrayList<UUID>();
        for (int offset = 0; offset < 300; offset += 100) {
            site.room
                    .credentials()
                    .list(
                            site.policy.scope(site.ada, Action.READ_CREDENTIAL),
                            Optional.of(id),
                            query,
                            new CredentialQuery.Window(offset, Optional.empty(), 100))
                    .items()
                    .forEach(one -> found.add(one.id()));
        }
        return found;
    }

    private static CredentialQuery sorted(CredentialQuery.Sort sort, boolean descending) {
        return new CredentialQuery(
                Optional.empty(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                sort,
                descending);
    }

    private static CredentialQuery filtered(Set<String> types, Optional<String> text) {
        return new CredentialQuery(
                text,
                types,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                CredentialQuery.Sort.RESOURCE_NAME,
                false);
    }

    private static CredentialQuery expiring(Kept.ExpiryState state) {
        return new CredentialQuery(
                Optional.empty(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(state),
                CredentialQuery.Sort.EXPIRES,
                false);
    }
}
