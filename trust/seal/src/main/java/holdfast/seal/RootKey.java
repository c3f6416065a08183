package holdfast.seal;

import holdfast.crypto.Argon2Cost;
import holdfast.crypto.Crypto;
import holdfast.crypto.Shamir;
import holdfast.crypto.Tampered;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.seal.KeyStore.RootRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The root key: 32 random bytes, stored wrapped by what the unsealing method yields.
final class RootKey {
    static final String KEY_FILE = "key-file";
    static final String PASSPHRASE = "passphrase";
    static final String SHARES = "shares";

    private static final int KEY = 32; // bytes
    private static final int SALT = 16; // bytes, RFC 9106 §3.1
    private static final int LEAST_PASSPHRASE = 16; // characters

    /// RFC 9106 §4, the second recommended option.
    private static final Argon2Cost COST = new Argon2Cost(64 * 1024, 3, 4);

    private final Crypto crypto;
    private final KeyStore store;
    private final AtomicReference<Optional<SecretBytes>> root =
            new AtomicReference<>(Optional.empty());

    RootKey(Crypto crypto, KeyStore store) {
        this.crypto = crypto;
        this.store = store;
    }

    /// Opens the root key, or makes it at first start. Stays sealed when the store waits for another method.
    void start(Unsealing method) {
        var stored = store.root();
        if (stored.isEmpty()) {
            create(method);
        } else if (stored.get().method().equals(name(method))
                && !(method instanceof Unsealing.Shares)) {
            unseal(method);
        }
    }

    void unseal(Unsealing method) {
        var row = stored();
        requireMethod(row, name(method));
        try (var opener = opener(method, row)) {
            open(opener, row);
        }
    }

    void unseal(BroughtShares.Held held) {
        var row = stored();
        requireMethod(row, SHARES);
        try (var opener = Shamir.combine(held.shares().stream().map(KeyShare::share).toList())) {
            open(opener, row);
        }
    }

    private static void requireMethod(RootRow row, String method) {
        if (!row.method().equals(method)) {
            throw Problem.SEALED.because(
                    "the root key is unsealed by %s, not by %s".formatted(row.method(), method));
        }
    }

    private void open(SecretBytes opener, RootRow row) {
        var key = opened(opener, row);
        if (isOpen()) {
            key.close(); // the same key; others may be using the one that is open
        } else {
            root.set(Optional.of(key));
        }
    }

    /// {@return how the root key is split; empty with another method}
    Optional<SealStatus.Shares> shares(int brought) {
        return store.root()
                .filter(row -> row.method().equals(SHARES))
                .map(row ->
                        new SealStatus.Shares(
                                set(row).toHex(), row.passes(), row.lanes(), brought));
    }

    /// Refuses a share that is not what was handed out, whatever the others are.
    ///
    /// @throws Refusal INVALID, naming its number
    void requireGenuine(KeyShare share) {
        var row = stored();
        int from = KeyShare.SET + (share.number() - 1) * KeyShare.COMMITMENT;
        int to = from + KeyShare.COMMITMENT;
        if (row.salt().length() == KeyShare.SET) {
            return; // split before commitments were kept
        }
        boolean genuine =
                share.number() <= row.lanes()
                        && MessageDigest.isEqual(
                                row.salt().slice(from, to).toArray(),
                                share.commitment(crypto).toArray());
        if (!genuine) {
            throw Refusal.of(
                    List.of(
                            new FieldError(
                                    "/share",
                                    "not-genuine",
                                    "share %d is not the one that was handed out"
                                            .formatted(share.number()),
                                    Map.of("number", String.valueOf(share.number())))));
        }
    }

    private static Bytes set(RootRow row) {
        return row.salt().slice(0, KeyShare.SET);
    }

    /// {@return a copy for one operation; the caller closes it}
    SecretBytes open() {
        return root.get()
                .orElseThrow(
                        () -> Problem.SEALED.because("the root key is sealed: unseal the service"))
                .copy();
    }

    boolean isOpen() {
        return root.get().isPresent();
    }

    String method() {
        return stored().method();
    }

    void move(Unsealing from, Unsealing to, Runnable first) {
        try (var key = open()) {
            var next = wrapped(key, to, stored().generation() + 1, true);
            run(first, to);
            replace(from, next);
        }
    }

    List<KeyShare> split(Unsealing from, int threshold, int count, Runnable first) {
        requireSplit(threshold, count);
        try (var key = open();
                var opener = crypto.random(KeyShare.VALUE);
                var name = crypto.random(KeyShare.SET)) {
            var set = Bytes.owning(name.use(byte[]::clone));
            var shares =
                    Shamir.split(crypto, opener, threshold, count).stream()
                            .map(share -> new KeyShare(set, threshold, share))
                            .toList();
            var row =
                    new RootRow(
                            stored().generation() + 1,
                            SHARES,
                            committed(set, shares),
                            0,
                            threshold,
                            count,
                            Bytes.owning(new byte[0]));
            var next = wrappedBy(opener, key, row);
            first.run();
            replace(from, next);
            return shares;
        }
    }

    /// {@return the name of the set, and what each share is known by: hashes of 32 random bytes, which tell nothing of them}
    private Bytes committed(Bytes set, List<KeyShare> shares) {
        var all =
                ByteBuffer.allocate(KeyShare.SET + shares.size() * KeyShare.COMMITMENT)
                        .put(set.toArray());
        shares.forEach(share -> all.put(share.commitment(crypto).toArray()));
        return Bytes.owning(all.array());
    }

