package holdfast.vcf;

import holdfast.kernel.SecretBytes;
import holdfast.outbound.Outbound;
import holdfast.outbound.OutboundFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One sign-in to one appliance, for the length of one sync. Tokens stay in memory; a read is repeated, a change never.
/// For one thread.
final class VcfSession implements AutoCloseable {
    /// Tokens die at 60 minutes; nobody says so in advance.
    private static final Duration RENEW_AFTER = Duration.ofMinutes(20);

    private static final Set<Integer> IN_PASSING = Set.of(429, 500, 502, 503, 504);

    /// What its proxy answers to a sign-in while the appliance starts.
    private static final Set<Integer> STARTING = Set.of(502, 503, 504);

    /// No answer, or half of one.
    private static final Set<Status> UNANSWERED = Set.of(Status.CUT, Status.TIMED_OUT);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /// Missing before 9.0, so its absence tells nothing about a restart.
    static final String APPLIANCE_INFO = "/v1/system/appliance-info";

    /// What may stand in a header; a page of a proxy is no token.
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,16384}");

    private final Reach reach;
    private final Appliances.Login login;
    private final Outbound.Target target;
    private Tokens tokens;

    /// @param access  a JWT as a rule; not relied upon
    /// @param refresh id of the refresh token, may be absent
    private record Tokens(String access, Optional<String> refresh, Instant since) {
        @Override
        public String toString() {
            return "Tokens[redacted]";
        }
    }

    /// Signs in.
    ///
    /// @throws SourceFailed when it cannot
    VcfSession(Reach reach, Appliances.Login login) {
        this.reach = reach;
        this.login = login;
        var address = login.address();
        this.target =
                new Outbound.Target(address.host(), address.port(), address.trust().outbound());
        this.tokens = signIn();
    }

    /// Reads `path` and lends the answer to `reader`; only answers of 200 get there.
    ///
    /// @throws SourceFailed otherwise
    <T> T read(String path, Function<Outbound.Answer, T> reader) {
        return exchange("GET", path, Optional.empty(), reader);
    }

    /// Sends JSON to an address whose repetition does no harm.
    <T> T ask(String path, Object body, Function<Outbound.Answer, T> reader) {
        return exchange("POST", path, Optional.of(body), reader);
    }

    JsonNode readTree(String path) {
        return read(path, this::tree);
    }

    JsonNode tree(Outbound.Answer answer) {
        try (var body = answer.body()) {
            var tree = VcfJson.MAPPER.readTree(body);
            return tree.isMissingNode() ? VcfJson.MAPPER.createObjectNode() : tree;
        } catch (IOException | JacksonException e) {
            throw new SourceFailed(Failure.of(Status.UNREADABLE));
        }
    }

    /// {@return permissions that the token names; empty when it names none or is no JWT}
    Set<String> permissions() {
        var scopes = new TreeSet<String>();
        var parts = tokens.access().split("\\.", -1);
        if (parts.length < 2) {
            return scopes;
        }
        try {
            var claims = VcfJson.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
            scopes.addAll(Tolerant.texts(claims, "scope"));
        } catch (IllegalArgumentException | JacksonException _) {
            scopes.clear(); // not a JWT, or an encrypted one: nothing is known
        }
        return scopes;
    }

    /// Gives the refresh token back; nobody minds when that fails.
    @Override
    public void close() {
        tokens.refresh()
                .ifPresent(refresh -> {
                    try (var _ =
                            send(
                                    "DELETE",
                                    "/v1/tokens/refresh-token",
                                    Optional.of(refresh),
                                    true)) {
                        return;
                    } catch (SourceFailed _) {
                        return; // it dies by itself after a day
                    }
                });
    }

    private <T> T exchange(
            String method,
            String path,
            Optional<Object> body,
            Function<Outbound.Answer, T> reader) {
        if (reach.clock().instant().isAfter(tokens.since().plus(RENEW_AFTER))) {
            tokens = renew();
        }
        int unauthorised = 0;
        for (int attempt = 0; ; attempt++) {
            Duration wait;
            try (var answer = send(method, path, body, true)) {
                if (answer.status() / 100 == 2) {
                    return reader.apply(answer);
                }
                if (answer.status() == 401 && unauthorised < 2) {
                    unauthorised++;
                    wait = Duration.ZERO;
                } else if (isInPassing(answer, path) && attempt < reach.pace().pauses().size()) {
                    wait = waitOf(answer, reach.pace().pauses().get(attempt));
                } else {
                    throw new SourceFailed(failure(answer, path));
                }
            } catch (SourceFailed failed) {
                wait = pauseAfter(failed, attempt);
            }
            if (wait.isZero()) {
                // a refresh may have been answered with something that only looks like a token
                tokens = unauthorised == 1 ? renew() : signIn();
            } else {
                reach.pause(wait);
            }
        }
    }

    /// {@return how long to wait before the next attempt}
    ///
    /// @throws SourceFailed the same, when it does not pass by itself or was tried often enough
    private Duration pauseAfter(SourceFailed failed, int attempt) {
        if (!UNANSWERED.contains(failed.failure().status())
                || attempt >= reach.pace().pauses().size()) {
            throw failed;
        }
        return reach.pace().pauses().get(attempt);
    }

    private static boolean isInPassing(Outbound.Answer answer, String path) {
        return IN_PASSING.contains(answer.status()) || isProxyWithoutService(answer, path);
    }

    /// While its services start, the appliance's own proxy answers 404 with a page, to what is always there.
    private static boolean isProxyWithoutService(Outbound.Answer answer, String path) {
        return answer.status() == 404
                && !path.equals(APPLIANCE_INFO)
                && answer.header("Content-Type")
                        .filter(type -> type.startsWith("text/html"))
                        .isPresent();
    }

    private Tokens signIn() {
        var body = new HashMap<String, Object>();
        body.put("username", login.username());
        body.put("password", login.password().revealUtf8());
        for (int attempt = 0; ; attempt++) {
            Duration wait;
            try (var answer = send("POST", "/v1/tokens", Optional.of(body), false)) {
                int status = answer.status();
                if (status / 100 == 2) {
                    return tokens(tree(answer));
                }
                boolean passing =
                        STARTING.contains(status) || isProxyWithoutService(answer, "/v1/tokens");
                if (!passing || attempt >= reach.pace().pauses().size()) {
                    throw new SourceFailed(loginFailure(answer));
                }
                wait = reach.pace().pauses().get(attempt);
            } catch (SourceFailed failed) {
                wait = pauseAfter(failed, attempt);
            }
            reach.pause(wait);
        }
    }

    /// A fresh access token by the refresh token, else by signing in again: what a refresh must look like is not certain.
    private Tokens renew() {
        if (tokens.refresh().isPresent()) {
            try (var answer =
                    send("PATCH", "/v1/tokens/access-token/refresh", tokens.refresh(), false)) {
                if (answer.status() / 100 == 2) {
                    var access = unquoted(answer);
                    if (TOKEN.matcher(access).matches()) {
                        return new Tokens(access, tokens.refresh(), reach.clock().instant());
                    }
                }
            }
        }
        return signIn();
    }

    private Tokens tokens(JsonNode answer) {
        var access = answer.path("accessToken");
        if (!access.isString() || !TOKEN.matcher(access.asString()).matches()) {
            throw new SourceFailed(
                    Failure.of(
                            Status.UNREADABLE,
                            "The sign-in was answered without a token; check that the address is"
                                    + " the appliance itself."));
        }
        var refresh = answer.path("refreshToken");
        return new Tokens(
                access.asString(),
                refresh.isString()
                        ? Optional.of(refresh.asString())
                        : Tolerant.optionalText(refresh, "id"),
                reach.clock().instant());
    }

    private String unquoted(Outbound.Answer answer) {
        try (var body = answer.body()) {
            var text = new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                    ? text.substring(1, text.length() - 1)
                    : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outbound.Answer send(String method, String path, Optional<?> body, boolean signed) {
        var headers = new HashMap<String, String>();
        headers.put("Accept", "application/json");
        body.ifPresent(_ -> headers.put("Content-Type", "application/json"));
        if (signed) {
            headers.put("Authorization", "Bearer " + tokens.access());
        }
        var bytes = body.map(value -> SecretBytes.owning(VcfJson.MAPPER.writeValueAsBytes(value)));
        try {
            return reach.outbound()
                    .send(
                            target,
                            new Outbound.Call(
                                    method,
                                    path,
                                    headers,
                                    bytes,
                                    reach.pace().connect(),
                                    reach.pace().deadline(),
                                    reach.pace().maxBody()));
        } catch (OutboundFailure failure) {
            throw new SourceFailed(failure(failure, login.address().trust()));
        } finally {
            bytes.ifPresent(SecretBytes::close);
        }
    }

    static Failure failure(OutboundFailure failure, Trust trust) {
        var status =
                switch (failure.kind()) {
                    case NAME_UNKNOWN -> Status.NAME_UNKNOWN;
                    case ADDRESS_FORBIDDEN -> Status.ADDRESS_FORBIDDEN;
                    case CONNECT_REFUSED -> Status.CONNECTION_REFUSED;
                    case CONNECT_TIMEOUT, DEADLINE -> Status.TIMED_OUT;
                    case CERTIFICATE_UNTRUSTED ->
                            trust.fingerprint().isPresent()
                                    ? Status.CERTIFICATE_CHANGED
                                    : Status.CERTIFICATE_UNTRUSTED;
                    case TLS_FAILED -> Status.TLS_FAILED;
                    case CUT -> Status.CUT;
                    case TOO_LARGE -> Status.TOO_LARGE;
                };
        return failure.shown()
                .map(shown -> Failure.of(status, Failure.Certificate.of(shown, trust)))
                .orElse(Failure.of(status));
    }

    private Failure loginFailure(Outbound.Answer answer) {
        return switch (answer.status()) {
            case 400, 401, 403 ->
                    told(Status.LOGIN_REFUSED, Status.LOGIN_REFUSED.sentence(), answer);
            case 404 -> isCloudBuilder() ? cloudBuilder(answer) : failure(answer, "/v1/tokens");
            default -> failure(answer, "/v1/tokens");
        };
    }

    /// Asks without a login what only a Cloud Builder asks a login of its own kind for.
    private boolean isCloudBuilder() {
        try (var answer = send("GET", "/v1/sddcs/about", Optional.empty(), false)) {
            return answer.header("WWW-Authenticate")
                    .filter(wanted -> wanted.startsWith("Basic"))
                    .isPresent();
        } catch (SourceFailed _) {
            return false;
        }
    }

    private Failure cloudBuilder(Outbound.Answer answer) {
        return told(
                Status.WRONG_ROLE,
                "This address is a Cloud Builder (4.x, 5.x), which keeps no passwords to read;"
                        + " import its bring-up file instead.",
                answer);
    }

    private Failure failure(Outbound.Answer answer, String path) {
        var place = path.split("\\?", 2)[0];
        if (isProxyWithoutService(answer, path)) {
            return told(Status.RESTARTING, Status.RESTARTING.sentence(), answer);
        }
        var status =
                switch (answer.status()) {
                    case 403 -> Status.NOT_ALLOWED;
                    case 404 -> Status.WRONG_ROLE;
                    case 429 -> Status.BUSY;
                    case 502, 503, 504 -> Status.RESTARTING;
                    default -> Status.FAILED;
                };
        var sentence = status == Status.FAILED ? unexpected(answer, place) : status.sentence();
        return told(status, sentence, answer);
    }

    private static String unexpected(Outbound.Answer answer, String place) {
        int status = answer.status();
        if (status == 401) {
            return "The appliance refused the token it had just issued; check its clock and its"
                    + " services, then sync again.";
        }
        return status / 100 == 3
                ? "The appliance leads %s elsewhere, which is not followed; enter the address of the appliance itself."
                        .formatted(place)
                : "The appliance answered %d to %s; look into its log, then sync again."
                        .formatted(status, place);
    }

    /// Adds what the appliance itself says, when it says it in JSON; never the password.
    private Failure told(Status status, String sentence, Outbound.Answer answer) {
        JsonNode error;
        try (var body = answer.body()) {
            error = VcfJson.MAPPER.readTree(new ByteArrayInputStream(body.readNBytes(64 * 1024)));
        } catch (IOException | JacksonException e) {
            error = VcfJson.MAPPER.createObjectNode(); // a proxy's page: says nothing that helps
        }
        return new Failure(
                status,
                sentence,
                Optional.of(answer.status()),
                Tolerant.optionalText(error, "message").map(this::withoutSecrets),
                Tolerant.optionalText(error, "remediationMessage").map(this::withoutSecrets),
                Tolerant.optionalText(error, "referenceToken").map(this::withoutSecrets),
                Optional.empty());
    }

    private String withoutSecrets(String text) {
        return text.replace(login.password().revealUtf8(), "…");
    }

    private static Duration waitOf(Outbound.Answer answer, Duration usual) {
        return answer.header("Retry-After")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(asked -> asked.compareTo(usual) > 0)
                .map(asked -> asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked)
                .orElse(usual);
    }
}
