package holdfast.vault;

import holdfast.access.Scope;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import holdfast.secret.SecretQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Takes secrets with their values out as a file. Safe to call from many threads.
public interface SecretExports {
    /// Secrets of one file.
    int MAX_ITEMS = 10_000;

    /// Prepares a file of what is filtered or chosen, as far as the caller may export it, item by item. The event that
    /// names every secret and version is durable before this returns.
    ///
    /// @param scope  EXPORT_SECRET
    /// @param query  whose window does not count
    /// @param chosen only these of them; empty for all
    /// @param format for the event, for example `csv`
    /// @throws holdfast.kernel.Refusal TOO_LARGE beyond [#MAX_ITEMS]
    Export export(Scope scope, SecretQuery query, List<UUID> chosen, String format);

    /// What a file is made of.
    interface Export {
        Instant made();

        /// Lends every secret with its value, by name.
        ///
        /// @throws holdfast.kernel.Refusal SEALED
        void forEach(Rows rows) throws IOException;
    }

    /// Takes what a file is made of.
    @FunctionalInterface
    interface Rows {
        /// @param content lent for the call
        void take(Secret secret, Content content) throws IOException;
    }
}
