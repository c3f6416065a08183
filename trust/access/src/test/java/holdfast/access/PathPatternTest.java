package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Refusal;
import holdfast.testkit.Cases;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which paths a pattern covers.
class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "secrets/prod/db,     secrets/prod/db,       true",
        "secrets/prod/db,     secrets/prod/db/x,     false",
        "secrets/prod/db,     secrets/prod/dB,       false",
        "secrets/prod/*,      secrets/prod/db,       true",
        "secrets/prod/*,      secrets/prod/db/x,     false",
        "secrets/prod/*,      secrets/prod,          false",
        "secrets/*/db,        secrets/prod/db,       true",
        "secrets/*/db,        secrets/a/b/db,        false",
        "secrets/p*d/d*,      secrets/prod/db,       true",
        "secrets/p*d/d*,      secrets/prod/x,        false",
        "secrets/prod/**,     secrets/prod/a/b/c,    true",
        "secrets/prod/**,     secrets/prod,          false",
        "secrets/prod/**,     secrets/production/a,  false",
        "**,                  secrets/anything,      true",
        "secrets/a\\*,        secrets/a*,            true",
        "secrets/a\\*,        secrets/ab,            false",
        "secrets/a\\\\b,      secrets/a\\b,          true",
        "*a*b*,               xaxbxaxb,              true",
        "*a*b*,               bxxa,                  false",
    })
    void a_pattern_covers_what_it_says(String pattern, String path, boolean covered) {
        assertThat(new PathPattern(pattern).matches(path)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "'',        too-long",
        "/a,        empty-segment",
        "a/,        empty-segment",
        "a//b,      empty-segment",
        "a/**/b,    double-star",
        "a**,       double-star",
        "*/x/**,    double-star",
        "a/***,     double-star",
        "a\\b,      escape",
        "a\\,       escape",
        "'a\tb',    control-character",
    })
    void what_could_be_misread_is_refused(String pattern, String code) {
        var refusal = catchThrowableOfType(Refusal.class, () -> new PathPattern(pattern));

        assertThat(refusal.fields())
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.pointer()).isEqualTo("/pattern");
                    assertThat(error.code()).isEqualTo(code);
                });
    }

    @Test
    void a_quoted_path_covers_itself_and_nothing_else() {
        Cases.of(
                2_000,
                random -> {
                    var path = path(random);
                    var other = path(random);

                    assertThat(PathPattern.exactly(path).matches(path)).isTrue();
                    assertThat(PathPattern.exactly(path).isExact()).isTrue();
                    assertThat(PathPattern.exactly(path).matches(other))
                            .isEqualTo(path.equals(other));
                });
    }

    @Test
    void a_pattern_agrees_with_a_regular_expression() {
        Cases.of(
                20_000,
                random -> {
                    var pattern = pattern(random);
                    var path = path(random);

                    assertThat(pattern.matches(path))
                            .as("%s covers %s", pattern, path)
                            .isEqualTo(NaiveRights.matches(pattern.text(), path));
                });
    }

    @Test
    void the_narrowest_stands_first() {
        assertThat(
                        Stream.of("**", "a/**", "a/*", "a/b*", "a/bc", "a/b/**")
                                .map(PathPattern::new)
                                .sorted(PathPattern.NARROWEST)
                                .map(PathPattern::text))
                .containsExactly("a/bc", "a/b/**", "a/b*", "a/*", "a/**", "**");
    }

    /// Few letters, so that paths and patterns meet often; stars and backslashes as characters of a name.
    static String path(RandomGenerator random) {
        return segments(random, List.of("a", "b", "ab", "*", "a%", "_b", "!", "\\"));
    }

    static PathPattern pattern(RandomGenerator random) {
        var fixed = segments(random, List.of("a", "b", "ab", "\\*", "a%", "_b", "!", "\\\\"));
        var starred =
                segments(random, List.of("a", "b", "*", "a*", "*b", "a*b", "\\*", "*%", "_*"));
        return new PathPattern(
                switch (random.nextInt(8)) {
                    case 0 -> "**";
                    case 1, 2 -> fixed + "/**";
                    case 3, 4 -> fixed;
                    default -> starred;
                });
    }

    private static String segments(RandomGenerator random, List<String> letters) {
        return Stream.generate(() -> Cases.oneOf(random, letters))
                .limit(1 + random.nextInt(4))
                .reduce((a, b) -> a + "/" + b)
                .orElseThrow();
    }
}
