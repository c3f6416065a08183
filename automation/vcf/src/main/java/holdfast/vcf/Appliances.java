package holdfast.vcf;

import holdfast.http.Outbound;
import holdfast.kernel.SecretBytes;
import java.time.InstantSource;
import java.util.Optional;

/// Reads appliances. Changes nothing there. Safe for many threads.
public interface Appliances {
    /// {@return the appliances that `outbound` reaches}
    static Appliances over(Outbound outbound, InstantSource clock, Pace pace) {
        return new VcfClient(outbound, clock, pace);
    }

    /// One appliance and a login there.
    ///
    /// @param password stays the caller's
    record Login(SourceKind kind, Address address, String username, SecretBytes password) {}

    /// Reads everything the appliance has.
    ///
    /// @param expiry whether to ask for the ends of validity that the list leaves out; takes minutes, so not while a person waits
    /// @return closed by the caller
    /// @throws SourceFailed with the reason in plain words
    Fetched fetch(Login login, boolean expiry);

    /// Looks at an address: first its certificate, then, only when that is trusted, what stands there. A failure is an answer.
    ///
    /// @param username without user or password only the certificate is looked at
    /// @param password stays the caller's
    TestResult probe(
            SourceKind kind,
            Address address,
            Optional<String> username,
            Optional<SecretBytes> password);
}
