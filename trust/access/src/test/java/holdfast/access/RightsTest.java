package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.Cases;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What roles and grants add up to.
class RightsTest {
    private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
    private static final UUID ADA = new UUID(0, 1);
    private static final UUID BOB = new UUID(0, 2);
    private static final String PATH = "secrets/prod/db/password";

    @Test
    void a_grant_opens_what_no_role_opens() {
        var rights = rights(Set.of(), grant(ADA, Grant.Effect.ALLOW, "secrets/prod/**"));

        assertThat(rights.allows(Action.REVEAL_CREDENTIAL, PATH, NOW)).isTrue();
        assertThat(rights.allows(Action.REVEAL_CREDENTIAL, "secrets/dev/db", NOW)).isFalse();
        assertThat(rights.allows(Action.EXPORT_CREDENTIAL, PATH, NOW)).isFalse();
    }

    @Test
    void a_denial_wins_over_a_narrower_right_and_over_every_role() {
        var rights =
                rights(
                        Set.of(Role.ADMIN),
                        grant(ADA, Grant.Effect.ALLOW, PATH),
                        grant(ADA, Grant.Effect.DENY, "secrets/prod/**"));

        assertThat(rights.allows(Action.REVEAL_CREDENTIAL, PATH, NOW)).isFalse();
        assertThat(rights.allows(Action.REVEAL_CREDENTIAL, "secrets/dev/db", NOW)).isTrue();
    }

    @Test
    void the_narrowest_right_explains() {
        var narrow = grant(ADA, Grant.Effect.ALLOW, "secrets/prod/db/*");
        var rights = rights(Set.of(), grant(ADA, Grant.Effect.ALLOW, "secrets/**"), narrow);

        assertThat(rights.decide(Action.REVEAL_CREDENTIAL, PATH, NOW))
                .isEqualTo(new Rights.Verdict.Granted(narrow));
    }

    @Test
    void a_grant_ends_at_its_instant() {
        var ending =
                new Grant(
                        new UUID(1, 1),
                        new Grant.Subject.One(ADA),
                        Grant.Effect.ALLOW,
                        Set.of(Action.REVEAL_CREDENTIAL),
                        new PathPattern(PATH),
                        NOW,
                        BOB,
                        Optional.of(NOW.plusSeconds(1)));
        var rights = rights(Set.of(), ending);

        assertThat(rights.allows(Action.REVEAL_CREDENTIAL, PATH, NOW)).isTrue();
        assertThat(rights.allows(Action.REVEAL_CREDENTIAL, PATH, NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void the_evaluator_agrees_with_the_plain_rules_on_random_policies() {
        Cases.of(
                100_000,
                random -> {
                    var roles = roles(random);
                    var grants = grants(random);
                    var rights = Rights.of(ADA, held(roles), grants);
                    for (int i = 0; i < 4; i++) {
                        var action = Cases.oneOf(random, List.of(Action.values()));
                        var path = PathPatternTest.path(random);
                        boolean expected =
                                NaiveRights.allows(ADA, roles, grants, action, path, NOW);

                        assertThat(rights.allows(action, path, NOW)).isEqualTo(expected);
                        assertThat(rights.paths(action, NOW).contains(path)).isEqualTo(expected);
                    }
                });
    }

    private static Set<Role> roles(RandomGenerator random) {
        return random.nextBoolean() ? Set.of(Cases.oneOf(random, Role.BUILT_IN)) : Set.of();
    }

    private static List<Rights.Held> held(Set<Role> roles) {
        return roles.stream().map(role -> new Rights.Held(role, Optional.empty())).toList();
    }

    static List<Grant> grants(RandomGenerator random) {
        return IntStream.range(0, random.nextInt(6)).mapToObj(_ -> grant(random)).toList();
    }

    private static Grant grant(RandomGenerator random) {
        return new Grant(
                new UUID(random.nextLong(), 0),
                random.nextInt(4) == 0
                        ? new Grant.Subject.Holders(Cases.oneOf(random, Role.BUILT_IN))
                        : new Grant.Subject.One(random.nextInt(5) == 0 ? BOB : ADA),
                random.nextInt(3) == 0 ? Grant.Effect.DENY : Grant.Effect.ALLOW,
                EnumSet.of(Action.REVEAL_CREDENTIAL, Cases.oneOf(random, List.of(Action.values()))),
                PathPatternTest.pattern(random),
                NOW,
                BOB,
                switch (random.nextInt(4)) {
                    case 0 -> Optional.of(NOW);
                    case 1 -> Optional.of(NOW.plusSeconds(60));
                    default -> Optional.empty();
                });
    }

    private static Rights rights(Set<Role> roles, Grant... grants) {
        return Rights.of(ADA, held(roles), List.of(grants));
    }

    private static Grant grant(UUID principal, Grant.Effect effect, String pattern) {
        return new Grant(
                UUID.randomUUID(),
                new Grant.Subject.One(principal),
                effect,
                Set.of(Action.REVEAL_CREDENTIAL),
                new PathPattern(pattern),
                NOW,
                BOB,
                Optional.empty());
    }
}
