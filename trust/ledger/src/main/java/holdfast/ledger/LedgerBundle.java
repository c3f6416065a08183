package holdfast.ledger;

import holdfast.crypto.Crypto;
import holdfast.kernel.Bytes;
import holdfast.kernel.TenantId;
import holdfast.merkle.Notes;
import holdfast.merkle.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Checks an exported ledger without a database (docs/formats/ledger.md).
///
/// Every line must be in its canonical form, so no byte of a bundle can change unnoticed.
public final class LedgerBundle {
    private static final int LONGEST_LINE = 4 * 1024 * 1024; // bytes
    private static final long SAFE = (1L << 53) - 1; // RFC 7493 §2.2

    private final Crypto crypto;
    private final InputStream in;
    private final JsonMapper json = JsonMapper.builder().build();
    private long last;

    private LedgerBundle(Crypto crypto, InputStream in) {
        this.crypto = crypto;
        this.in = in;
    }

    /// Checks the bundle against the key it names: compare that with the one you know.
    ///
    /// @param in read to its end, not closed
    public static Verdict verify(Crypto crypto, InputStream in) {
        return new LedgerBundle(crypto, in).verify(Optional.empty());
    }

    /// Checks the bundle against a key that is known from elsewhere, which must have signed its last head.
    ///
    /// @param verifierKey `name+hash+key`
    public static Verdict verify(Crypto crypto, InputStream in, String verifierKey) {
        return new LedgerBundle(crypto, in).verify(Optional.of(verifierKey));
    }

    private Verdict verify(Optional<String> known) {
        try {
            return checked(known);
        } catch (Malformed malformed) {
            return new Verdict.Broken(last, malformed.reason());
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle could not be read", e);
        }
    }

    private Verdict checked(Optional<String> known) throws IOException {
        var header = line().orElseThrow(() -> new Malformed("the bundle is empty"));
        if (!BundleWriter.FORMAT.equals(header.get("format"))
                || !(header.get("key") instanceof String key)
                || header.size() != 3) {
            throw new Malformed("the first line is not that of a bundle");
        }
        long size = number(header, "size");
        var notes = new Notes(crypto);
        var checker = new Checker(new Leaf(crypto), notes, new Tree(crypto), key);
        boolean headed = false;
        var newest = "";
        for (var line = line(); line.isPresent(); line = line()) {
            last = checker.size();
            headed = line.get().containsKey("checkpoint");
            newest = headed ? text(line.get(), "checkpoint") : newest;
            var broken = headed ? checker.head(checker.size(), newest) : event(checker, line.get());
            if (broken.isPresent()) {
                return broken.get();
            }
        }
        last = checker.size();
        if (checker.size() != size || !headed) {
            throw new Malformed(
                    "the bundle holds %d events, not the %d it was signed for"
                            .formatted(checker.size(), size));
        }
        if (known.isPresent() && notes.open(known.get(), newest).isEmpty()) {
            throw new Malformed("the last head is not signed by the known key, but by " + key);
        }
        return checker.sound();
    }

    private static Optional<Verdict.Broken> event(Checker checker, Map<String, Object> line) {
        long index = number(line, "index");
        var leafHash = bytes(line, "leafHash");
        if (line.containsKey("gone")) {
            require(line.size() == 3 && Boolean.TRUE.equals(line.get("gone")));
            return checker.gone(index, leafHash);
        }
        if (!line.containsKey("salt")) {
            require(line.size() == 2);
            return checker.hidden(index, leafHash);
        }
        require(line.size() == 4);
        if (!(line.get("record") instanceof Map<?, ?> members)) {
            throw new Malformed("an event has no record");
        }
        var record = new LinkedHashMap<String, Object>();
        members.forEach((name, value) -> record.put((String) name, value));
        return checker.event(index, leafHash, bytes(line, "salt"), CanonicalJson.write(record))
                .or(() ->
                        checker.order(
                                tenant(record),
                                number(record, "sequence"),
                                number(record, "time")));
    }

    /// {@return the members of the next line, which must be canonical JSON}
    private Optional<Map<String, Object>> line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new Malformed("the last line is cut short");
            }
            if (bytes.size() == LONGEST_LINE) {
                throw new Malformed("a line is too long");
            }
            bytes.write(next);
        }
        return Optional.of(members(bytes.toByteArray()));
    }

    private Map<String, Object> members(byte[] line) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
            if (plain(json.readValue(text, Object.class)) instanceof Map<?, ?> members
                    && CanonicalJson.write(members).equals(text)) {
                var named = new LinkedHashMap<String, Object>();
                members.forEach((name, value) -> named.put((String) name, value));
                return named;
            }
        } catch (CharacterCodingException | JacksonException | IllegalArgumentException e) {
            throw new Malformed("a line is not canonical JSON");
        }
        throw new Malformed("a line is not canonical JSON");
    }

    /// Numbers as they were before they were written: whole ones within 2^53, doubles beyond.
    private static Object plain(Object value) {
        return switch (value) {
            case BigInteger number -> number.doubleValue();
            case Long number when number > SAFE || number < -SAFE -> number.doubleValue();
            case Map<?, ?> members -> {
                var plain = new LinkedHashMap<String, Object>();
                members.forEach((name, member) -> plain.put((String) name, plain(member)));
                yield plain;
            }
            case List<?> items -> {
                var plain = new ArrayList<Object>();
                items.forEach(item -> plain.add(plain(item)));
                yield plain;
            }
            case null -> throw new IllegalArgumentException("null");
            default -> value;
        };
    }

    private static long number(Map<String, Object> members, String name) {
        return switch (members.get(name)) {
            case Integer number -> number;
            case Long number -> number;
            case null, default -> throw new Malformed("no number in " + name);
        };
    }

    private static String text(Map<String, Object> members, String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new Malformed("no text in " + name);
    }

    private static Bytes bytes(Map<String, Object> members, String name) {
        var hex = text(members, name);
        try {
            var bytes = Bytes.ofHex(hex);
            require(bytes.toHex().equals(hex));
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new Malformed("no bytes in " + name);
        }
    }

    private static TenantId tenant(Map<String, Object> record) {
        try {
            return new TenantId(UUID.fromString(text(record, "tenant")));
        } catch (IllegalArgumentException e) {
            throw new Malformed("no tenant in a record");
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new Malformed("a line has members it should not have");
        }
    }

    /// The bundle is not one.
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
