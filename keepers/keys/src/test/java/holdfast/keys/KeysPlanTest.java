package holdfast.keys;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.Role;
import holdfast.access.Scope;
import holdfast.kernel.Cursor;
import holdfast.testkit.Statements;
import holdfast.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// No statement of this room walks through all keys, on both databases; only counting what a filter finds looks at each.
@ParameterizedClass
@EnumSource
class KeysPlanTest {
    private static final Set<String> GROWING = Set.of("keys_key", "keys_version");

    private final Statements statements = new Statements();
    private final Site site;

    KeysPlanTest(TestDatabase engine) {
        site = new Site(engine, statements::around);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() {
        life();
        var grace = site.person("grace", Role.READ_ONLY);
        site.grant(grace, Grant.Effect.DENY, "keys/prod/**", Set.of(Action.READ_KEY));
        for (var who : List.of(site.ada, grace)) {
            lists(site.policy.scope(who, Action.READ_KEY));
        }

        var found = statements.walks(site.database, GROWING);

        assertThat(found.walks()).filteredOn(walk -> !walk.contains("SELECT COUNT(*)")).isEmpty();
        assertThat(found.looked()).isGreaterThan(15);
    }

    /// The check can fail: a condition that no index begins with is found out.
    @Test
    void a_statement_without_an_index_is_found_out() {
        site.database.readPlatform(tx ->
                tx.createQuery("SELECT name FROM keys_key WHERE type = 'x'")
                        .mapTo(String.class)
                        .list());

        assertThat(statements.walks(site.database, GROWING).walks()).isNotEmpty();
    }

    private void life() {
        var keys = site.room.keys();
        var one = site.create("one", KeyType.AES256_GCM);
        site.decrypt(one, Site.text(site.encrypt(one, "x")));
        var write = site.permit(site.ada, Action.WRITE_KEY, one);
        var read = site.permit(site.ada, Action.READ_KEY, one);
        var destroy = site.permit(site.ada, Action.DESTROY_KEY, one);
        var rotated = keys.rotate(write, one);
        keys.read(read, one);
        keys.versions(read, one);
        var change = new Keys.Change(Optional.empty(), Optional.empty(), Optional.of(true));
        keys.change(write, one, change, rotated.revision());
        keys.destroy(destroy, one, 1);
        keys.set(write, one, Key.State.DISABLED);
        keys.destroy(destroy, one);
    }

    private void lists(Scope scope) {
        for (var sort : KeyQuery.Sort.values()) {
            for (boolean descending : List.of(true, false)) {
                for (boolean filtered : List.of(true, false)) {
                    var place = sort.isNumber() ? "0" : "keys/a";
                    site.room
                            .keys()
                            .list(
                                    scope,
                                    new KeyQuery(
                                            filtered ? Optional.of("a") : Optional.empty(),
                                            filtered
                                                    ? Optional.of(KeyType.AES256_GCM)
                                                    : Optional.empty(),
                                            filtered
                                                    ? Optional.of(Key.State.DISABLED)
                                                    : Optional.empty(),
                                            sort,
                                            descending,
                                            Optional.of(new Cursor(place, UUID.randomUUID())),
                                            10,
                                            filtered));
                }
            }
        }
    }
}
