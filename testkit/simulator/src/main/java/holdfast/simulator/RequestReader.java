package holdfast.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads HTTP/1.1 requests, RFC 9112, from one connection.
final class RequestReader {
    private static final int MAX_HEAD = 64 * 1024; // bytes
    private static final int MAX_BODY = 16 * 1024 * 1024; // bytes

    private final InputStream in;
    private final OutputStream out;

    /// @param out takes `100 Continue`
    RequestReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /// Waits for the next request; nothing when the client has closed the connection between two requests.
    ///
    /// @throws IOException when the bytes are no request
    Optional<Request> next() throws IOException {
        var first = line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var start = first.get().split(" ", -1);
        if (start.length != 3 || !start[2].equals("HTTP/1.1") || !start[1].startsWith("/")) {
            throw new IOException("no HTTP/1.1 request line");
        }
        var headers = headers();
        if (!headers.containsKey("host")) {
            throw new IOException("no Host header"); // RFC 9112 §3.2
        }
        var body = body(headers);
        int question = start[1].indexOf('?');
        return Optional.of(
                new Request(
                        start[0],
                        question < 0 ? start[1] : start[1].substring(0, question),
                        question < 0 ? "" : start[1].substring(question + 1),
                        headers,
                        new String(body, StandardCharsets.UTF_8),
                        sha256(body)));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        int size = 0;
        while (true) {
            var line = line().orElseThrow(() -> new EOFException("headers end early"));
            if (line.isEmpty()) {
                return headers;
            }
            size += line.length();
            int colon = line.indexOf(':');
            if (colon < 1 || size > MAX_HEAD) {
                throw new IOException("header without a name, or too many");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        var coding = headers.get("transfer-encoding");
        var length = headers.get("content-length");
        if (coding == null && length == null) {
            return new byte[0];
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        return coding != null ? chunks() : exactly(number(String.valueOf(length), 10));
    }

    /// RFC 9112 §7.1; extensions and trailers are read and ignored.
    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var line = line().orElseThrow(() -> new EOFException("chunk ends early"));
            int semicolon = line.indexOf(';');
            int size = number(semicolon < 0 ? line : line.substring(0, semicolon), 16);
            if (size == 0) {
                headers();
                return body.toByteArray();
            }
            body.writeBytes(exactly(size));
            if (body.size() > MAX_BODY || !line().orElse("x").isEmpty()) {
                throw new IOException("chunk not closed, or body too large");
            }
        }
    }

    private byte[] exactly(int size) throws IOException {
        var bytes = in.readNBytes(size);
        if (bytes.length != size) {
            throw new EOFException("body ends early");
        }
        return bytes;
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text.strip(), radix);
            if (number >= 0 && number <= MAX_BODY) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw new IOException("length is no number", malformed);
        }
        throw new IOException("length out of range");
    }

    private Optional<String> line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                if (line.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("line ends early");
            }
            if (line.size() > MAX_HEAD) {
                throw new IOException("line too long");
            }
            line.write(octet);
        }
        var text = line.toString(StandardCharsets.ISO_8859_1);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
