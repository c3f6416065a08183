package holdfast.simulator;

/// The protocol versions that the simulator's TLS speaks.
public enum TlsMode {
    TLS_1_2_AND_1_3,
    /// With AES-GCM only, as a FIPS appliance would.
    TLS_1_2_ONLY
}
