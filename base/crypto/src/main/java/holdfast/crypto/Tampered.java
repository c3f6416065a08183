package holdfast.crypto;

/// Sealed bytes did not open: another key, another place, or changed.
public final class Tampered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Tampered(String message) {
        super(message);
    }
}
