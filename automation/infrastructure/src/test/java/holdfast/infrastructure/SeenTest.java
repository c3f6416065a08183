package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.PathPattern;
import holdfast.access.Scope;
import holdfast.estate.CredentialQuery;
import holdfast.estate.Environment;
import holdfast.kernel.Cursor;
import holdfast.kernel.Principal;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.testkit.TestDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Lists, counts and the overview show what single reads show, no more and no less, on both databases.
@ParameterizedClass
@EnumSource
class SeenTest {
    private final Site site;
    private final Simulator manager =
            Simulator.start(SimulatorOptions.defaults(InstantSource.system()));
    private final List<UUID> environments = new ArrayList<>();

    SeenTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @BeforeEach
    void sync() {
        for (var name : List.of("one", "two", "three")) {
            var id = site.create(name, Optional.empty(), Optional.of(Site.source(manager))).id();
            site.sync(id);
            environments.add(id);
        }
    }

    @AfterEach
    void close() {
        manager.close();
        site.close();
    }

    @Test
    void every_list_and_count_shows_what_single_reads_show_under_ever_wider_denials() {
        var first = environments.getFirst();
        var denied = site.list(first).get(5);
        deny(Credentials.resource(first, denied.id()), Action.READ_CREDENTIAL);
        assertThat(names(site.reader)).containsExactly("one", "three", "two");
        assertThat(credentials(Optional.of(first))).hasSize(36);
        assertAgrees();

        deny("environment/" + environments.get(1) + "/**", Action.READ_CREDENTIAL);
        deny("environment/" + environments.get(1), Action.READ_ENVIRONMENT);
        assertThat(names(site.reader)).containsExactly("one", "three");
        assertThat(credentials(Optional.empty())).hasSize(2 * 37 - 1);
        assertAgrees();

        deny("environment/**", Action.READ_ENVIRONMENT, Action.READ_CREDENTIAL);
        assertThat(names(site.reader)).isEmpty();
        assertThat(credentials(Optional.empty())).isEmpty();
        assertThat(credentials(Optional.of(first))).isEmpty();
        assertThat(credentials(Optional.of(new UUID(1, 2)))).as("tells no absence").isEmpty();
        assertAgrees();
    }

    private void deny(String pattern, Action... actions) {
        var grant =
                new Grant(
                        site.ids.next(),
                        new Grant.Subject.One(site.reader.id()),
                        Grant.Effect.DENY,
                        Set.of(actions),
                        new PathPattern(pattern),
                        site.clock.instant(),
                        site.ada.id(),
                        Optional.empty());
        site.database.write(
                TenantId.DEFAULT,
                tx -> {
                    site.access.grants().add(tx, TenantId.DEFAULT, grant);
                    return true;
                });
        site.access.roles().refresh(TenantId.DEFAULT);
    }

    /// Item by item, and by every count.
    private void assertAgrees() {
        var seen = new HashSet<UUID>();
        var shown = new HashSet<String>();
        for (var id : environments) {
            if (may(Action.READ_ENVIRONMENT, Environments.resource(id))) {
                shown.add(site.read(id).name());
            }
            int inOne = 0;
            for (var credential : site.list(id)) {
                if (may(Action.READ_CREDENTIAL, Credentials.resource(id, credential.id()))) {
                    seen.add(credential.id());
                    inOne++;
                }
            }
            assertThat(credentials(Optional.of(id))).hasSize(inOne);
            assertCounts(Optional.of(id), inOne);
        }
        assertThat(credentials(Optional.empty())).isEqualTo(seen);
        assertCounts(Optional.empty(), seen.size());
        assertThat(names(site.reader)).containsExactlyInAnyOrderElementsOf(shown);
        var overview =
                site.room.overview().of(site.policy.scope(site.reader, Action.READ_ENVIRONMENT));
        assertThat(overview.counters().environments()).isEqualTo(shown.size());
        assertThat(overview.counters().credentials()).isEqualTo(37 * shown.size());
        assertThat(overview.attention()).allMatch(one -> shown.contains(one.environmentName()));
    }

    private void assertCounts(Optional<UUID> environment, int expected) {
        var facets = site.room.credentials().facets(scope(), environment);
        for (var facet : List.of("credentialType", "accountType", "source")) {
            assertThat(
                            facets.getOrDefault(facet, Map.of()).values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum())
                    .as(facet)
                    .isEqualTo(expected);
        }
    }

    private boolean may(Action action, String resource) {
        try {
            site.policy.permit(site.reader, action, resource);
            return true;
        } catch (Refusal _) {
            return false;
        }
    }

    private Scope scope() {
        return site.policy.scope(site.reader, Action.READ_CREDENTIAL);
    }

    private List<String> names(Principal who) {
        var page =
                site.room
                        .environments()
                        .list(
                                site.policy.scope(who, Action.READ_ENVIRONMENT),
                                new Environments.Query(
                                        Optional.empty(),
                                        Optional.empty(),
                                        "name",
                                        Optional.empty(),
                                        100));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(Environment::name).toList();
    }

    /// {@return ids, by windows of ten}
    private Set<UUID> credentials(Optional<UUID> environment) {
        var ids = new HashSet<UUID>();
        Optional<CredentialQuery.After> after = Optional.empty();
        long total;
        do {
            var page =
                    site.room
                            .credentials()
                            .list(
                                    scope(),
                                    environment,
                                    CredentialQuery.ALL,
                                    new CredentialQuery.Window(0, after, 10));
            page.items().forEach(one -> assertThat(ids.add(one.id())).isTrue());
            total = page.total();
            after =
                    page.next()
                            .map(Cursor::read)
                            .map(at -> new CredentialQuery.After(at.value(), at.id()));
        } while (after.isPresent());
        assertThat(total).isEqualTo(ids.size());
        return ids;
    }
}
