package holdfast.identity;

import holdfast.http.Request;
import holdfast.http.SignIn;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Standing;
import holdfast.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The only [SignIn]: a bearer token, or the cookie of a session.
final class RequestSignIn implements SignIn {
    private static final String BEARER = "bearer ";

    /// Sent with what a browser asks on its own, while nobody types or points: it is no use of the session.
    private static final String BACKGROUND = "X-Background";

    private final Proofs proofs;
    private final Minting minting;
    private final Tenants tenants;
    private final InstantSource clock;

    RequestSignIn(Proofs proofs, Minting minting, Tenants tenants, InstantSource clock) {
        this.proofs = proofs;
        this.minting = minting;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public Optional<Proved> prove(Request request) {
        var proved = look(request);
        if (request.header(BACKGROUND).isEmpty()) {
            proved.ifPresent(this::used);
        }
        return proved;
    }

    private void used(Proved proved) {
        switch ((Credential) proved.credential()) {
            case Credential.OfSession(var session) -> proofs.seen(session);
            case Credential.OfToken(var token) -> proofs.used(token);
        }
    }

    /// A request that carries a bearer token is judged by it alone.
    @Override
    public Optional<Proved> look(Request request) {
        var proved =
                request.header("Authorization").isPresent()
                        ? request.header("Authorization").flatMap(text -> byToken(text, request))
                        : SessionCookie.of(request).flatMap(cookie -> bySession(cookie, request));
        proved.ifPresent(one -> tenants.requireActive(one.principal().tenant()));
        return proved;
    }

    private Optional<Proved> bySession(String cookie, Request request) {
        var hash = minting.hash(cookie);
        var found =
                proofs.session(hash)
                        .filter(proof -> !isIdle(proof.session()))
                        .or(() -> proofs.reread(hash))
                        .filter(proof -> isGood(proof.session()) && !proof.user().disabled());
        return found.map(proof ->
                new Proved(
                        principal(proof.session(), proof.user(), request.origin()),
                        new Credential.OfSession(proof.session())));
    }

    static Principal principal(Session session, User user, Origin origin) {
        var standing =
                user.mustChange()
                        ? new Standing(Optional.of(session.confirmed()), Optional.of(Set.of()))
                        : Standing.ofSession(session.confirmed());
        return new Principal(
                user.id(), Principal.Kind.USER, user.name(), session.tenant(), origin, standing);
    }

    private Optional<Proved> byToken(String authorization, Request request) {
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        var hash = minting.hash(authorization.substring(BEARER.length()).strip());
        var found = proofs.token(hash).filter(proof -> isGood(proof, request.origin().address()));
        return found.map(proof ->
                new Proved(
                        principal(proof, request.origin()), new Credential.OfToken(proof.token())));
    }

    /// The id is the maker's, so that roles and own actions are theirs; the name tells the token.
    private static Principal principal(Proofs.OfToken proof, Origin origin) {
        return new Principal(
                proof.user().id(),
                Principal.Kind.MACHINE,
                proof.user().name() + "/" + proof.token().name(),
                proof.token().tenant(),
                origin,
                Standing.ofToken(
                        proof.user().mustChange() ? Set.of() : proof.token().permissions()));
    }

    private boolean isGood(Session session) {
        return ends(session).isAfter(clock.instant()) && !isIdle(session);
    }

    private boolean isGood(Proofs.OfToken proof, String address) {
        var ranges = proof.token().addresses();
        return proof.token().expires().isAfter(clock.instant())
                && !proof.user().disabled()
                && (ranges.isEmpty()
                        || ranges.stream()
                                .flatMap(range -> AddressRange.of(range).stream())
                                .anyMatch(range -> range.contains(address)));
    }

    private boolean isIdle(Session session) {
        var idle = tenants.settings(session.tenant()).sessionIdle();
        return !session.lastSeen().plus(idle).isAfter(clock.instant());
    }

    /// The limit in force may be shorter now than it was when the session began.
    private Instant ends(Session session) {
        var now = session.created().plus(tenants.settings(session.tenant()).sessionAbsolute());
        return now.isBefore(session.expires()) ? now : session.expires();
    }
}
