package holdfast.outbound;

import java.util.Optional;

/// A call outside that did not come to an answer.
public final class OutboundFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Optional<Outbound.PeerCertificate> shown;

    public OutboundFailure(Kind kind, String sentence, Optional<Outbound.PeerCertificate> shown) {
        super(sentence);
        this.kind = kind;
        this.shown = shown;
    }

    public Kind kind() {
        return kind;
    }

    /// {@return the certificate that was not believed, when that is why}
    public Optional<Outbound.PeerCertificate> shown() {
        return shown;
    }

    /// Why.
    public enum Kind {
        NAME_UNKNOWN,
        ADDRESS_FORBIDDEN,
        CONNECT_REFUSED,
        CONNECT_TIMEOUT,
        CERTIFICATE_UNTRUSTED,
        TLS_FAILED,
        CUT,
        DEADLINE,
        TOO_LARGE
    }
}
