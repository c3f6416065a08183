package holdfast.generator;

import holdfast.kernel.SecretBytes;
import java.util.Optional;

/// Makes secrets. Safe for many threads.
public interface Generator {
    /// @throws holdfast.kernel.Refusal INVALID when nothing can be made by the recipe
    Generated make(Recipe recipe);

    /// {@return how hard a secret is to guess for somebody who knows how people choose}
    Strength strength(SecretBytes secret);

    /// A new secret.
    ///
    /// @param value     text; closed by whoever sends it
    /// @param publicKey the other half of a key pair
    /// @param bits      of entropy, rounded down: the logarithm of how many there were to choose from
    record Generated(Recipe.Kind kind, SecretBytes value, Optional<String> publicKey, int bits) {}

    /// An estimate by zxcvbn.
    ///
    /// @param score 0 to 4
    /// @param bits  the logarithm of the guesses it would take, rounded down
    record Strength(
            int score, int bits, Optional<String> warning, java.util.List<String> suggestions) {
        public Strength {
            suggestions = java.util.List.copyOf(suggestions);
        }
    }
}
