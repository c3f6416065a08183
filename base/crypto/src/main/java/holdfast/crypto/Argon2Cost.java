package holdfast.crypto;

/// What one Argon2id hash costs (RFC 9106 §3.1).
///
/// @param kibibytes memory, at least 19,456
/// @param passes    at least 2
/// @param lanes     1 to 4
public record Argon2Cost(int kibibytes, int passes, int lanes) {
    public static final Argon2Cost LEAST = new Argon2Cost(19_456, 2, 1);
}
