package holdfast.generator;

import holdfast.generator.Recipe.CharacterClass;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a request asks to be made. A template answers for everything; without one, `kind` and what belongs to it.
///
/// @param symbols the allowed ones of the class `symbols`
/// @param exclude characters that must not occur
record Order(
        Optional<Template> template,
        Optional<Recipe.Kind> kind,
        Optional<Integer> length,
        Optional<List<ClassName>> classes,
        Optional<Minimum> minimum,
        Optional<String> symbols,
        Optional<String> exclude,
        Optional<Integer> maxRepeat,
        Optional<Integer> words,
        Optional<String> separator,
        Optional<Boolean> capitals,
        Optional<Boolean> number,
        Optional<String> prefix,
        Optional<Integer> bytes,
        Optional<Recipe.Encoding> encoding,
        Optional<Integer> version,
        Optional<Integer> bits,
        Optional<Recipe.Algorithm> algorithm,
        Optional<Recipe.Form> form,
        Optional<String> comment) {
    private static final String SYMBOLS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// The classes of characters by name.
    enum ClassName {
        LOWER("abcdefghijklmnopqrstuvwxyz"),
        UPPER("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        DIGITS("0123456789"),
        SYMBOLS(Order.SYMBOLS);

        private final String characters;

        ClassName(String characters) {
            this.characters = characters;
        }
    }

    /// How many of each class there must be; absent is one.
    record Minimum(
            Optional<Integer> lower,
            Optional<Integer> upper,
            Optional<Integer> digits,
            Optional<Integer> symbols) {
        static final Minimum USUAL =
                new Minimum(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        int of(ClassName name) {
            var wanted =
                    switch (name) {
                        case LOWER -> lower;
                        case UPPER -> upper;
                        case DIGITS -> digits;
                        case SYMBOLS -> symbols;
                    };
            return wanted.orElse(1);
        }
    }

    /// @throws Refusal INVALID
    Recipe recipe() {
        if (template.isPresent() == kind.isPresent()) {
            throw invalid("/kind", "required", "give either template or kind");
        }
        return template.map(Template::recipe).orElseGet(() -> recipe(kind.orElseThrow()));
    }

    private Recipe recipe(Recipe.Kind wanted) {
        return switch (wanted) {
            case PASSWORD ->
                    new Recipe.Password(length.orElse(20), characterClasses(), maxRepeat.orElse(0));
            case PASSPHRASE ->
                    new Recipe.Passphrase(
                            words.orElse(6),
                            separator.orElse("-"),
                            capitals.orElse(false),
                            number.orElse(false));
            case PIN -> new Recipe.Pin(length.orElse(6));
            case API_KEY ->
                    new Recipe.Random(
                            wanted,
                            prefix.orElse("key"),
                            bytes.orElse(32),
                            encoding.orElse(Recipe.Encoding.BASE64URL));
            case TOKEN ->
                    new Recipe.Random(
                            wanted,
                            "",
                            bytes.orElse(32),
                            encoding.orElse(Recipe.Encoding.BASE64URL));
            case ENCRYPTION_KEY ->
                    new Recipe.Random(
                            wanted, "", keyBytes(), encoding.orElse(Recipe.Encoding.BASE64));
            case UUID -> new Recipe.Uuid(version.orElse(4));
            case KEY_PAIR ->
                    new Recipe.KeyPair(
                            algorithm.orElse(Recipe.Algorithm.ED25519),
                            form.orElse(Recipe.Form.SSH),
                            comment.orElse(""));
        };
    }

    private int keyBytes() {
        int wanted = bits.orElse(256);
        if (wanted != 128 && wanted != 192 && wanted != 256) {
            throw invalid("/bits", "not-one-of", "128, 192 or 256");
        }
        return wanted / 8;
    }

    private List<CharacterClass> characterClasses() {
        var chosen = new ArrayList<CharacterClass>();
        for (var name : classes.orElse(List.of(ClassName.values())).stream().distinct().toList()) {
            int least = minimum.orElse(Minimum.USUAL).of(name);
            if (least < 0) {
                throw invalid("/minimum", "out-of-range", "from 0");
            }
            var allowed = name == ClassName.SYMBOLS ? allowedSymbols() : name.characters;
            var left =
                    allowed.chars()
                            .filter(one -> exclude.orElse("").indexOf(one) < 0)
                            .mapToObj(Character::toString)
                            .collect(Collectors.joining());
            if (left.isEmpty() && least > 0) {
                throw invalid("/exclude", "too-many", "nothing is left of " + name);
            }
            chosen.add(new CharacterClass(name.name(), left, least));
        }
        return chosen;
    }

    private String allowedSymbols() {
        var wanted = symbols.orElse(SYMBOLS);
        if (!wanted.chars().allMatch(one -> SYMBOLS.indexOf(one) >= 0)
                || wanted.chars().distinct().count() != wanted.length()) {
            throw invalid("/symbols", "malformed", "signs of ASCII, each once");
        }
        return wanted;
    }

    private static Refusal invalid(String pointer, String code, String detail) {
        return Refusal.of(List.of(FieldError.of(pointer, code, detail)));
    }
}
