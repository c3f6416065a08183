package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.Role;
import holdfast.access.Scope;
import holdfast.kernel.Cursor;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.SecretQuery;
import holdfast.secret.Terms;
import holdfast.secret.Upkeep;
import holdfast.testkit.Cases;
import holdfast.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Under random policies, every set answer says item by item what single questions say: lists in windows, counts, searches,
/// folders, batches.
@ParameterizedClass
@EnumSource
class VisibilityTest {
    private static final int CASES = 40;
    private static final List<String> FOLDERS =
            List.of("prod", "prod-x", "prod/db", "prod/db/eu", "Prod", "shop", "shop/100%", "a_b");
    private static final List<String> ACCOUNTS = List.of("app", "root", "app_2", "DOM\\user", "ä");
    private static final List<Action> ACTIONS =
            List.of(
                    Action.READ_SECRET,
                    Action.REVEAL_SECRET,
                    Action.DELETE_SECRET,
                    Action.SHARE_SECRET);

    private final Site site;
    private final List<Secret> all = new ArrayList<>();
    private final List<Principal> givers = new ArrayList<>();
    private int people;

    VisibilityTest(TestDatabase engine) {
        site = new Site(engine);
        givers.add(site.ada);
        for (var folder : FOLDERS) {
            for (var account : ACCOUNTS) {
                var tag = all.size() % 3 == 0 ? "third" : "other";
                all.add(
                        site.create(
                                folder,
                                account,
                                folder + account,
                                Site.details(List.of(tag), Map.of("n", all.size())),
                                Upkeep.USUAL));
            }
        }
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void sets_say_what_single_questions_say() {
        Cases.of(
                CASES,
                random -> {
                    var who = somebody(random);
                    lists(random, who);
                    batches(who);
                });
    }

    private Principal somebody(RandomGenerator random) {
        var name = "person" + people++;
        var who =
                random.nextInt(3) == 0
                        ? site.person(name, Cases.oneOf(random, Role.BUILT_IN))
                        : site.person(name);
        int grants = random.nextInt(5);
        for (int i = 0; i < grants; i++) {
            var effect = random.nextInt(3) == 0 ? Grant.Effect.DENY : Grant.Effect.ALLOW;
            var actions = EnumSet.of(Cases.oneOf(random, ACTIONS));
            actions.add(Cases.oneOf(random, ACTIONS));
            site.grant(who, effect, pattern(random), actions);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            var giver = Cases.oneOf(random, givers);
            site.lend(
                    giver, who, Cases.oneOf(random, all), EnumSet.of(Cases.oneOf(random, ACTIONS)));
        }
        givers.add(who);
        return who;
    }

    private static String pattern(RandomGenerator random) {
        var folder = Cases.oneOf(random, FOLDERS);
        return switch (random.nextInt(5)) {
            case 0 -> "secrets/" + folder + "/**";
            case 1 -> "secrets/" + folder + "/*";
            case 2 -> "secrets/*/" + Cases.oneOf(random, List.of("app", "a*", "*o*"));
            case 3 -> "secrets/p*/db/*";
            default ->
                    holdfast.access.PathPattern.exactly(
                                    "secrets/" + folder + "/" + Cases.oneOf(random, ACCOUNTS))
                            .text();
        };
    }

    private void lists(RandomGenerator random, Principal who) {
        var seen = seen(who, Action.READ_SECRET);
        Scope scope;
        try {
            scope = site.policy.scope(who, Action.READ_SECRET);
        } catch (Refusal refusal) {
            assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
            assertThat(seen).isEmpty();
            return;
        }
        var listed = windows(scope, Site.everything(), 1 + random.nextInt(20));
        assertThat(listed).containsExactlyElementsOf(ids(seen.stream().sorted(BY_PATH).toList()));
        for (var sort : SecretQuery.Sort.values()) {
            assertThat(windows(scope, sorted(sort), 1 + random.nextInt(9)))
                    .containsExactlyInAnyOrderElementsOf(ids(seen));
        }
        var folder = Cases.oneOf(random, FOLDERS);
        assertThat(windows(scope, under(folder), 7))
                .containsExactlyInAnyOrderElementsOf(
                        ids(
                                seen.stream()
                                        .filter(one ->
                                                (one.service() + "/").startsWith(folder + "/"))
                                        .toList()));
        var word = Cases.oneOf(random, List.of("pro", "APP", "third", "eu db", "user"));
        assertThat(windows(scope, text(word), 7))
                .containsExactlyInAnyOrderElementsOf(
                        ids(seen.stream().filter(one -> found(one, word)).toList()));
        assertThat(windows(scope, tagged("THIRD"), 50))
                .containsExactlyInAnyOrderElementsOf(
                        ids(seen.stream().filter(one -> one.tags().contains("third")).toList()));
        folders(scope, seen, Optional.empty());
        folders(scope, seen, Optional.of("prod"));
    }

    private static final java.util.Comparator<Secret> BY_PATH =
            (one, other) ->
                    java.util.Arrays.compareUnsigned(
                            Site.path(one).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            Site.path(other).getBytes(java.nio.charset.StandardCharsets.UTF_8));

    private void folders(Scope scope, List<Secret> seen, Optional<String> under) {
        var above = under.map(one -> one + "/").orElse("");
        var expected = new TreeSet<String>();
        seen.stream()
                .map(Secret::service)
                .filter(service -> service.startsWith(above))
                .forEach(service ->
                        expected.add(service.substring(above.length()).split("/", 2)[0]));
        assertThat(site.secrets().folders(scope, under))
                .extracting(Secrets.Folder::name)
                .containsExactlyElementsOf(expected);
    }

    /// {@return ids of all windows; each counts the same, and no more than there are}
    private List<UUID> windows(Scope scope, SecretQuery query, int limit) {
        var ids = new ArrayList<UUID>();
        var totals = new TreeSet<Long>();
        Optional<Cursor> after = Optional.empty();
        do {
            var window =
                    new SecretQuery(
                            query.text(),
                            query.under(),
                            query.tags(),
                            query.state(),
                            query.sort(),
                            query.descending(),
                            after,
                            limit,
                            true);
            var listing = site.secrets().list(scope, window);
            listing.items().forEach(one -> ids.add(one.id()));
            totals.add(listing.total().orElseThrow());
            after = listing.next().map(Cursor::read);
        } while (after.isPresent());
        assertThat(totals).containsExactly((long) ids.size());
        return ids;
    }

    /// Reads and deletes, each against the answers that single calls would get.
    private void batches(Principal who) {
        var permits = site.permits();
        for (var action : List.of(Action.REVEAL_SECRET, Action.DELETE_SECRET)) {
            Scope scope;
            try {
                scope = site.policy.scope(who, action);
            } catch (Refusal _) {
                assertThat(seen(who, action)).isEmpty();
                continue;
            }
            var answers =
                    action == Action.REVEAL_SECRET
                            ? site.room.batches().read(scope, targets(), false)
                            : site.room.batches().delete(scope, stale(), false);
            for (int i = 0; i < all.size(); i++) {
                var single = single(permits, who, action, all.get(i));
                assertThat(answers.get(i).status())
                        .as("%s %s", action, all.get(i))
                        .isEqualTo(single);
                answers.get(i).content().ifPresent(Content::close);
            }
        }
    }

    private List<Batches.Item<Batches.Target>> targets() {
        return all.stream()
                .<Batches.Item<Batches.Target>>map(one -> new Batches.Item.Good<>(target(one)))
                .toList();
    }

    /// A version that no secret is at, so that nothing is deleted.
    private List<Batches.Item<Batches.VersionOf>> stale() {
        return all.stream()
                .<Batches.Item<Batches.VersionOf>>map(
                        one -> new Batches.Item.Good<>(new Batches.VersionOf(target(one), 99)))
                .toList();
    }

    private static Batches.Target target(Secret secret) {
        return new Batches.Target(Optional.of(secret.id()), Optional.empty());
    }

    private int single(Permits permits, Principal who, Action action, Secret secret) {
        try {
            permits.on(who, action, secret.id());
            return action == Action.REVEAL_SECRET ? 200 : 412;
        } catch (Refusal refusal) {
            return refusal.problem().status();
        }
    }

    private List<Secret> seen(Principal who, Action action) {
        return all.stream().filter(one -> may(who, action, one)).toList();
    }

    private boolean may(Principal who, Action action, Secret secret) {
        try {
            site.policy.permit(who, action, Site.path(secret));
            return true;
        } catch (Refusal refusal) {
            assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
            return false;
        }
    }

    private static List<UUID> ids(List<Secret> secrets) {
        return secrets.stream().map(Secret::id).toList();
    }

    private static boolean found(Secret secret, String text) {
        var words =
                Terms.wordsOf(
                        new SecretName(secret.service(), secret.account()),
                        new Details(secret.notes(), secret.tags(), secret.metadata()));
        return Terms.sought(text).stream()
                .allMatch(sought -> words.stream().anyMatch(word -> word.startsWith(sought)));
    }

    private static SecretQuery sorted(SecretQuery.Sort sort) {
        return query(Optional.empty(), Optional.empty(), Set.of(), sort);
    }

    private static SecretQuery under(String folder) {
        return query(Optional.empty(), Optional.of(folder), Set.of(), SecretQuery.Sort.CHANGED);
    }

    private static SecretQuery text(String text) {
        return query(Optional.of(text), Optional.empty(), Set.of(), SecretQuery.Sort.NAME);
    }

    private static SecretQuery tagged(String tag) {
        return query(Optional.empty(), Optional.empty(), Set.of(tag), SecretQuery.Sort.NAME);
    }

    private static SecretQuery query(
            Optional<String> text,
            Optional<String> under,
            Set<String> tags,
            SecretQuery.Sort sort) {
        return new SecretQuery(
                text,
                under,
                tags,
                Secret.State.ACTIVE,
                sort,
                sort == SecretQuery.Sort.CHANGED,
                Optional.empty(),
                100,
                true);
    }
}
