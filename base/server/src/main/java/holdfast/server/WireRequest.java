package holdfast.server;

import holdfast.http.Request;
import holdfast.http.SignIn;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A request from the wire. Query and form are parsed here: Tomcat's own parsing would read past our limits.
final class WireRequest implements Request {
    private static final int MAX_SECRET = 16 * 1024 * 1024; // bytes; a route's own limit is lower

    private final HttpServletRequest from;
    private final String method;
    private final TenantAddress address;
    private final Origin origin;
    private final Map<String, List<String>> query;
    private final @Nullable Map<String, String> kept;
    private @Nullable InputStream body;
    private @Nullable Map<String, List<String>> form;
    private Map<String, String> parameters = Map.of();
    private Optional<SignIn.Proved> proved = Optional.empty();

    WireRequest(HttpServletRequest from, TenantAddress address, Origin origin) {
        this.from = from;
        this.method = from.getMethod();
        this.address = address;
        this.origin = origin;
        this.query = pairs(from.getQueryString());
        this.kept = WebSockets.isAsked(from) ? headers(from) : null;
    }

    /// Tomcat takes the request back when its connection becomes a socket, and the proof is looked at again after that.
    private static Map<String, String> headers(HttpServletRequest from) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var name : Collections.list(from.getHeaderNames())) {
            all.put(name, from.getHeader(name));
        }
        return all;
    }

    void route(RouteTable.Found found) {
        parameters = found.parameters();
        try {
            var declared = from.getContentLengthLong();
            body = new LimitedStream(from.getInputStream(), declared, found.route().maxBody());
        } catch (IOException failure) {
            throw cut(failure);
        }
    }

    /// Gives the handler a body that was read before it.
    ///
    /// @param bytes the caller's, until the handler is done
    void again(byte[] bytes) {
        body = new ByteArrayInputStream(bytes);
    }

    void prove(Optional<SignIn.Proved> who) {
        proved = who;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return address.path();
    }

    @Override
    public Optional<String> tenant() {
        return address.tenant();
    }

    @Override
    public String target() {
        var asked = from.getQueryString();
        return asked == null ? from.getRequestURI() : from.getRequestURI() + "?" + asked;
    }

    @Override
    public String parameter(String name) {
        var value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no parameter " + name);
        }
        return value;
    }

    @Override
    public Optional<String> header(String name) {
        var value = kept == null ? from.getHeader(name) : kept.get(name);
        return value == null && kept == null && name.equals("Host")
                ? authority()
                : Optional.ofNullable(value);
    }

    /// HTTP/2 has `:authority` instead of `Host`, RFC 9113 §8.3.1.
    private Optional<String> authority() {
        int port = from.getServerPort();
        return Optional.ofNullable(from.getServerName())
                .map(host -> port == 443 ? host : host + ":" + port);
    }

    @Override
    public Optional<String> query(String name) {
        return queries(name).stream().findFirst();
    }

    @Override
    public List<String> queries(String name) {
        return query.getOrDefault(name, List.of());
    }

    @Override
    public Optional<String> cookie(String name) {
        return header("Cookie").stream()
                .flatMap(line -> Arrays.stream(line.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    @Override
    public Optional<Principal> signedIn() {
        return proved.map(SignIn.Proved::principal);
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public Optional<Object> credential() {
        return proved.map(SignIn.Proved::credential);
    }

    @Override
    public <T> T json(Class<T> type) {
        requireType("application/json");
        return Json.read(body(), type);
    }

    @Override
    public Optional<String> form(String name) {
        if (form == null) {
            requireType("application/x-www-form-urlencoded");
            try (var whole = secret()) {
                form = pairs(whole.revealUtf8());
            }
        }
        return form.getOrDefault(name, List.of()).stream().findFirst();
    }

    @Override
    public SecretBytes secret() {
        try {
            return SecretBytes.owning(body().readNBytes(MAX_SECRET));
        } catch (IOException failure) {
            throw cut(failure);
        }
    }

    @Override
    public InputStream body() {
        if (body == null) {
            throw new IllegalStateException("no route was chosen yet");
        }
        return body;
    }

    private void requireType(String wanted) {
        var type = header("Content-Type").orElse("").split(";", 2)[0].strip();
        if (!type.equalsIgnoreCase(wanted)) {
            throw Problem.UNSUPPORTED_MEDIA_TYPE.because("send the body as " + wanted);
        }
    }

    private static holdfast.kernel.Refusal cut(IOException failure) {
        return Problem.MALFORMED.because(
                "the body ended early (%s)".formatted(failure.getClass().getSimpleName()));
    }

    private static Map<String, List<String>> pairs(@Nullable String text) {
        var pairs = new HashMap<String, List<String>>();
        if (text == null || text.isEmpty()) {
            return pairs;
        }
        for (var pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
        }
        return pairs;
    }

    private static String decode(String text) {
        try {
            var plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (plain.indexOf('\0') >= 0) { // which no text on PostgreSQL can hold
                throw Problem.MALFORMED.because("the query or form contains the character NUL");
            }
            return plain;
        } catch (IllegalArgumentException _) {
            throw Problem.MALFORMED.because(
                    "a percent sign in the query or form begins no valid escape");
        }
    }
}
