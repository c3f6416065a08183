package holdfast.secret;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The words by which a secret is found: those of its name, tags, notes and metadata, folded. Pure.
///
/// A search names beginnings of words, in any order; `prod/db-main` is the three words `prod`, `db`, `main`.
public final class Terms {
    static final int MAX_SOUGHT = 8; // words of one search

    private static final int MAX_WORD = 64; // characters
    private static final int MAX_WORDS = 400; // of one secret: enough for what fits its members
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private Terms() {}

    /// What one secret is found by.
    public record Found(Set<String> tags, Set<String> words) {}

    public static Found of(SecretName name, Details details) {
        return new Found(tagsOf(details), wordsOf(name, details));
    }

    /// {@return text without differences of case, width or composition}
    public static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    public static Set<String> wordsOf(SecretName name, Details details) {
        var words = new TreeSet<String>();
        add(words, name.service());
        add(words, name.account());
        details.tags().forEach(tag -> add(words, tag));
        addAll(words, details.metadata());
        add(words, details.notes());
        return words;
    }

    static Set<String> tagsOf(Details details) {
        var tags = new TreeSet<String>();
        details.tags().forEach(tag -> tags.add(fold(tag)));
        return tags;
    }

    /// {@return the beginnings of words that a search names; empty when it names none}
    public static Set<String> sought(String text) {
        var words = new LinkedHashSet<String>();
        for (var word : BETWEEN.split(fold(text), -1)) {
            if (!word.isEmpty() && words.size() < MAX_SOUGHT) {
                words.add(shortened(word));
            }
        }
        return words;
    }

    private static void addAll(Set<String> words, Object value) {
        switch (value) {
            case Map<?, ?> members ->
                    members.forEach((name, member) -> {
                        add(words, String.valueOf(name));
                        addAll(words, member == null ? "" : member);
                    });
            case List<?> items -> items.forEach(item -> addAll(words, item == null ? "" : item));
            default -> add(words, value.toString());
        }
    }

    private static void add(Set<String> words, String text) {
        for (var word : BETWEEN.split(fold(text), -1)) {
            if (!word.isEmpty() && words.size() < MAX_WORDS) {
                words.add(shortened(word));
            }
        }
    }

    private static String shortened(String word) {
        if (word.length() <= MAX_WORD) {
            return word;
        }
        int end = Character.isHighSurrogate(word.charAt(MAX_WORD - 1)) ? MAX_WORD - 1 : MAX_WORD;
        return word.substring(0, end);
    }
}
