package holdfast.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Access and refresh tokens of one appliance. Safe to call from many threads.
final class Tokens {
    private static final List<String> ADMIN_SCOPE =
            List.of(
                    "BACKUP_CONFIG_READ",
                    "CREDENTIAL_READ",
                    "USER_WRITE",
                    "OTHER_WRITE",
                    "BACKUP_CONFIG_WRITE",
                    "OTHER_READ",
                    "USER_READ",
                    "CREDENTIAL_WRITE");
    private static final List<String> OTHER_SCOPE = List.of("OTHER_READ");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private record Grant(User user, Instant expires) {}

    private final World world;
    private final RandomGenerator random;
    private final Map<String, Grant> access = new HashMap<>();
    private final Map<String, Grant> refresh = new HashMap<>();

    Tokens(World world) {
        this.world = world;
        this.random = world.seed().random("tokens");
    }

    /// Returns an access token.
    synchronized String issue(User user) {
        var now = world.now();
        var expires = now.plusSeconds(world.switches().number(Switch.TOKEN_TTL));
        var token =
                world.switches().is(Switch.TOKEN_SHAPE, "jwt")
                        ? jwt(user, now, expires)
                        : "opaque-" + Seed.id(random);
        access.put(token, new Grant(user, expires));
        return token;
    }

    /// Returns the id of a refresh token.
    synchronized String issueRefresh(User user) {
        var id = Seed.id(random);
        refresh.put(id, new Grant(user, expiry(Switch.REFRESH_TTL)));
        return id;
    }

    private Instant expiry(Switch ttl) {
        return world.now().plusSeconds(world.switches().number(ttl));
    }

    /// Whose `id` is; nothing when it is unknown, revoked or over.
    synchronized Optional<User> refreshing(String id) {
        return Optional.ofNullable(refresh.get(id))
                .filter(grant -> world.now().isBefore(grant.expires()))
                .map(Grant::user);
    }

    synchronized void revokeRefresh(String id) {
        refresh.remove(id);
    }

    /// @throws Refused 401: no token, an unknown one, or one that is over
    synchronized User holder(Request request) {
        var grant =
                bearer(request).map(access::get).orElseThrow(() -> unauthorized("TOKEN_NOT_FOUND"));
        if (!world.now().isBefore(grant.expires())) {
            throw expired();
        }
        return grant.user();
    }

    /// The token of `request` is over from now on.
    synchronized void kill(Request request) {
        bearer(request)
                .ifPresent(token ->
                        access.computeIfPresent(
                                token, (_, grant) -> new Grant(grant.user(), world.now())));
    }

    Refused expired() {
        var setting = world.switches().setting(Switch.EXPIRED_TOKEN);
        return setting.equals("no-body") ? new Refused(Reply.empty(401)) : unauthorized(setting);
    }

    private static Refused unauthorized(String code) {
        return new Refused(
                new Trouble(code, "AUTHENTICATION", "Token was not found or is not valid.")
                        .reply(401));
    }

    private static Optional<String> bearer(Request request) {
        return request.header("Authorization")
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()));
    }

    /// Looks like the vendor's; the signature is noise, for no client can check it.
    private String jwt(User user, Instant from, Instant until) {
        var claims = Json.object();
        claims.put("jti", Seed.id(random));
        claims.put("iss", "vcf-auth").put("aud", "sddc-services");
        claims.put("sub", user.name()).put("user", user.name()).put("name", user.name());
        claims.put("iat", from.getEpochSecond()).put("nbf", from.getEpochSecond());
        claims.put("exp", until.getEpochSecond());
        claims.set("scope", Json.strings(user.role().equals("ADMIN") ? ADMIN_SCOPE : OTHER_SCOPE));
        var signature = new byte[32];
        random.nextBytes(signature);
        return encode("{\"alg\":\"HS256\"}")
                + "."
                + encode(claims.toString())
                + "."
                + BASE64.encodeToString(signature);
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
