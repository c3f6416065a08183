package holdfast.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.generator.Recipe.CharacterClass;
import holdfast.kernel.Ids;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is made is by the rules, uniform among all that the rules allow, and as hard to guess as it says.
class GeneratorTest {
    private static final int DRAWS = 20_000;
    private static final double RARE =
            5; // standard deviations of the statistic: one run in millions

    private final Generator generator =
            GeneratorRoom.assemble(new SecureRandom(), new Ids(new TestClock(), new SecureRandom()))
                    .generator();

    @TempDir Path folder;

    @Test
    void every_password_that_the_rules_allow_is_equally_likely() {
        var recipe =
                new Recipe.Password(
                        4,
                        List.of(
                                new CharacterClass("a", "abc", 1),
                                new CharacterClass("b", "01", 2)),
                        2);
        var seen = new TreeMap<String, Integer>();
        for (int i = 0; i < DRAWS; i++) {
            seen.merge(text(recipe), 1, Integer::sum);
        }

        // by hand: one letter and three digits, less those with three equal digits side by side,
        // and two letters with two digits
        long expected = strings("abc01", 4).stream().filter(GeneratorTest::isAllowed).count();
        assertThat(seen).hasSize((int) expected);
        assertThat(seen.keySet()).allMatch(GeneratorTest::isAllowed);
        assertUniform(seen, expected);
    }

    private static boolean isAllowed(String text) {
        long letters = text.chars().filter(one -> "abc".indexOf(one) >= 0).count();
        return letters >= 1 && text.length() - letters >= 2 && !text.matches(".*(.)\\1\\1.*");
    }

    private static List<String> strings(String alphabet, int length) {
        return length == 0
                ? List.of("")
                : strings(alphabet, length - 1).stream()
                        .flatMap(one -> alphabet.chars().mapToObj(next -> one + (char) next))
                        .toList();
    }

    @Test
    void characters_words_and_digits_are_uniform() {
        var characters = new HashMap<String, Integer>();
        var one = List.of(new CharacterClass("all", "abcdefghijklmnopqrstuvwxyz0123456789", 0));
        for (int i = 0; i < DRAWS / 10; i++) {
            text(new Recipe.Password(20, one, 0))
                    .chars()
                    .forEach(next -> characters.merge(Character.toString(next), 1, Integer::sum));
        }
        assertUniform(characters, 36);
        var words = new HashMap<String, Integer>();
        for (int i = 0; i < DRAWS; i++) {
            for (var word : text(new Recipe.Passphrase(4, " ", false, false)).split(" ", -1)) {
                words.merge(word, 1, Integer::sum);
            }
        }
        assertUniform(words, WordList.SIZE);
        var pins = new HashMap<String, Integer>();
        for (int i = 0; i < DRAWS; i++) {
            pins.merge(text(new Recipe.Pin(4)).substring(0, 2), 1, Integer::sum);
        }
        assertUniform(pins, 100);
    }

    /// Pearson's chi-square, whose statistic is about normal with mean d and variance 2d for d degrees of freedom.
    private static void assertUniform(Map<String, Integer> seen, long kinds) {
        double total = seen.values().stream().mapToInt(Integer::intValue).sum();
        double expected = total / kinds;
        double statistic =
                seen.values().stream()
                                .mapToDouble(count -> (count - expected) * (count - expected))
                                .sum()
                        / expected;
        statistic += (kinds - seen.size()) * expected; // those that were never seen
        double freedom = kinds - 1;
        assertThat((statistic - freedom) / Math.sqrt(2 * freedom))
                .as("chi-square %f of %f", statistic, freedom)
                .isBetween(-RARE, RARE);
    }

    @Test
    void a_distribution_that_is_not_uniform_is_found_out() {
        var seen = new HashMap<String, Integer>();
        for (int i = 0; i < DRAWS; i++) {
            seen.merge(String.valueOf(i % 100 % 36), 1, Integer::sum); // the classical mistake
        }

        assertThat(catchThrowableOfType(AssertionError.class, () -> assertUniform(seen, 36)))
                .isNotNull();
    }

    @Test
    void the_bits_are_the_logarithm_of_what_there_is_to_choose_from() {
        var digits = List.of(new CharacterClass("digits", "0123456789", 1));
        assertThat(bits(new Recipe.Password(4, digits, 0))).isEqualTo(13); // log2(10^4) = 13.3
        assertThat(bits(new Recipe.Pin(6))).isEqualTo(19);
        assertThat(bits(new Recipe.Passphrase(6, "-", false, false))).isEqualTo(77);
        assertThat(bits(new Recipe.Uuid(4))).isEqualTo(122);
        assertThat(bits(Template.ENCRYPTION_KEY.recipe())).isEqualTo(256);
        var allowed =
                new Recipe.Password(
                        4,
                        List.of(
                                new CharacterClass("a", "abc", 1),
                                new CharacterClass("b", "01", 2)),
                        0);
        // 4·3·2³ with one letter and 6·3²·2² with two: 96 + 216 = 312, log2 = 8.28
        assertThat(new Passwords(allowed).bits()).isBetween(8.28, 8.29);
    }

