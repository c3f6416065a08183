package holdfast.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The large word list of the EFF (CC BY 3.0 US; see the licence beside it): 6⁵ words, each told from the others by its
/// first letters, none offensive. Read when first asked for.
final class WordList {
    static final int SIZE = 7_776;

    private WordList() {}

    static List<String> words() {
        return Held.WORDS;
    }

    private static final class Held {
        private static final List<String> WORDS = read();

        private static List<String> read() {
            try (var in =
                    Objects.requireNonNull(WordList.class.getResourceAsStream("eff-large.txt"))) {
                var words =
                        new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
                if (words.size() != SIZE) {
                    throw new IllegalStateException("the word list is not whole");
                }
                return words;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
