package holdfast.merkle;

import holdfast.crypto.Crypto;
import holdfast.crypto.SigningKey;
import holdfast.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// C2SP signed notes that carry a tree head: `origin`, size, root, empty line, signature lines.
public final class Notes {
    private static final byte ED25519 = 1; // C2SP signed-note, signature type
    private static final int KEY_HASH = 4; // bytes
    private static final int SIGNATURE = 64; // bytes
    private static final String MARK = "\u2014 "; // begins a signature line
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final Pattern KEY =
            Pattern.compile("([^ +]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");

    private final Crypto crypto;

    public Notes(Crypto crypto) {
        this.crypto = crypto;
    }

    /// {@return the ledger's name, which follows from its key}
    public String name(SigningKey key) {
        var hash = crypto.sha256(key.publicKey());
        return "holdfast-ledger/" + HexFormat.of().formatHex(hash, 0, 8);
    }

    /// {@return the public key as text: `name+hash+key`, C2SP signed-note}
    public String verifierKey(String name, SigningKey key) {
        var typed = typed(key.publicKey());
        return name
                + "+"
                + HexFormat.of().formatHex(keyHash(name, typed))
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    public Checkpoint sign(String name, SigningKey key, long size, Bytes root) {
        return sign(name, List.of(key), size, root);
    }

    /// @param keys a signature line for each
    public Checkpoint sign(String name, List<SigningKey> keys, long size, Bytes root) {
        var text =
                "%s\n%d\n%s\n"
                        .formatted(name, size, Base64.getEncoder().encodeToString(root.toArray()));
        return new Checkpoint(name, size, root, sign(name, keys, text));
    }

    /// {@return the text as a signed note}
    ///
    /// @param text lines, each with its end, none of them empty
    public String sign(String name, List<SigningKey> keys, String text) {
        var note = new StringBuilder(text).append('\n');
        for (var key : keys) {
            var signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
            var hash = keyHash(name, typed(key.publicKey()));
            var line = Arrays.copyOf(hash, KEY_HASH + signature.length);
            System.arraycopy(signature, 0, line, KEY_HASH, signature.length);
            note.append(MARK + name + " " + Base64.getEncoder().encodeToString(line) + "\n");
        }
        return note.toString();
    }

    /// {@return what the note says, when one of the keys signed it and every signature by any of them is right}
    ///
    /// @param verifierKeys `name+hash+key`, one or several with a blank between two
    public Optional<Checkpoint> open(String verifierKeys, String note) {
        return signer(verifierKeys, note)
                .flatMap(name -> parsed(name, note.substring(0, note.indexOf("\n\n") + 1), note));
    }

    /// {@return the name of who signed the note, when one of the keys did and every signature by any of them is right}
    public Optional<String> signer(String verifierKeys, String note) {
        int end = note.indexOf("\n\n");
        var known = new ArrayList<Known>();
        for (var key : verifierKeys.split(" ", -1)) {
            known(key).ifPresent(known::add);
        }
        if (end < 0 || !note.endsWith("\n") || known.isEmpty()) {
            return Optional.empty();
        }
        var text = note.substring(0, end + 1);
        var signed = Optional.<Known>empty();
        for (var line : note.substring(end + 2).lines().toList()) {
            for (var key : known) {
                if (isBy(line, key)) {
                    if (!isRight(line, key, text)) {
                        return Optional.empty();
                    }
                    signed = Optional.of(key);
                }
            }
        }
        return signed.map(Known::name);
    }

    /// A key that signatures are checked by.
    ///
    /// @param hash the first bytes of each line by it
    private record Known(String name, Bytes hash, Bytes publicKey) {}

    private Optional<Known> known(String verifierKey) {
        var key = KEY.matcher(verifierKey);
        if (!key.matches()) {
            return Optional.empty();
        }
        var name = key.group(1);
        var typed = decoded(key.group(3));
        if (typed.length != 33
                || typed[0] != ED25519
                || !HexFormat.of().formatHex(keyHash(name, typed)).equals(key.group(2))) {
            return Optional.empty();
        }
        return Optional.of(
                new Known(
                        name,
                        Bytes.owning(keyHash(name, typed)),
                        Bytes.owning(Arrays.copyOfRange(typed, 1, typed.length))));
    }

    private static boolean isBy(String line, Known key) {
        var start = MARK + key.name() + " ";
        var bytes = line.startsWith(start) ? decoded(line.substring(start.length())) : new byte[0];
        return bytes.length == KEY_HASH + SIGNATURE
                && Arrays.equals(bytes, 0, KEY_HASH, key.hash().toArray(), 0, KEY_HASH);
    }

    private boolean isRight(String line, Known key, String text) {
        var bytes = decoded(line.substring((MARK + key.name() + " ").length()));
        return crypto.verify(
                key.publicKey().toArray(),
                text.getBytes(StandardCharsets.UTF_8),
                Arrays.copyOfRange(bytes, KEY_HASH, bytes.length));
    }

    /// C2SP tlog-checkpoint; lines after the third are extensions, which we do not write.
    private static Optional<Checkpoint> parsed(String name, String text, String note) {
        var lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[0].equals(name) || !SIZE.matcher(lines[1]).matches()) {
            return Optional.empty();
        }
        var root = decoded(lines[2]);
        if (root.length != 32) {
            return Optional.empty();
        }
        return Optional.of(
                new Checkpoint(name, Long.parseLong(lines[1]), Bytes.owning(root), note));
    }

    private byte[] keyHash(String name, byte[] typed) {
        var all = crypto.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typed);
        return Arrays.copyOf(all, KEY_HASH);
    }

    private static byte[] typed(byte[] publicKey) {
        var typed = new byte[publicKey.length + 1];
        typed[0] = ED25519;
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return typed;
    }

    /// {@return the bytes, or none when it is not the one base64 form of them}
    private static byte[] decoded(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(bytes).equals(base64) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
