package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.Scope;
import holdfast.kernel.Cursor;
import holdfast.kernel.TenantId;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.SecretQuery;
import holdfast.secret.Upkeep;
import holdfast.storage.Database;
import holdfast.testkit.ManyRows;
import holdfast.testkit.Statements;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// No statement of this room walks through a whole table, on both databases.
///
/// Every statement that the stores send while the room is used once in every way is taken down, then explained.
///
/// With `--long` against a million secrets as well.
@ParameterizedClass
@EnumSource
class VaultPlanTest {
    private static final boolean LONG = Boolean.getBoolean("holdfast.long");
    private static final Set<String> GROWING =
            Set.of("vault_secret", "vault_version", "vault_term");

    private final TestDatabase engine;
    private final Statements statements = new Statements();

    VaultPlanTest(TestDatabase engine) {
        this.engine = engine;
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() {
        try (var site = new Site(engine, statements::around)) {
            useEverything(site);

            var found = statements.walks(site.database, GROWING);

            assertThat(found.looked()).isGreaterThan(25);
            assertThat(found.walks()).isEmpty();
            if (LONG) {
                fill(site.database);
                assertThat(statements.walksOfMany(site.database, GROWING).walks()).isEmpty();
            }
        }
    }

    /// The check can fail: a condition that no index begins with is found out.
    @Test
    void a_statement_without_an_index_is_found_out() {
        try (var site = new Site(engine, statements::around)) {
            site.database.read(
                    TenantId.DEFAULT,
                    tx ->
                            tx.createQuery("SELECT id FROM vault_secret s WHERE s.notes = 'x'")
                                    .mapTo(String.class)
                                    .list());

            assertThat(statements.walks(site.database, GROWING).walks()).isNotEmpty();
        }
    }

    private static void fill(Database database) {
        ManyRows.of(
                database,
                TenantId.DEFAULT,
                "vault_secret",
                Map.of("id", ManyRows.Change.ID, "path", ManyRows.Change.TEXT));
        ManyRows.of(
                database,
                TenantId.DEFAULT,
                "vault_version",
                Map.of("secret_id", ManyRows.Change.ID));
        ManyRows.of(
                database, TenantId.DEFAULT, "vault_term", Map.of("secret_id", ManyRows.Change.ID));
    }

    private static void useEverything(Site site) {
        var upkeep =
                new Upkeep(
                        Optional.of(site.clock.instant().plus(Duration.ofDays(40))),
                        Upkeep.OnExpiry.ARCHIVE,
                        2,
                        Optional.of(1));
        var secret =
                site.create("prod/db", "app", "x", Site.details(List.of("t"), Map.of()), upkeep);
        var other = site.create("prod/db", "other", "x");
        for (int version = 1; version < 4; version++) {
            site.put(secret, "value " + version, version);
        }
        site.open(secret);
        site.open(secret, Optional.of(3));
        var read = site.policy.permit(site.ada, Action.READ_SECRET, Site.path(secret));
        var write = site.policy.permit(site.ada, Action.WRITE_SECRET, Site.path(secret));
        var delete = site.policy.permit(site.ada, Action.DELETE_SECRET, Site.path(other));
        site.secrets().rollBack(write, secret.id(), 3, "", 4);
        site.secrets().versions(read, secret.id());
        site.secrets().compare(read, Optional.empty(), secret.id(), 4, 5);
        site.secrets().find(read, new SecretName("prod/db", "app"));
        site.permits().on(site.ada, Action.READ_SECRET, secret.id());
        batches(site, secret);
        var grace = site.person("grace");
        for (var pattern :
                List.of("secrets/prod/**", "secrets/shop/*", "secrets/a/b", "secrets/*/x*")) {
            site.grant(grace, Grant.Effect.ALLOW, pattern, Set.of(Action.READ_SECRET));
        }
        for (var who : List.of(site.ada, grace)) {
            lists(site, site.policy.scope(who, Action.READ_SECRET));
        }
        site.secrets().delete(delete, other.id(), 1);
        site.secrets().undelete(delete, other.id());
        site.secrets().delete(delete, other.id(), 1);
        site.clock.advance(Duration.ofDays(50));
        site.room.jobs().forEach(job -> job.run().run());
    }

    private static void batches(Site site, Secret secret) {
        var scope = site.policy.scope(site.ada, Action.REVEAL_SECRET);
        var id = new Batches.Target(Optional.of(secret.id()), Optional.empty());
        var name =
                new Batches.Target(
                        Optional.empty(), Optional.of(new SecretName("prod/db", "other")));
        site.room
                .batches()
                .read(
                        scope,
                        List.of(new Batches.Item.Good<>(id), new Batches.Item.Good<>(name)),
                        true)
                .forEach(one -> one.content().ifPresent(Content::close));
    }

    private static void lists(Site site, Scope scope) {
        for (var sort : SecretQuery.Sort.values()) {
            for (boolean descending : List.of(true, false)) {
                for (boolean filtered : List.of(true, false)) {
                    var after = new Cursor(sort.isNumber() ? "0" : "", UUID.randomUUID());
                    site.secrets()
                            .list(
                                    scope,
                                    new SecretQuery(
                                            filtered ? Optional.of("prod ap") : Optional.empty(),
                                            filtered ? Optional.of("prod") : Optional.empty(),
                                            filtered ? Set.of("t", "u") : Set.of(),
                                            Secret.State.ACTIVE,
                                            sort,
                                            descending,
                                            Optional.of(after),
                                            10,
                                            filtered));
                }
            }
        }
        site.secrets().folders(scope, Optional.empty());
        site.secrets().folders(scope, Optional.of("prod"));
    }
}
