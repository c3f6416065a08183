package holdfast.app;

import java.util.Optional;

/// What `holdfast doctor` saw at one thing.
///
/// @param what what is, in words that name it; never a secret
/// @param cure what to do; empty when all is well
record Finding(String what, Optional<String> cure) {
    static Finding fine(String what) {
        return new Finding(what, Optional.empty());
    }

    static Finding trouble(String what, String cure) {
        return new Finding(what, Optional.of(cure));
    }

    /// @param cure counts when it is not fine
    static Finding of(boolean fine, String what, String cure) {
        return fine ? fine(what) : trouble(what, cure);
    }

    boolean isFine() {
        return cure.isEmpty();
    }

    /// {@return one line}
    String line() {
        return cure.map(words -> "TROUBLE  %s — %s".formatted(what, words))
                .orElse("ok       " + what);
    }
}
