package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.kernel.Principal;
import holdfast.tenancy.Metadata;
import holdfast.testkit.Cases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Nobody holds by a loan what its giver does not hold.
class LendingTest {
    private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
    private static final String PATH = "secrets/prod/db";
    private static final UUID ADA = new UUID(0, 1);
    private static final UUID BOB = new UUID(0, 2);
    private static final UUID CAY = new UUID(0, 3);
    private static final Set<Action> SHARES =
            Set.of(Action.READ_SECRET, Action.REVEAL_SECRET, Action.SHARE_SECRET);

    private int next;

    @Test
    void a_loan_allows_what_its_giver_may_do_and_share() {
        var all = snapshot(List.of(user(ADA)), loan(ADA, BOB, EnumSet.allOf(Action.class)));

        assertThat(may(all, BOB, Action.REVEAL_SECRET)).isTrue();
        assertThat(may(all, BOB, Action.EXPORT_SECRET)).isFalse(); // no USER may
        assertThat(all.rights(BOB, NOW).allows(Action.REVEAL_SECRET, "secrets/prod/x", NOW))
                .isFalse();
    }

    @Test
    void it_ends_with_the_givers_right_to_share_and_with_the_right_itself() {
        var reader = new Assignment(ADA, kind(), "READ_ONLY", NOW, ADA, kind(), end(), none());
        assertThat(may(snapshot(List.of(reader), loan(ADA, BOB, SHARES)), BOB, revealing()))
                .isFalse();
        assertThat(may(snapshot(List.of(), loan(ADA, BOB, SHARES)), BOB, revealing())).isFalse();

        var denied = grant(ADA, Grant.Effect.DENY, Set.of(Action.REVEAL_SECRET));
        var narrowed = snapshot(List.of(user(ADA)), denied, loan(ADA, BOB, SHARES));
        assertThat(may(narrowed, BOB, Action.REVEAL_SECRET)).isFalse();
        assertThat(may(narrowed, BOB, Action.READ_SECRET)).isTrue();
    }

    @Test
    void what_was_lent_further_ends_with_the_first_loan() {
        var chain = snapshot(List.of(user(ADA)), loan(ADA, BOB, SHARES), loan(BOB, CAY, SHARES));
        assertThat(may(chain, CAY, Action.REVEAL_SECRET)).isTrue();

        var cut = snapshot(List.of(user(ADA)), loan(BOB, CAY, SHARES));
        assertThat(may(cut, CAY, Action.REVEAL_SECRET)).isFalse();
    }

    @Test
    void two_who_lend_to_each_other_hold_nothing() {
        var circle = snapshot(List.of(), loan(ADA, BOB, SHARES), loan(BOB, ADA, SHARES));

        assertThat(may(circle, ADA, Action.REVEAL_SECRET)).isFalse();
        assertThat(may(circle, BOB, Action.REVEAL_SECRET)).isFalse();
        assertThat(circle.rights(BOB, NOW).paths(Action.READ_SECRET, NOW).isEmpty()).isTrue();
    }

    @Test
    void it_ends_at_the_instant_at_which_its_givers_role_ends() {
        var end = NOW.plus(Duration.ofHours(1));
        var until =
                new Assignment(
                        ADA, kind(), "USER", NOW, ADA, kind(), Optional.of(end), Metadata.NONE);
        var all = snapshot(List.of(until), loan(ADA, BOB, SHARES));

        assertThat(all.rights(BOB, NOW).allows(revealing(), PATH, NOW)).isTrue();
        assertThat(all.rights(BOB, end).allows(revealing(), PATH, end)).isFalse();
        assertThat(all.rights(BOB, NOW).allows(revealing(), PATH, NOW)).isTrue();
    }

    /// The reference derives each right by itself, from nothing but the definition: somebody above must hold it.
    @Test
    void any_loans_come_to_what_a_naive_derivation_finds() {
        Cases.of(
                3_000,
                random -> {
                    var people = IntStream.range(1, 6).mapToObj(i -> new UUID(0, i)).toList();
                    var assigned = new ArrayList<Assignment>();
                    var grants = new ArrayList<Grant>();
                    for (var one : people) {
                        if (random.nextInt(4) == 0) {
                            assigned.add(user(one));
                        }
                    }
                    for (int i = random.nextInt(8); i >= 0; i--) {
                        grants.add(some(random, people));
                    }
                    var all = snapshot(assigned, grants.toArray(Grant[]::new));
                    for (var one : people) {
                        for (var action : SHARES) {
                            boolean derived =
                                    derives(assigned, grants, one, action, new HashSet<>());
                            assertThat(may(all, one, action))
                                    .as("%s %s in %s", one, action, grants)
                                    .isEqualTo(derived);
                            assertThat(all.rights(one, NOW).paths(action, NOW).contains(PATH))
                                    .isEqualTo(derived);
                        }
                    }
                });
    }

    private Grant some(RandomGenerator random, List<UUID> people) {
        var actions = EnumSet.of(Cases.oneOf(random, List.copyOf(SHARES)));
        actions.add(Action.SHARE_SECRET);
        return random.nextInt(8) == 0
                ? grant(Cases.oneOf(random, people), Grant.Effect.DENY, actions)
                : loan(Cases.oneOf(random, people), Cases.oneOf(random, people), actions);
    }

    private static boolean derives(
            List<Assignment> assigned,
            List<Grant> grants,
            UUID who,
            Action action,
            Set<List<Object>> asked) {
        boolean denied =
                grants.stream()
                        .filter(one -> one.effect() == Grant.Effect.DENY)
                        .anyMatch(one -> names(one, who, action));
        if (denied || !asked.add(List.of(who, action))) {
            return false;
        }
        boolean byRole = assigned.stream().anyMatch(one -> one.principal().equals(who));
        boolean lent =
                grants.stream()
                        .filter(one -> one.lent() && names(one, who, action))
                        .map(Grant::grantedBy)
                        .anyMatch(giver ->
                                derives(assigned, grants, giver, action, new HashSet<>(asked))
                                        && derives(
                                                assigned,
                                                grants,
                                                giver,
                                                Action.SHARE_SECRET,
                                                new HashSet<>(asked)));
        return byRole || lent;
    }

    private static boolean names(Grant grant, UUID who, Action action) {
        return grant.subject().equals(new Grant.Subject.One(who))
                && grant.actions().contains(action);
    }

    private static boolean may(Snapshot all, UUID who, Action action) {
        return all.rights(who, NOW).allows(action, PATH, NOW);
    }

    private static Snapshot snapshot(List<Assignment> assigned, Grant... grants) {
        return new Snapshot(1, Role.BUILT_IN, assigned, List.of(grants));
    }

    private Grant loan(UUID from, UUID to, Set<Action> actions) {
        return Grant.lent(
                new UUID(9, next++),
                new Grant.Subject.One(to),
                new Grant.Loan(from, kind(), actions, PATH, end()),
                NOW);
    }

    private Grant grant(UUID to, Grant.Effect effect, Set<Action> actions) {
        return new Grant(
                new UUID(9, next++),
                new Grant.Subject.One(to),
                effect,
                actions,
                new PathPattern(PATH),
                NOW,
                ADA,
                end());
    }

    private static Assignment user(UUID who) {
        return new Assignment(who, kind(), "USER", NOW, ADA, kind(), end(), none());
    }

    private static Action revealing() {
        return Action.REVEAL_SECRET;
    }

    private static Principal.Kind kind() {
        return Principal.Kind.USER;
    }

    private static Optional<Instant> end() {
        return Optional.empty();
    }

    private static Metadata none() {
        return Metadata.NONE;
    }
}
