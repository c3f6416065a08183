package holdfast.seal;

import holdfast.kernel.SecretBytes;
import java.nio.file.Path;

/// How the root key is opened.
public sealed interface Unsealing {
    /// By 32 random bytes in a file that only the service may read; made at first start.
    ///
    /// @param file for example `<state>/master.key`
    record KeyFile(Path file) implements Unsealing {}

    /// By a passphrase of 16 characters or more, through Argon2id.
    ///
    /// @param passphrase stays the caller's to close
    record Passphrase(SecretBytes passphrase) implements Unsealing {}

    /// By shares that people bring after the start, so that no machine and no single person can open it.
    record Shares() implements Unsealing {}
}
