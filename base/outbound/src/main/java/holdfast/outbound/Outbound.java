package holdfast.outbound;

import holdfast.kernel.SecretBytes;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The one client for addresses outside: resolves, checks against the address policy, connects to what was checked,
/// verifies TLS by the target's trust, follows no redirect, and ends everything at one deadline, body included.
public interface Outbound {
    /// Sends one request.
    ///
    /// @throws OutboundFailure with its [OutboundFailure.Kind] and one plain sentence
    Answer send(Target target, Call call);

    /// Connects and shakes hands only, to show a certificate before anything is sent.
    ///
    /// @throws OutboundFailure with its kind and one plain sentence
    PeerCertificate inspect(Target target, Duration deadline);

    /// Where to, and whom to believe there.
    ///
    /// @param host name or address, without scheme and port
    record Target(String host, int port, Trust trust) {}

    /// Whom to believe.
    sealed interface Trust {
        /// The system's authorities and the host name.
        record SystemAuthorities() implements Trust {}

        /// The authorities of a PEM file, and the host name. Text without a certificate is refused as MALFORMED.
        record Authorities(String pem) implements Trust {
            public Authorities {
                PeerTrust.requireCertificates(pem);
            }
        }

        /// Exactly this leaf certificate.
        ///
        /// @param fingerprint SHA-256, upper-case hex with colons
        record Pin(String fingerprint) implements Trust {}

        /// Anybody. Chosen openly, recorded, and shown.
        record Off() implements Trust {}
    }

    /// @param path     begins with `/`, already encoded, query included
    /// @param body     sent as it is; empty for none
    /// @param connect  limit for resolving, connecting and the handshake
    /// @param deadline limit for everything, the last byte of the answer included
    /// @param maxBody  bytes of the answer; more is a failure
    record Call(
            String method,
            String path,
            Map<String, String> headers,
            Optional<SecretBytes> body,
            Duration connect,
            Duration deadline,
            long maxBody) {
        public Call {
            headers = Map.copyOf(headers);
        }
    }

    /// What came back, read to its end; may hold secrets.
    interface Answer extends AutoCloseable {
        int status();

        Optional<String> header(String name);

        /// {@return the body, as often as wanted}
        InputStream body();

        long length();

        /// Wipes the body.
        @Override
        void close();
    }

    /// A certificate as it was shown.
    ///
    /// @param trusted whether the target's trust accepts it
    record PeerCertificate(
            String fingerprint,
            String subject,
            String issuer,
            java.time.Instant notBefore,
            java.time.Instant notAfter,
            boolean trusted) {}
}
