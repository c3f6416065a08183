package holdfast.http;

import holdfast.kernel.Principal;
import holdfast.kernel.SecretBytes;
import java.util.Optional;

/// Remembers what came of writes that name an `Idempotency-Key`, so that a repeated one is answered and not done again.
/// Implemented by a room that has a database and keys.
public interface Repeats {
    /// Remembers nothing: every write is done.
    Repeats NONE =
            new Repeats() {
                @Override
                public Optional<Outcome> claim(Principal who, String key, SecretBytes request) {
                    return Optional.empty();
                }

                @Override
                public void keep(Principal who, String key, Outcome outcome) {}

                @Override
                public void release(Principal who, String key) {}
            };

    /// Takes a key for a write.
    ///
    /// @param request all that the write is told by; stays the caller's
    /// @return what came of the same write before; empty when it is new, and then [#keep] or [#release] follows
    /// @throws holdfast.kernel.Refusal CONFLICT for another write under this key, and for one that has no outcome yet
    Optional<Outcome> claim(Principal who, String key, SecretBytes request);

    /// The write was done.
    void keep(Principal who, String key, Outcome outcome);

    /// The write was refused: nothing was done, and the key is free again.
    void release(Principal who, String key);

    /// What is told again: never a body, which may have held a value.
    record Outcome(int status, Optional<String> location, Optional<String> tag) {}
}
