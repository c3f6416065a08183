package holdfast.identity;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import java.time.Instant;
import java.util.List;

/// HTTP to what belongs to whoever is signed in: profile, password, sessions.
final class MeRoutes {
    private static final int SMALL = 8 * 1024; // bytes

    private final SignedIn signedIn;
    private final PasswordSignIn signIn;
    private final Sessions sessions;

    MeRoutes(SignedIn signedIn, PasswordSignIn signIn, Sessions sessions) {
        this.signedIn = signedIn;
        this.signIn = signIn;
        this.sessions = sessions;
    }

    List<Route> routes() {
        var mine = Access.SIGNED_IN;
        return List.of(
                new Route("GET", "/api/me", mine, 0, Rate.API, this::me),
                new Route("POST", "/api/auth/step-up", mine, SMALL, Rate.SIGN_IN, this::confirm),
                new Route("POST", "/api/me/password", mine, SMALL, Rate.SIGN_IN, this::password),
                new Route("GET", "/api/me/sessions", mine, 0, Rate.API, this::list),
                new Route("DELETE", "/api/me/sessions", mine, 0, Rate.API, this::endOthers),
                new Route("DELETE", "/api/me/sessions/{session}", mine, 0, Rate.API, this::end));
    }

    private Response me(Request request) {
        return Response.json(signedIn.me(request.caller(), SignedIn.session(request.credential())));
    }

    private Response confirm(Request request) {
        var session = SignedIn.session(request);
        var body = request.json(Confirmation.class);
        var until = signIn.confirm(request.caller(), session, body.password());
        return Response.json(new Confirmed(until));
    }

    private Response password(Request request) {
        var session = SignedIn.session(request);
        var body = request.json(Change.class);
        var token =
                signIn.changePassword(
                        request.caller(), session, body.currentPassword(), body.newPassword());
        return SessionCookie.put(Response.empty(204), token);
    }

    private Response list(Request request) {
        var current = SignedIn.session(request.credential()).map(Session::id);
        return Response.json(
                Views.list(
                        sessions.of(request.caller().id()).stream()
                                .map(session -> Views.session(session, current))
                                .toList()));
    }

    private Response endOthers(Request request) {
        sessions.endOthers(request.caller(), SignedIn.session(request));
        return Response.empty(204);
    }

    private Response end(Request request) {
        SignedIn.session(request);
        sessions.end(request.caller(), request.caller().id(), request.id("session"));
        return Response.empty(204);
    }

    record Confirmation(String password) {
        @Override
        public String toString() {
            return "Confirmation[redacted]";
        }
    }

    record Confirmed(Instant until) {}

    record Change(String currentPassword, String newPassword) {
        @Override
        public String toString() {
            return "Change[redacted]";
        }
    }
}
