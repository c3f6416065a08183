package holdfast.generator;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws passwords uniformly from all that a recipe allows.
///
/// How many of each class a password has is drawn with the weight of all passwords that have so many; then the places of
/// the classes, then the characters. Runs that are too long are drawn again. So no rule makes some passwords likelier.
final class Passwords {
    private static final int MAX_TRIES = 10_000;

    private final Recipe.Password recipe;
    private final List<Recipe.CharacterClass> classes;
    private final BigInteger[][]
            ways; // by class and rest of the length: how many passwords the classes from here on

    // make

    Passwords(Recipe.Password recipe) {
        this.recipe = recipe;
        this.classes = recipe.classes();
        this.ways = ways(classes, recipe.length());
    }

    private static BigInteger[][] ways(List<Recipe.CharacterClass> classes, int length) {
        var ways = new BigInteger[classes.size() + 1][length + 1];
        Arrays.fill(ways[classes.size()], BigInteger.ZERO);
        ways[classes.size()][0] = BigInteger.ONE;
        for (int i = classes.size() - 1; i >= 0; i--) {
            for (int rest = 0; rest <= length; rest++) {
                var sum = BigInteger.ZERO;
                for (int count = classes.get(i).least(); count <= rest; count++) {
                    sum =
                            sum.add(
                                    weight(classes.get(i), rest, count)
                                            .multiply(ways[i + 1][rest - count]));
                }
                ways[i][rest] = sum;
            }
        }
        return ways;
    }

    /// {@return in how many ways `count` characters of a class fill some of `rest` places}
    private static BigInteger weight(Recipe.CharacterClass one, int rest, int count) {
        return choose(rest, count)
                .multiply(BigInteger.valueOf(one.characters().length()).pow(count));
    }

    private static BigInteger choose(int n, int k) {
        var result = BigInteger.ONE;
        for (int i = 1; i <= k; i++) {
            result = result.multiply(BigInteger.valueOf(n - k + i)).divide(BigInteger.valueOf(i));
        }
        return result;
    }

    /// {@return the logarithm to base 2 of how many passwords there are}
    double bits() {
        return log2(ways[0][recipe.length()]) + Math.log(shareWithoutRuns()) / Math.log(2);
    }

    /// {@return the characters of one; wiped by the caller}
    char[] draw(RandomGenerator random) {
        for (int i = 0; i < MAX_TRIES; i++) {
            var drawn = once(random);
            if (recipe.maxRepeat() == 0 || longestRun(drawn) <= recipe.maxRepeat()) {
                return drawn;
            }
            Arrays.fill(drawn, '\0');
        }
        throw new IllegalStateException("no password without long runs was found");
    }

    private char[] once(RandomGenerator random) {
        int length = recipe.length();
        var places = new int[length];
        int filled = 0;
        for (int i = 0; i < classes.size(); i++) {
            int count = count(i, length - filled, random);
            Arrays.fill(places, filled, filled + count, i);
            filled += count;
        }
        for (int i = length - 1; i > 0; i--) { // Fisher and Yates
            int other = random.nextInt(i + 1);
            int kept = places[i];
            places[i] = places[other];
            places[other] = kept;
        }
        var drawn = new char[length];
        for (int i = 0; i < length; i++) {
            var from = classes.get(places[i]).characters();
            drawn[i] = from.charAt(random.nextInt(from.length()));
        }
        return drawn;
    }

    private int count(int at, int rest, RandomGenerator random) {
        var left = below(ways[at][rest], random);
        for (int count = classes.get(at).least(); count <= rest; count++) {
            var weight = weight(classes.get(at), rest, count).multiply(ways[at + 1][rest - count]);
            if (left.compareTo(weight) < 0) {
                return count;
            }
            left = left.subtract(weight);
        }
        throw new IllegalStateException("weights do not add up");
    }

    private static BigInteger below(BigInteger bound, RandomGenerator random) {
        int bits = bound.bitLength();
        var bytes = new byte[(bits + 7) / 8];
        for (; ; ) {
            random.nextBytes(bytes);
            var drawn = new BigInteger(1, bytes).shiftRight(bytes.length * 8 - bits);
            if (drawn.compareTo(bound) < 0) {
                return drawn;
            }
        }
    }

    private static int longestRun(char[] text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length; i++) {
            run = i > 0 && text[i] == text[i - 1] ? run + 1 : 1;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /// {@return the share of texts over all characters that have no run that is too long}
    private double shareWithoutRuns() {
        int longest = recipe.maxRepeat();
        if (longest == 0) {
            return 1;
        }
        int characters = classes.stream().mapToInt(one -> one.characters().length()).sum();
        var byRun = new double[longest + 1]; // probability that the last run has so many
        byRun[1] = 1;
        for (int i = 1; i < recipe.length(); i++) {
            var next = new double[longest + 1];
            next[1] = Arrays.stream(byRun).sum() * (characters - 1) / characters;
            for (int run = 2; run <= longest; run++) {
                next[run] = byRun[run - 1] / characters;
            }
            byRun = next;
        }
        return Math.max(Arrays.stream(byRun).sum(), Double.MIN_NORMAL);
    }

    private static double log2(BigInteger number) {
        int shift = Math.max(0, number.bitLength() - 60);
        return shift + Math.log(number.shiftRight(shift).doubleValue()) / Math.log(2);
    }
}
