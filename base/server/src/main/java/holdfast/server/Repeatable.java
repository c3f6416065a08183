package holdfast.server;

import holdfast.http.Access;
import holdfast.http.Repeats;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Does a write that names an `Idempotency-Key` once (draft-ietf-httpapi-idempotency-key-header).
///
/// Where something is shown or worked out there is nothing to remember: that is done each time, each with its permit.
final class Repeatable {
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final List<String> SHOWING = List.of("READ_", "REVEAL_", "EXPORT_");

    private final Repeats repeats;

    Repeatable(Repeats repeats) {
        this.repeats = repeats;
    }

    Response answer(Route route, WireRequest request, Supplier<Response> handler) {
        var key = request.header(KEY);
        if (key.isEmpty() || !isWrite(route) || request.signedIn().isEmpty()) {
            return handler.get();
        }
        if (!SHAPE.matcher(key.get()).matches()) {
            throw Problem.MALFORMED.because(
                    "Idempotency-Key has 1 to 255 characters of ASCII and no blank");
        }
        return once(request.caller(), key.get(), request, handler);
    }

    private static boolean isWrite(Route route) {
        var access = route.access().name();
        return WRITES.contains(route.method())
                && !route.isPublic()
                && !access.equals(Access.SIGNED_IN.name())
                && !access.endsWith("_WITH_KEY")
                && SHOWING.stream().noneMatch(access::startsWith);
    }

    private Response once(
            Principal who, String key, WireRequest request, Supplier<Response> handler) {
        try (var body = request.secret();
                var whole = whole(request, body)) {
            var before = repeats.claim(who, key, whole);
            if (before.isPresent()) {
                return replayed(before.get());
            }
            return body.use(bytes -> {
                request.again(bytes);
                return done(who, key, handler);
            });
        }
    }

    private Response done(Principal who, String key, Supplier<Response> handler) {
        Response response;
        try {
            response = handler.get();
        } catch (RuntimeException refused) {
            if (refused instanceof holdfast.kernel.Refusal) {
                repeats.release(who, key); // what failed otherwise may have been done
            }
            throw refused;
        }
        repeats.keep(
                who,
                key,
                new Repeats.Outcome(
                        response.status(),
                        Optional.ofNullable(response.headers().get("Location")),
                        Optional.ofNullable(response.headers().get("ETag"))));
        return response;
    }

    private static SecretBytes whole(WireRequest request, SecretBytes body) {
        var head = request.method() + " " + request.target() + "\n";
        return body.use(bytes -> {
            var all = new ByteArrayOutputStream(head.length() + bytes.length);
            all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
            all.writeBytes(bytes);
            return SecretBytes.owning(all.toByteArray());
        });
    }

    private static Response replayed(Repeats.Outcome outcome) {
        var response = Response.empty(outcome.status()).with(REPLAYED, "true");
        if (outcome.location().isPresent()) {
            response = response.with("Location", outcome.location().get());
        }
        return outcome.tag().isPresent() ? response.with("ETag", outcome.tag().get()) : response;
    }
}