    private void replace(Unsealing from, RootRow next) {
        boolean byFile = stored().method().equals(KEY_FILE);
        if (!store.replaceRoot(next)) {
            throw Problem.CONFLICT.because("the root key was moved by somebody else");
        }
        if (from instanceof Unsealing.KeyFile old && byFile) {
            new MasterKeyFile(old.file()).delete();
        }
    }

    /// Takes back the key file that was made for the move. Later it must stay: the store may hold what it opens.
    private static void run(Runnable first, Unsealing to) {
        try {
            first.run();
        } catch (RuntimeException failure) {
            if (to instanceof Unsealing.KeyFile made) {
                new MasterKeyFile(made.file()).delete();
            }
            throw failure;
        }
    }

    private void create(Unsealing method) {
        try (var key = crypto.random(KEY)) {
            store.addRoot(wrapped(key, method, 1, false));
        }
        unseal(method); // what is stored counts: another node may have been first
    }

    private RootRow wrapped(SecretBytes key, Unsealing method, int generation, boolean fresh) {
        return switch (method) {
            case Unsealing.Shares() -> throw sharesComeLater();
            case Unsealing.KeyFile(var path) -> {
                var file = new MasterKeyFile(path);
                if (fresh && file.exists()) {
                    throw Problem.CONFLICT.because(
                            "%s exists already: move it away first".formatted(path));
                }
                try (var opener = file.readOrCreate(crypto)) {
                    var row =
                            new RootRow(
                                    generation,
                                    KEY_FILE,
                                    Bytes.owning(new byte[0]),
                                    0,
                                    0,
                                    0,
                                    Bytes.owning(new byte[0]));
                    yield wrappedBy(opener, key, row);
                }
            }
            case Unsealing.Passphrase(var passphrase) -> {
                requireLength(passphrase);
                try (var salt = crypto.random(SALT)) {
                    var row =
                            new RootRow(
                                    generation,
                                    PASSPHRASE,
                                    Bytes.owning(salt.use(byte[]::clone)),
                                    COST.kibibytes(),
                                    COST.passes(),
                                    COST.lanes(),
                                    Bytes.owning(new byte[0]));
                    try (var opener = opener(method, row)) {
                        yield wrappedBy(opener, key, row);
                    }
                }
            }
        };
    }

    private RootRow wrappedBy(SecretBytes opener, SecretBytes key, RootRow row) {
        return new RootRow(
                row.generation(),
                row.method(),
                row.salt(),
                row.kibibytes(),
                row.passes(),
                row.lanes(),
                crypto.seal(opener, key, context(row)));
    }

    private SecretBytes opener(Unsealing method, RootRow row) {
        return switch (method) {
            case Unsealing.Shares() -> throw sharesComeLater();
            case Unsealing.KeyFile(var path) -> new MasterKeyFile(path).read();
            case Unsealing.Passphrase(var passphrase) ->
                    crypto.argon2id(
                            passphrase,
                            row.salt().toArray(),
                            new Argon2Cost(row.kibibytes(), row.passes(), row.lanes()),
                            KEY);
        };
    }

    private SecretBytes opened(SecretBytes opener, RootRow row) {
        try {
            return crypto.open(opener, row.wrapped(), context(row));
        } catch (Tampered e) {
            throw Problem.SEALED.because(
                    switch (row.method()) {
                        case PASSPHRASE -> "the passphrase does not open the root key";
                        case SHARES ->
                                "the shares do not open the root key: at least one is not what it"
                                        + " was; all were forgotten, bring them again";
                        default ->
                                "the key file does not open this key store: they do not belong"
                                        + " together";
                    });
        }
    }

    private RootRow stored() {
        return store.root()
                .orElseThrow(() -> Problem.SEALED.because("the key store has no root key"));
    }

    private static byte[] context(RootRow row) {
        return ("holdfast-root/1/" + row.method() + "/" + row.generation())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String name(Unsealing method) {
        return switch (method) {
            case Unsealing.KeyFile _ -> KEY_FILE;
            case Unsealing.Passphrase _ -> PASSPHRASE;
            case Unsealing.Shares _ -> SHARES;
        };
    }

    private static Refusal sharesComeLater() {
        return Problem.SEALED.because(
                "a root key is made with a key file or a passphrase, and then split into shares");
    }

    private static void requireSplit(int threshold, int count) {
        var wrong = new ArrayList<FieldError>();
        if (threshold < 2) {
            wrong.add(FieldError.of("/threshold", "too-small", "must be 2 or more"));
        }
        if (count < threshold || count > Shamir.MOST) {
            wrong.add(
                    FieldError.of(
                            "/count",
                            "out-of-range",
                            "must be the threshold or more, 255 at most"));
        }
        if (!wrong.isEmpty()) {
            throw Refusal.of(wrong);
        }
    }

    private static void requireLength(SecretBytes passphrase) {
        int characters =
                passphrase.use(lent -> {
                    int count = 0;
                    for (byte unit : lent) {
                        count += (unit & 0xc0) == 0x80 ? 0 : 1; // UTF-8, RFC 3629 §3
                    }
                    return count;
                });
        if (characters < LEAST_PASSPHRASE) {
            throw Refusal.of(
                    List.of(
                            new FieldError(
                                    "/passphrase",
                                    "too-short",
                                    "the passphrase must have 16 characters or more",
                                    Map.of("min", "16"))));
        }
    }
}
