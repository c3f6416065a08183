package holdfast.infrastructure;

import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.estate.Credential;
import holdfast.estate.CredentialQuery;
import holdfast.kernel.Page;
import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Keeps credentials of environments and every value they ever had. Safe to call from many threads.
public interface Credentials {
    /// {@return what a permit names for one credential}
    static String resource(UUID environment, UUID credential) {
        return Environments.resource(environment) + "/credential/" + credential;
    }

    /// @param scope       READ_CREDENTIAL
    /// @param environment empty for all
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Page<Credential> list(
            Scope scope,
            Optional<UUID> environment,
            CredentialQuery query,
            CredentialQuery.Window window);

    /// {@return each value of each filter column with its count, by the names of the API}
    ///
    /// @param scope       READ_CREDENTIAL
    /// @param environment empty for all
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Map<String, Map<String, Integer>> facets(Scope scope, Optional<UUID> environment);

    /// @param permit READ_CREDENTIAL on the credential
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Credential read(Permit permit, UUID environment, UUID credential);

    /// {@return every version, newest first; also of a credential that is gone}
    ///
    /// @param permit READ_CREDENTIAL on the credential
    Page<Credential.Version> history(Permit permit, UUID environment, UUID credential);

    /// Opens one value; its event is durable before the value leaves.
    ///
    /// @param permit  REVEAL_CREDENTIAL on the credential
    /// @param version empty for the newest
    /// @throws holdfast.kernel.Refusal NOT_FOUND, SEALED
    Revealed reveal(
            Permit permit,
            UUID environment,
            UUID credential,
            Purpose purpose,
            Optional<Integer> version);

    /// Why a value is asked for.
    enum Purpose {
        VIEW,
        COPY
    }

    /// @param value closed by whoever sends it
    record Revealed(
            UUID credentialId, int version, String username, SecretBytes value, Instant seen) {}

    /// Prepares a file of a whole filter. The event that names every value is durable before this returns.
    ///
    /// @param permit EXPORT_CREDENTIAL on the environment
    /// @throws holdfast.kernel.Refusal NOT_FOUND, SEALED
    Export export(Permit permit, UUID environment, CredentialQuery query, String format);

    /// Prepares the break-glass set of an environment: what opens it when nothing else does, which is SDDC Manager's own
    /// accounts (`admin@local` among them) and the administrators of single sign-on. Recorded like [#export].
    ///
    /// @param permit EXPORT_CREDENTIAL on the environment
    /// @throws holdfast.kernel.Refusal NOT_FOUND, SEALED, CONFLICT when none of these accounts is known
    Export breakGlass(Permit permit, UUID environment);

    /// A file about to be sent.
    interface Export {
        /// {@return its name}
        String environment();

        Instant made();

        /// Lends every row in order, a few opened at a time.
        void forEach(Rows rows) throws IOException;
    }

    /// Takes the rows of a file.
    @FunctionalInterface
    interface Rows {
        /// @param value empty when there is none; wiped after the call
        void take(Credential credential, Optional<SecretBytes> value) throws IOException;
    }
}
