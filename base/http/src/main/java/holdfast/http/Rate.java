package holdfast.http;

/// How often a caller may come, by class. The numbers are configuration.
public enum Rate {
    /// Sign-in and first run: few, per address.
    SIGN_IN,
    /// Ordinary calls.
    API,
    /// Calls that make much work: exports, syncs.
    HEAVY,
    /// Not counted: health, static files.
    FREE
}
