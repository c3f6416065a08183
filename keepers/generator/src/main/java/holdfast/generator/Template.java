package holdfast.generator;

import holdfast.generator.Recipe.CharacterClass;
import holdfast.generator.Recipe.Encoding;
import java.util.List;
import java.util.Locale;

/// Recipes for what is asked for most.
enum Template {
    /// Its signs need no quotes in a connection string or a shell.
    DATABASE_PASSWORD(
            new Recipe.Password(
                    32,
                    List.of(Classes.LOWER, Classes.UPPER, Classes.DIGITS, Classes.symbols("-_.~")),
                    0)),
    API_KEY(new Recipe.Random(Recipe.Kind.API_KEY, "key", 32, Encoding.BASE64URL)),
    ENCRYPTION_KEY(new Recipe.Random(Recipe.Kind.ENCRYPTION_KEY, "", 32, Encoding.BASE64)),
    WEB_PASSWORD(
            new Recipe.Password(
                    20,
                    List.of(
                            Classes.LOWER,
                            Classes.UPPER,
                            Classes.DIGITS,
                            Classes.symbols("!@#$%^&*-_=+?")),
                    0)),
    ACCESS_TOKEN(new Recipe.Random(Recipe.Kind.TOKEN, "", 32, Encoding.BASE64URL)),
    PIN(new Recipe.Pin(6)),
    PASSPHRASE(new Recipe.Passphrase(6, "-", false, false)),
    /// What SDDC Manager makes for the components of VMware Cloud Foundation: 20 characters, none three times in a row.
    VCF(
            new Recipe.Password(
                    20,
                    List.of(
                            Classes.LOWER,
                            Classes.UPPER,
                            Classes.DIGITS,
                            Classes.symbols("!@#$^*")),
                    2));

    @SuppressWarnings("ImmutableEnumChecker") // records of records, with unmodifiable lists
    private final Recipe recipe;

    Template(Recipe recipe) {
        this.recipe = recipe;
    }

    Recipe recipe() {
        return recipe;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The usual classes, each at least once.
    private static final class Classes {
        static final CharacterClass LOWER =
                new CharacterClass("lower", "abcdefghijklmnopqrstuvwxyz", 1);
        static final CharacterClass UPPER =
                new CharacterClass("upper", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1);
        static final CharacterClass DIGITS = new CharacterClass("digits", "0123456789", 1);

        static CharacterClass symbols(String allowed) {
            return new CharacterClass("symbols", allowed, 1);
        }
    }
}
