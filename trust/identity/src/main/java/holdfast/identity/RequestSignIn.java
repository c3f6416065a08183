package holdfast.identity;

import holdfast.access.Roles;
import holdfast.http.Request;
import holdfast.http.SignIn;
import holdfast.identity.SignedIn.Credential;
import holdfast.kernel.Network;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
    private final Roles roles;
    private final InstantSource clock;

    RequestSignIn(
            Proofs proofs, Minting minting, Tenants tenants, Roles roles, InstantSource clock) {
        this.proofs = proofs;
        this.minting = minting;
        this.tenants = tenants;
        this.roles = roles;
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

    @Override
    public Optional<Proved> look(Request request) {
        return look(request, request.tenant());
    }

    /// A request that carries a bearer token is judged by it alone.
    @Override
    public Optional<Proved> look(Request request, Optional<String> tenant) {
        var proved =
                request.header("Authorization").isPresent()
                        ? request.header("Authorization").flatMap(text -> byToken(text, request))
                        : SessionCookie.of(request).flatMap(cookie -> bySession(cookie, request));
        var placed = proved.map(one -> tenant.map(name -> in(name, one)).orElse(one));
        placed.ifPresent(one -> requireOpen(one.principal()));
        return placed;
    }

    /// Before anything else: the tenant is active and lets people come from this address.
    private void requireOpen(Principal principal) {
        tenants.requireActive(principal.tenant());
        var ranges =
                tenants.find(principal.tenant())
                        .map(tenant -> tenant.rules().addresses())
                        .orElse(List.of());
        if (!comesFrom(ranges, principal.origin().address())) {
            throw Problem.NOT_PERMITTED.because("the tenant is not reached from this address");
        }
    }

    /// {@return the same caller in the tenant that the address names}
    ///
    /// @throws holdfast.kernel.Refusal NOT_FOUND when there is none, and when the caller does not belong to it
    private Proved in(String name, Proved proved) {
        var principal = proved.principal();
        var tenant =
                tenants.named(name)
                        .map(Tenant::id)
                        .filter(id -> belongsTo(id, principal, proved.credential()))
                        .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such tenant"));
        return new Proved(principal.in(tenant), proved.credential());
    }

    /// A token is of one tenant; a session is of whoever signed in.
    private boolean belongsTo(TenantId tenant, Principal principal, Object credential) {
        return tenant.equals(principal.tenant())
                || (credential instanceof Credential.OfSession
                        && !roles.of(tenant, principal.id()).isEmpty());
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
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        var hash = minting.hash(authorization.substring(BEARER.length()).strip());
        var found = proofs.token(hash).filter(proof -> isGood(proof, request.origin().address()));
        return found.map(proof ->
                new Proved(
                        principal(proof, request.origin()), new Credential.OfToken(proof.token())));
    }

    /// Id and kind are those of the user or machine, so that roles and own things are theirs; the name tells the token.
    private static Principal principal(Proofs.OfToken proof, Origin origin) {
        return new Principal(
                proof.actor().id(),
                proof.actor().kind(),
                proof.actor().name() + "/" + proof.token().name(),
                proof.token().tenant(),
                origin,
                proof.standing());
    }

    private boolean isGood(Session session) {
        return ends(session).isAfter(clock.instant()) && !isIdle(session);
    }

    private boolean isGood(Proofs.OfToken proof, String address) {
        var ranges = proof.token().addresses();
        return proof.token().expires().isAfter(clock.instant())
                && !proof.actor().disabled()
                && comesFrom(ranges, address);
    }

    private static boolean comesFrom(List<String> ranges, String address) {
        return ranges.isEmpty()
                || ranges.stream()
                        .flatMap(range -> Network.read(range).stream())
                        .anyMatch(range -> range.contains(address));
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
