package holdfast.ledger;

import holdfast.crypto.Crypto;
import holdfast.crypto.SigningKey;
import holdfast.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// C2SP signed notes that carry a tree head: `origin`, size, root, empty line, signature lines.
final class Notes {
    private static final byte ED25519 = 1; // C2SP signed-note, signature type
    private static final int KEY_HASH = 4; // bytes
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");
    private static final Pattern KEY =
            Pattern.compile("([^ +]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");

    private final Crypto crypto;

    Notes(Crypto crypto) {
        this.crypto = crypto;
    }

    /// {@return the ledger's name, which follows from its key}
    String name(SigningKey key) {
        var hash = crypto.sha256(key.publicKey());
        return "holdfast-ledger/" + HexFormat.of().formatHex(hash, 0, 8);
    }

    /// {@return the public key as text: `name+hash+key`, C2SP signed-note}
    String verifierKey(String name, SigningKey key) {
        var typed = typed(key.publicKey());
        return name
                + "+"
                + HexFormat.of().formatHex(keyHash(name, typed))
                + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    Checkpoint sign(String name, SigningKey key, long size, Bytes root) {
        var text =
                "%s\n%d\n%s\n"
                        .formatted(name, size, Base64.getEncoder().encodeToString(root.toArray()));
        var signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        var hash = keyHash(name, typed(key.publicKey()));
        var line = Arrays.copyOf(hash, KEY_HASH + signature.length);
        System.arraycopy(signature, 0, line, KEY_HASH, signature.length);
        var note =
                text + "\n\u2014 " + name + " " + Base64.getEncoder().encodeToString(line) + "\n";
        return new Checkpoint(name, size, root, note);
    }

    /// {@return what the note says, when the key signed it}
    ///
    /// @param verifierKey `name+hash+key`
    Optional<Checkpoint> open(String verifierKey, String note) {
        var key = KEY.matcher(verifierKey);
        int end = note.indexOf("\n\n");
        if (!key.matches() || end < 0) {
            return Optional.empty();
        }
        var name = key.group(1);
        var typed = decoded(key.group(3));
        if (typed.length != 33
                || typed[0] != ED25519
                || !HexFormat.of().formatHex(keyHash(name, typed)).equals(key.group(2))) {
            return Optional.empty();
        }
        var text = note.substring(0, end + 1);
        var publicKey = Arrays.copyOfRange(typed, 1, typed.length);
        var expected = keyHash(name, typed);
        boolean signed =
                note.endsWith("\n")
                        && note.substring(end + 2)
                                .lines()
                                .anyMatch(line -> signed(line, name, expected, publicKey, text));
        return signed ? parsed(name, text, note) : Optional.empty();
    }

    private boolean signed(
            String line, String name, byte[] keyHash, byte[] publicKey, String text) {
        var start = "\u2014 " + name + " ";
        if (!line.startsWith(start)) {
            return false;
        }
        var bytes = decoded(line.substring(start.length()));
        return bytes.length == KEY_HASH + 64
                && Arrays.equals(bytes, 0, KEY_HASH, keyHash, 0, KEY_HASH)
                && crypto.verify(
                        publicKey,
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
