package holdfast.ledger;

import holdfast.crypto.Crypto;
import java.nio.charset.StandardCharsets;

/// One event as a leaf of the tree (docs/formats/ledger.md): its record, and the salted commitment to it.
final class Leaf {
    static final int SALT = 16; // bytes: nobody guesses the record from its commitment

    private static final byte[] LABEL =
            "holdfast-ledger-leaf/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LEAF = {0}; // RFC 9162 §2.1.1

    private final Crypto crypto;

    Leaf(Crypto crypto) {
        this.crypto = crypto;
    }

    byte[] newSalt() {
        try (var salt = crypto.random(SALT)) {
            return salt.use(byte[]::clone);
        }
    }

    /// {@return the record of an event: canonical JSON (RFC 8785), members in their order}
    static String record(Draft draft, long sequence, long time) {
        return "{\"action\":"
                + CanonicalJson.write(draft.action())
                + ",\"actor\":\""
                + draft.actor()
                + "\",\"actorKind\":\""
                + draft.actorKind()
                + "\",\"actorName\":"
                + CanonicalJson.write(draft.actorName())
                + ",\"address\":"
                + CanonicalJson.write(draft.address())
                + ",\"body\":"
                + draft.body()
                + ",\"outcome\":\""
                + draft.outcome()
                + "\",\"request\":\""
                + draft.request()
                + "\",\"resource\":"
                + CanonicalJson.write(draft.resource())
                + ",\"sequence\":"
                + sequence
                + ",\"severity\":\""
                + draft.severity()
                + "\",\"tenant\":\""
                + draft.tenant()
                + "\",\"time\":"
                + time
                + "}";
    }

    byte[] hash(byte[] salt, String record) {
        var commitment = crypto.sha256(LABEL, salt, record.getBytes(StandardCharsets.UTF_8));
        return crypto.sha256(LEAF, commitment);
    }
}
