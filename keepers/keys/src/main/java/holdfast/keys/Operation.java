package holdfast.keys;

import holdfast.access.Action;

/// What can be done with a key.
public enum Operation {
    ENCRYPT(Action.ENCRYPT_WITH_KEY),
    DECRYPT(Action.DECRYPT_WITH_KEY),
    /// Shows nothing of the plaintext, so whoever may encrypt may do it.
    REWRAP(Action.ENCRYPT_WITH_KEY),
    DATA_KEY(Action.ENCRYPT_WITH_KEY),
    SIGN(Action.SIGN_WITH_KEY),
    VERIFY(Action.VERIFY_WITH_KEY),
    HMAC(Action.SIGN_WITH_KEY),
    VERIFY_HMAC(Action.VERIFY_WITH_KEY);

    private final Action action;

    Operation(Action action) {
        this.action = action;
    }

    /// {@return the right it takes}
    Action action() {
        return action;
    }

    /// {@return whether it uses what a key made before}
    boolean looksBack() {
        return switch (this) {
            case DECRYPT, REWRAP, VERIFY, VERIFY_HMAC -> true;
            case ENCRYPT, DATA_KEY, SIGN, HMAC -> false;
        };
    }
}
