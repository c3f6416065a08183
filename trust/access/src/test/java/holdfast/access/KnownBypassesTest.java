package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Refusal;
import holdfast.testkit.Cases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// How the policies of others were got round, each tried on ours.
class KnownBypassesTest {
    private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
    private static final UUID EVE = new UUID(0, 1);
    private static final List<Rights.Held> ADMIN =
            List.of(new Rights.Held(Role.ADMIN, Optional.empty()));

    /// GHSA-xp3c-3jw3-4vcr: a list went past a denial.
    @Test
    void no_verb_reads_past_a_denial_one_by_one_or_as_a_set() {
        for (var action : Action.values()) {
            var rights = Rights.of(EVE, ADMIN, List.of(deny("secrets/board/**", action)));

            for (var path : List.of("secrets/board/x", "secrets/board/a/b", "secrets/board/x/")) {
                assertThat(rights.allows(action, path, NOW)).as("%s %s", action, path).isFalse();
                assertThat(rights.paths(action, NOW).contains(path)).as(path).isFalse();
            }
            assertThat(rights.paths(action, NOW).isEverything()).isFalse();
        }
    }

    @Test
    void what_shows_values_in_bulk_is_denied_with_the_value() {
        var rights =
                Rights.of(
                        EVE,
                        ADMIN,
                        List.of(deny("environment/1/credential/2", Action.REVEAL_CREDENTIAL)));

        assertThat(rights.allows(Action.EXPORT_CREDENTIAL, "environment/1/credential/2", NOW))
                .isFalse();
        assertThat(
                        rights.paths(Action.EXPORT_CREDENTIAL, NOW)
                                .isFreeIn(PathPattern.below("environment/1")))
                .isFalse();
        assertThat(
                        rights.paths(Action.EXPORT_CREDENTIAL, NOW)
                                .isFreeIn(PathPattern.below("environment/2")))
                .isTrue();
    }

    /// GHSA-59w7-v8rr-pr4p: a name that holds a wildcard widened the policy it was put into.
    @Test
    void a_name_put_into_a_pattern_never_becomes_a_wildcard() {
        for (var name :
                List.of("*", "**", "a/*", "a*b", "\\*", "+", "..", "a/../b", "${user}", "{{x}}")) {
            var pattern = PathPattern.exactly("home/" + name + "/key");

            assertThat(pattern.isExact()).as(name).isTrue();
            assertThat(pattern.matches("home/" + name + "/key")).as(name).isTrue();
            for (var other : List.of("home/eve/key", "home/a/b/key", "home/b/key", "home/key")) {
                assertThat(pattern.matches(other)).as("%s %s", name, other).isFalse();
            }
        }
        for (var broken : List.of("a\0b", "a\nb", "", "/a", "a/", "a//b", "a/**/b", "*/**")) {
            assertThat(catchThrowableOfType(Refusal.class, () -> new PathPattern(broken)))
                    .as(broken)
                    .isNotNull();
        }
    }

    /// A denial must not be dodged by another spelling: paths are compared as they are, byte by byte.
    @Test
    void a_percent_sign_or_an_underscore_is_no_wildcard_of_the_database() {
        for (var wild : List.of("secrets/%", "secrets/_", "secrets/p%d")) {
            assertThat(new PathPattern(wild).matches("secrets/prod")).as(wild).isFalse();
        }
    }

    /// A token minted above its maker: what is given must lie inside what is held, whatever the patterns.
    @Test
    void containment_of_patterns_never_says_more_than_single_paths_do() {
        Cases.of(
                20_000,
                random -> {
                    var held = PathPatternTest.pattern(random);
                    var given = PathPatternTest.pattern(random);
                    var paths = new ArrayList<String>();
                    for (int i = 0; i < 8; i++) {
                        paths.add(PathPatternTest.path(random));
                    }
                    for (var path : paths) {
                        if (held.contains(given) && given.matches(path)) {
                            assertThat(held.matches(path))
                                    .as("%s ⊆ %s: %s", given, held, path)
                                    .isTrue();
                        }
                        if (held.matches(path) && given.matches(path)) {
                            assertThat(held.mayMeet(given))
                                    .as("%s ∩ %s: %s", given, held, path)
                                    .isTrue();
                        }
                    }
                });
    }

    @Test
    void containment_is_seen_where_people_expect_it() {
        assertThat(new PathPattern("**").contains(new PathPattern("a/*/b"))).isTrue();
        assertThat(new PathPattern("a/**").contains(new PathPattern("a/b/**"))).isTrue();
        assertThat(new PathPattern("a/*").contains(new PathPattern("a/b*"))).isTrue();
        assertThat(new PathPattern("a/*").contains(new PathPattern("a/**"))).isFalse();
        assertThat(new PathPattern("a/b*").contains(new PathPattern("a/*"))).isFalse();
        assertThat(new PathPattern("a/**").contains(new PathPattern("**"))).isFalse();
        assertThat(new PathPattern("a/b").contains(new PathPattern("a/*"))).isFalse();
    }

    private static Grant deny(String pattern, Action action) {
        return new Grant(
                UUID.randomUUID(),
                new Grant.Subject.One(EVE),
                Grant.Effect.DENY,
                Set.of(action),
                new PathPattern(pattern),
                NOW,
                EVE,
                Optional.empty());
    }
}
