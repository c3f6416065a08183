package holdfast.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Sends a response, with the security headers that every answer carries.
final class Sender {
    /// Scripts, styles and connections from here only; nothing inline, nothing evaluated, no frames.
    static final String CSP =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self';"
                    + " connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html app";

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

    private final BooleanSupplier stopping;

    Sender(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    /// @param bodiless for HEAD: the same headers, no body
    void send(Response response, boolean bodiless, UUID id, HttpServletResponse to)
            throws IOException {
        to.setStatus(response.status());
        ALWAYS.forEach(to::setHeader);
        to.setHeader("Content-Security-Policy", CSP);
        to.setHeader("Cache-Control", "no-store");
        to.setHeader("X-Request-Id", id.toString());
        response.headers().forEach(to::setHeader);
        switch (response.content()) {
            case Content.Nothing _ -> to.setContentLength(0);
            case Content.Json(var body) -> whole(Json.write(body), bodiless, true, to);
            case Content.Whole(var bytes) -> whole(bytes, bodiless, false, to);
            case Content.Streamed(var writer) -> {
                if (!bodiless) {
                    writer.write(to.getOutputStream());
                }
            }
            case Content.Events(var source) -> {
                if (!bodiless) {
                    to.setHeader("X-Accel-Buffering", "no"); // Nginx would hold events back
                    to.flushBuffer();
                    source.feed(new Sink(to.getOutputStream()));
                }
            }
        }
    }

    private static void whole(byte[] bytes, boolean bodiless, boolean wipe, HttpServletResponse to)
            throws IOException {
        to.setContentLength(bytes.length);
        if (!bodiless) {
            to.getOutputStream().write(bytes);
        }
        if (wipe) {
            Arrays.fill(bytes, (byte) 0); // a JSON answer may carry a revealed value
        }
    }

    /// Server-sent events, as the HTML standard §9.2 writes them.
    private final class Sink implements Content.EventSink {
        private final OutputStream out;

        Sink(OutputStream out) {
            this.out = out;
        }

        @Override
        public synchronized void event(String id, String type, String data) throws IOException {
            var text = new StringBuilder();
            if (!id.isEmpty()) {
                text.append("id: ").append(id).append('\n');
            }
            text.append("event: ").append(type).append('\n');
            data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
            write(text.append('\n'));
        }

        @Override
        public synchronized void keepAlive() throws IOException {
            write(":\n\n");
        }

        private void write(CharSequence text) throws IOException {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public boolean isClosing() {
            return stopping.getAsBoolean();
        }
    }
}
