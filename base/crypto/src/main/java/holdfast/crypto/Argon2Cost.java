package holdfast.crypto;

/// What one Argon2id hash costs (RFC 9106 §3.1).
///
/// @param kibibytes memory, 19,456 to 1,048,576
/// @param passes    2 to 16
/// @param lanes     1 to 4
public record Argon2Cost(int kibibytes, int passes, int lanes) {
    /// The least that OWASP's password storage guidance of 2025 accepts.
    public static final Argon2Cost LEAST = new Argon2Cost(19_456, 2, 1);

    public Argon2Cost {
        if (kibibytes < 19_456 || kibibytes > 1_048_576) {
            throw new IllegalArgumentException("Argon2id memory must be 19,456 to 1,048,576 KiB");
        }
        if (passes < 2 || passes > 16 || lanes < 1 || lanes > 4) {
            throw new IllegalArgumentException("Argon2id takes 2 to 16 passes and 1 to 4 lanes");
        }
    }
}
