package holdfast.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.Role;
import holdfast.kernel.Cursor;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The life of keys and what lists show of them, on both databases.
@ParameterizedClass
@EnumSource
class KeysTest {
    private static final List<String> NAMES =
            List.of("alpha", "beta_1", "beta-2", "Gamma.x", "pay-1", "pay-2", "pay_3", "zeta");

    private final Site site;

    KeysTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void lists_are_found_by_a_part_of_the_name_sorted_and_cut_into_windows() {
        NAMES.forEach(name -> site.create(name, KeyType.HMAC_SHA256));

        assertThat(names(site.ada, "gamma")).containsExactly("Gamma.x");
        assertThat(names(site.ada, "_")).containsExactly("beta_1", "pay_3");
        assertThat(names(site.ada, "%")).isEmpty();
        for (var sort : KeyQuery.Sort.values()) {
            for (boolean descending : List.of(true, false)) {
                var all = new ArrayList<String>();
                var next = Optional.<String>empty();
                do {
                    var window = list(site.ada, query("", sort, descending, next, 3));
                    window.items().forEach(key -> all.add(key.name()));
                    assertThat(window.total()).contains((long) NAMES.size());
                    next = window.next();
                } while (next.isPresent());
                assertThat(all).as("%s", sort).hasSize(NAMES.size()).containsAll(NAMES);
            }
        }
    }

    @Test
    void a_list_shows_and_counts_what_single_reads_show_under_random_grants() {
        NAMES.forEach(name -> site.create(name, KeyType.HMAC_SHA256));
        var random = new Random(7);
        for (int round = 0; round < 12; round++) {
            var person = site.person("p" + round, round % 2 == 0 ? Role.AUDITOR : Role.USER);
            for (int i = 0; i < 3; i++) {
                var pattern = random.nextBoolean() ? "pay-*" : NAMES.get(random.nextInt(8));
                var effect = random.nextInt(3) == 0 ? Grant.Effect.ALLOW : Grant.Effect.DENY;
                site.grant(person, effect, "keys/" + pattern, Set.of(Action.READ_KEY));
            }
            var listed = list(person, query("", KeyQuery.Sort.NAME, false, Optional.empty(), 100));

            assertThat(listed.items())
                    .extracting(Key::name)
                    .containsExactlyElementsOf(
                            NAMES.stream().filter(name -> reads(person, name)).sorted().toList());
            assertThat(listed.total()).contains((long) listed.items().size());
        }
    }

    private boolean reads(Principal person, String name) {
        var key = new KeyName(name);
        try {
            site.room.keys().read(site.permit(person, Action.READ_KEY, key), key);
            return true;
        } catch (Refusal refused) {
            assertThat(refused.problem()).isEqualTo(Problem.NOT_PERMITTED);
            return false;
        }
    }

    @Test
    void a_name_is_taken_once_and_a_change_names_the_revision_it_was_made_from() {
        var key = site.create("k", KeyType.AES256_GCM);
        var permit = site.permit(site.ada, Action.WRITE_KEY, key);
        var nothing = new Keys.Change(Optional.empty(), Optional.empty(), Optional.of(false));

        assertThat(problem(() -> site.create("k", KeyType.ED25519))).isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> site.room.keys().change(permit, key, nothing, 2)))
                .isEqualTo(Problem.VERSION_CONFLICT);
        assertThat(site.room.keys().change(permit, key, nothing, 1).revision()).isEqualTo(2);
        for (var wrong : List.of(0, 2)) {
            var change = new Keys.Change(Optional.of(wrong), Optional.empty(), Optional.empty());
            assertThat(problem(() -> site.room.keys().change(permit, key, change, 2)))
                    .isEqualTo(Problem.INVALID);
        }
    }

    @Test
    void nothing_is_destroyed_unless_the_settings_allow_it_and_never_the_newest_version_alone() {
        var key = site.create("k", KeyType.AES256_GCM);
        var write = site.permit(site.ada, Action.WRITE_KEY, key);
        var destroy = site.permit(site.ada, Action.DESTROY_KEY, key);
        site.room.keys().rotate(write, key);
        assertThat(problem(() -> site.room.keys().destroy(destroy, key, 2)))
                .isEqualTo(Problem.CONFLICT);
        var never = new Keys.Change(Optional.empty(), Optional.empty(), Optional.of(false));
        site.room.keys().change(write, key, never, 2);

        assertThat(problem(() -> site.room.keys().destroy(destroy, key, 1)))
                .isEqualTo(Problem.CONFLICT);
        assertThat(problem(() -> site.room.keys().destroy(destroy, key)))
                .isEqualTo(Problem.CONFLICT);
        assertThat(site.room.keys().versions(site.permit(site.ada, Action.READ_KEY, key), key))
                .extracting(Key.Version::version)
                .containsExactly(2, 1);
    }

    @Test
    void names_that_would_break_a_path_or_deceive_are_refused() {
        for (var name : List.of("", ".", "-a", "a/b", "a*", "ä", "a b", "a\n", "x".repeat(129))) {
            assertThat(problem(() -> new KeyName(name))).as(name).isEqualTo(Problem.INVALID);
        }
    }

    private List<String> names(Principal who, String text) {
        return list(who, query(text, KeyQuery.Sort.NAME, false, Optional.empty(), 100))
                .items()
                .stream()
                .map(Key::name)
                .toList();
    }

    private Key.Listing list(Principal who, KeyQuery query) {
        return site.room.keys().list(site.policy.scope(who, Action.READ_KEY), query);
    }

    private static KeyQuery query(
            String text, KeyQuery.Sort sort, boolean descending, Optional<String> next, int limit) {
        return new KeyQuery(
                Optional.of(text).filter(one -> !one.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                sort,
                descending,
                next.map(Cursor::read),
                limit,
                true);
    }

    private static Problem problem(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call).problem();
    }
}
