package holdfast.keys;

import holdfast.access.Policy;
import holdfast.crypto.Crypto;
import holdfast.kernel.Ids;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.ledger.Ledger;
import holdfast.seal.Place;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import java.time.InstantSource;
import java.util.UUID;

/// What both parts of this room stand on.
record Ground(
        Database database,
        Crypto crypto,
        Seal seal,
        Ledger ledger,
        Policy policy,
        InstantSource clock,
        Ids ids,
        KeyCache cache) {
    private static final String KIND = "key-material";

    /// {@return where the material of a version lies, and where alone it opens}
    static Place place(UUID key, int version) {
        return new Place(KIND, key, version);
    }

    static Refusal missing() {
        return Problem.NOT_FOUND.because("there is no such key");
    }

    static Refusal destroyed(int version) {
        return Problem.NOT_FOUND
                .because("version %d was destroyed or never was".formatted(version))
                .with("version", version);
    }
}
