package holdfast.server;

import holdfast.http.Content;
import holdfast.http.Response;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;

/// Sends a response, with the security headers that every answer carries.
final class Sender {
    /// Scripts, styles and connections from here only; nothing inline, nothing evaluated, no frames.
    static final String CSP =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
                    + " trusted-types lit-html app";

    private static final Map<String, String> ALWAYS =
            Map.of(
                    "Strict-Transport-Security", "max-age=63072000",
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Referrer-Policy", "no-referrer",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Embedder-Policy", "require-corp",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Permissions-Policy", "camera=(), microphone=(), geolocation=()");

    private final Streams streams;

    Sender(Streams streams) {
        this.streams = streams;
    }

    /// @param bodiless for HEAD: the same headers, no body
    /// @param sent     is told how many bytes of the body went out, also when a failure cuts it
    void send(
            Response response, boolean bodiless, UUID id, HttpServletResponse to, LongConsumer sent)
            throws IOException {
        to.setStatus(response.status());
        ALWAYS.forEach(to::addHeader); // adding looks for no earlier one: there is none yet
        to.addHeader("Content-Security-Policy", CSP);
        to.addHeader("Cache-Control", "no-store");
        to.addHeader("X-Request-Id", id.toString());
        response.headers().forEach(to::setHeader);
        switch (response.content()) {
            case Content.Nothing _ -> to.setContentLength(0);
            case Content.Json(var body) -> whole(Json.write(body), bodiless, true, to, sent);
            case Content.Whole(var bytes) -> whole(bytes, bodiless, false, to, sent);
            case Content.Streamed(var writer) -> {
                if (!bodiless) {
                    var out = new CountedStream(to.getOutputStream());
                    try {
                        writer.write(out);
                    } finally {
                        sent.accept(out.count());
                    }
                }
            }
            case Content.Events(var source) -> {
                if (!bodiless) {
                    to.setHeader("X-Accel-Buffering", "no"); // Nginx would hold events back
                    to.flushBuffer();
                    var out = new CountedStream(to.getOutputStream());
                    try {
                        streams.feed(source, out);
                    } finally {
                        sent.accept(out.count());
                    }
                }
            }
        }
    }

    private static void whole(
            byte[] bytes, boolean bodiless, boolean wipe, HttpServletResponse to, LongConsumer sent)
            throws IOException {
        to.setContentLength(bytes.length);
        if (!bodiless) {
            to.getOutputStream().write(bytes);
            sent.accept(bytes.length);
        }
        if (wipe) {
            Arrays.fill(bytes, (byte) 0); // a JSON answer may carry a revealed value
        }
    }
}
