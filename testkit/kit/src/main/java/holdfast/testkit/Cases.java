package holdfast.testkit;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random cases that can be repeated: the seed of a failing case stands in the failure.
///
/// `Cases.of(500, random -> …)` runs 500 cases; `Cases.only(seed, …)` runs the one that failed.
public final class Cases {
    private static final long FIRST_SEED = 0x686f6c6466617374L; // the same on every run

    private Cases() {}

    public static void of(int count, Consumer<RandomGenerator> property) {
        for (int i = 0; i < count; i++) {
            only(FIRST_SEED + i, property);
        }
    }

    /// Runs one case.
    public static void only(long seed, Consumer<RandomGenerator> property) {
        try {
            property.accept(seeded(seed));
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("case with seed %dL".formatted(seed), failure);
        }
    }

    /// {@return randomness that is the same for the same seed}
    public static RandomGenerator seeded(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public static byte[] bytes(RandomGenerator random, int maxLength) {
        var bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// {@return text with what breaks programs: quotes, separators, line ends, combining marks, astral characters}
    public static String text(RandomGenerator random, int maxLength) {
        var alphabet = "abzAZ019 _-./\\'\"%;:,\n\r\t<>&äß\u0301é漢𝔘😀".codePoints().toArray();
        return random.ints(random.nextInt(maxLength + 1), 0, alphabet.length)
                .map(index -> alphabet[index])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public static <T> T oneOf(RandomGenerator random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
