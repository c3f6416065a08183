package holdfast.server;

import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// The interface, from the class path under `web/`: hashed assets for ever, the page for every other address.
public final class StaticUi {
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "json", "application/json",
                    "svg", "image/svg+xml",
                    "ico", "image/x-icon",
                    "png", "image/png",
                    "woff2", "font/woff2",
                    "txt", "text/plain; charset=utf-8");

    /// A worker obeys the policy of its own response, not the page's.
    private static final String WORKER_CSP =
            "default-src 'none'; connect-src 'self'; script-src 'self'";

    /// Below these no page lives: what no route knows is not there.
    private static final List<String> MACHINES = List.of("/api", "/health", "/metrics");

    /// Pages that show something before anybody signs in.
    private static final Set<String> OPEN_PAGES = Set.of("/login", "/logout", "/setup", "/link");

    private final ClassLoader resources;
    private final Map<String, Optional<byte[]>> files = new ConcurrentHashMap<>();

    public StaticUi(ClassLoader resources) {
        this.resources = resources;
    }

    /// Answers what no route knows.
    ///
    /// @param signedIn asked for pages only
    /// @throws holdfast.kernel.Refusal NOT_FOUND, METHOD_NOT_ALLOWED
    Response answer(Request request, BooleanSupplier signedIn) {
        var path = request.path();
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (isMachine(path)) {
            throw Problem.NOT_FOUND.because("there is no such address");
        }
        if (!reads) {
            throw Problem.METHOD_NOT_ALLOWED
                    .because("pages are read with GET")
                    .with("allow", "GET, HEAD");
        }
        var encodings = request.header("Accept-Encoding").orElse("");
        if (path.startsWith("/assets/")) {
            var asset =
                    file(path, encodings)
                            .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such file"))
                            .with("Cache-Control", FOREVER);
            return path.contains(".worker-")
                    ? asset.with("Content-Security-Policy", WORKER_CSP)
                    : asset;
        }
        if (isTopFile(path)) {
            var file = file(path, encodings);
            if (file.isPresent()) {
                return file.get().with("Cache-Control", "public, max-age=3600");
            }
        }
        if (!OPEN_PAGES.contains(path) && !signedIn.getAsBoolean()) {
            return Response.seeOther(request.path().equals("/") ? "/login" : signInFor(request));
        }
        return page(encodings);
    }

    /// The sign-in page, which leads on to what was asked for.
    private static String signInFor(Request request) {
        return "/login?next=" + URLEncoder.encode(request.target(), StandardCharsets.UTF_8);
    }

    /// {@return the one page of the interface}
    public Response page(String acceptedEncodings) {
        return file("/index.html", acceptedEncodings)
                .orElseGet(() ->
                        Response.bytes(
                                200,
                                "text/plain; charset=utf-8",
                                "This build has no interface.\n".getBytes(StandardCharsets.UTF_8)));
    }

    /// `/favicon.ico`, but not the page itself; deeper addresses have dots in the names of hosts.
    private static boolean isTopFile(String path) {
        return path.lastIndexOf('/') == 0 && path.indexOf('.') > 1 && !path.equals("/index.html");
    }

    static boolean isMachine(String path) {
        return MACHINES.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }

    private Optional<Response> file(String path, String encodings) {
        var type =
                TYPES.getOrDefault(
                        path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
        for (var encoding : List.of("br", "gzip")) {
            if (accepts(encodings, encoding)) {
                var packed = bytes(path + (encoding.equals("br") ? ".br" : ".gz"));
                if (packed.isPresent()) {
                    return Optional.of(
                            Response.bytes(200, type, packed.get())
                                    .with("Content-Encoding", encoding)
                                    .with("Vary", "Accept-Encoding"));
                }
            }
        }
        return bytes(path)
                .map(plain -> Response.bytes(200, type, plain).with("Vary", "Accept-Encoding"));
    }

    private static boolean accepts(String encodings, String wanted) {
        return Arrays.stream(encodings.split(",", -1))
                .map(String::strip)
                .anyMatch(one ->
                        one.equals(wanted)
                                || (one.startsWith(wanted + ";") && !one.endsWith("q=0")));
    }

    private Optional<byte[]> bytes(String path) {
        var known = files.get(path);
        if (known != null) {
            return known;
        }
        var loaded = load(path);
        if (loaded.isPresent()) { // what is not there is not remembered: strangers choose the names
            files.put(path, loaded);
        }
        return loaded;
    }

    private Optional<byte[]> load(String path) {
        if (path.indexOf('.', path.lastIndexOf('/')) < 0) {
            return Optional.empty(); // a folder would answer with a listing of itself
        }
        try (var in = resources.getResourceAsStream("web" + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
