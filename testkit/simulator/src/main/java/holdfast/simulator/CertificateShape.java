package holdfast.simulator;

/// What kind of certificate the simulator presents.
public enum CertificateShape {
    /// Self-signed, with the names that the options list.
    USUAL,
    /// Self-signed, with 127.0.0.1 and no host name.
    IP_ONLY,
    /// Self-signed, over since yesterday.
    EXPIRED,
    /// Self-signed, for a name that nobody asked for.
    WRONG_NAME,
    /// Issued by a private authority that stays the same over a change of certificate.
    ISSUED
}