    @ParameterizedTest
    @EnumSource
    void every_template_makes_what_it_says(Template template) {
        var value = text(template.recipe());

        switch (template) {
            case DATABASE_PASSWORD -> assertThat(value).matches("[a-zA-Z0-9._~-]{32}");
            case API_KEY -> assertThat(value).matches("key_[A-Za-z0-9_-]{43}");
            case ENCRYPTION_KEY -> assertThat(Base64.getDecoder().decode(value)).hasSize(32);
            case WEB_PASSWORD -> assertThat(value).hasSize(20).matches(".*[!@#$%^&*_=+?-].*");
            case ACCESS_TOKEN -> assertThat(value).matches("[A-Za-z0-9_-]{43}");
            case PIN -> assertThat(value).matches("[0-9]{6}");
            case PASSPHRASE -> assertThat(value.split("-", -1)).hasSizeGreaterThanOrEqualTo(6);
            case VCF ->
                    assertThat(value)
                            .matches("[a-zA-Z0-9!@#$^*]{20}")
                            .matches(".*[A-Z].*")
                            .matches(".*[0-9].*")
                            .matches(".*[!@#$^*].*")
                            .doesNotMatch(".*(.)\\1\\1.*");
        }
    }

    @Test
    void ids_are_of_their_version() {
        assertThat(UUID.fromString(text(new Recipe.Uuid(4))).version()).isEqualTo(4);
        assertThat(UUID.fromString(text(new Recipe.Uuid(4))).variant()).isEqualTo(2);
        assertThat(UUID.fromString(text(new Recipe.Uuid(7))).version()).isEqualTo(7);
    }

    @Test
    void the_word_list_is_whole_and_every_word_another() {
        assertThat(WordList.words()).hasSize(7_776).startsWith("abacus").endsWith("zoom");
        assertThat(new HashSet<>(WordList.words())).hasSize(7_776);
    }

    @ParameterizedTest
    @EnumSource
    void ssh_reads_the_private_key_and_finds_its_public_half(Recipe.Algorithm algorithm)
            throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")));
        var made = generator.make(new Recipe.KeyPair(algorithm, Recipe.Form.SSH, "ada@example"));
        var file =
                Files.createFile(
                        folder.resolve("key"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, made.value().revealUtf8());

        var process =
                new ProcessBuilder("/usr/bin/ssh-keygen", "-y", "-P", "", "-f", file.toString())
                        .redirectErrorStream(true)
                        .start();
        var said =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(made.publicKey().orElseThrow()).startsWith(said).endsWith(" ada@example");
    }

    @ParameterizedTest
    @EnumSource
    void the_jdk_reads_the_key_of_tls(Recipe.Algorithm algorithm) throws Exception {
        var made = generator.make(new Recipe.KeyPair(algorithm, Recipe.Form.TLS, ""));
        var pem = made.value().revealUtf8();
        var body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");

        var key =
                KeyFactory.getInstance(algorithm.family())
                        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));

        assertThat(key.getFormat()).isEqualTo("PKCS#8");
        assertThat(pem.lines()).allMatch(line -> line.length() <= 64);
        assertThat(made.publicKey().orElseThrow()).startsWith("-----BEGIN PUBLIC KEY-----");
    }

    @Test
    void a_recipe_that_cannot_be_made_is_refused() {
        var lower = List.of(new CharacterClass("lower", "abc", 9));
        assertThat(problem(() -> new Recipe.Password(8, lower, 0))).isEqualTo(Problem.INVALID);
        assertThat(problem(() -> new Recipe.Password(8, List.of(), 0))).isEqualTo(Problem.INVALID);
        assertThat(problem(() -> new Recipe.Password(257, lower, 0))).isEqualTo(Problem.INVALID);
        assertThat(problem(() -> new Recipe.Uuid(1))).isEqualTo(Problem.INVALID);
        assertThat(problem(() -> new Recipe.Passphrase(2, "-", false, false)))
                .isEqualTo(Problem.INVALID);
        assertThat(
                        problem(() ->
                                new Recipe.KeyPair(
                                        Recipe.Algorithm.ED25519, Recipe.Form.SSH, "two\nlines")))
                .isEqualTo(Problem.INVALID);
    }

    @Test
    void strength_tells_the_guessed_from_the_random() {
        try (var weak = SecretBytes.ofUtf8("password1");
                var strong = generator.make(Template.WEB_PASSWORD.recipe()).value()) {
            assertThat(generator.strength(weak).score()).isLessThan(2);
            assertThat(generator.strength(weak).warning()).isPresent();
            assertThat(generator.strength(strong).score()).isEqualTo(4);
            assertThat(generator.strength(strong).bits()).isGreaterThan(50);
        }
    }

    private int bits(Recipe recipe) {
        var made = generator.make(recipe);
        made.value().close();
        return made.bits();
    }

    private String text(Recipe recipe) {
        try (var value = generator.make(recipe).value()) {
            return value.revealUtf8();
        }
    }

    private static Problem problem(Runnable work) {
        return catchThrowableOfType(Refusal.class, work::run).problem();
    }
}
