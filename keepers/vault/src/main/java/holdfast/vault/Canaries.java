package holdfast.vault;

import holdfast.access.Permit;
import holdfast.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Keeps which secrets are canaries: nobody should read them, and whoever does raises an alarm. Safe for many threads.
///
/// Its value is a plausible fake that somebody stored. Reading works as ever and shows nothing of it; the alarm is an event
/// by the service, so that the reader's own events do not tell either.
public interface Canaries {
    /// Makes a secret a canary, or changes what one does.
    ///
    /// @param permit MANAGE_ACCESS on [holdfast.access.Explanations#RESOURCE]
    /// @param locks  whether whoever reads it is denied everything in the tenant, from the next request on
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Canary mark(Permit permit, UUID secret, boolean locks);

    /// @param permit MANAGE_ACCESS on [holdfast.access.Explanations#RESOURCE]
    /// @throws holdfast.kernel.Refusal NOT_FOUND
    void unmark(Permit permit, UUID secret);

    /// {@return every canary of the tenant}
    ///
    /// @param permit MANAGE_ACCESS on [holdfast.access.Explanations#RESOURCE]
    List<Canary> all(Permit permit);

    /// A secret that nobody should read.
    record Canary(
            UUID secret,
            String service,
            String account,
            boolean locks,
            Instant made,
            Secret.Author madeBy) {}
}
