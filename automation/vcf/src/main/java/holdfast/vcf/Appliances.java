package holdfast.vcf;

import holdfast.kernel.SecretBytes;
import holdfast.outbound.Outbound;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Reads appliances. Changes nothing there. Safe for many threads.
public interface Appliances {
    /// {@return the appliances that `outbound` reaches}
    ///
    /// @param pause how to wait between repetitions and between looks at a task
    static Appliances over(Outbound outbound, InstantSource clock, Pace pace, Pause pause) {
        return new VcfClient(new Reach(outbound, clock, pace, pause));
    }

    /// Waits.
    @FunctionalInterface
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    /// Told while an appliance is read.
    @FunctionalInterface
    interface Reading {
        /// @param pages so far; of an Installer, deployments
        /// @param rows  credentials so far
        void at(int pages, int rows);
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
    Fetched fetch(Login login, boolean expiry, Reading reading);

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
