package holdfast.identity;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.identity.PasswordSignIn.Attempt;
import holdfast.identity.Sessions.Started;
import holdfast.identity.SignedIn.Credential;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.passwords.PasswordRules;
import holdfast.passwords.ProofOfWork;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// HTTP to [PasswordSignIn] and [FirstRun]: ways in and out.
final class SignInRoutes {
    private static final int SMALL = 8 * 1024; // bytes

    private final PasswordSignIn signIn;
    private final FirstRun firstRun;
    private final Sessions sessions;
    private final SignedIn signedIn;
    private final PasswordRules rules;
    private final ProofOfWork proof;
    private final Lockout lockout;

    SignInRoutes(
            PasswordSignIn signIn,
            FirstRun firstRun,
            Sessions sessions,
            SignedIn signedIn,
            PasswordRules rules,
            ProofOfWork proof,
            Lockout lockout) {
        this.signIn = signIn;
        this.firstRun = firstRun;
        this.sessions = sessions;
        this.signedIn = signedIn;
        this.rules = rules;
        this.proof = proof;
        this.lockout = lockout;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/setup", Access.PUBLIC, SMALL, Rate.SIGN_IN, this::setUp),
                new Route("POST", "/login", Access.PUBLIC, SMALL, Rate.SIGN_IN, this::form),
                new Route("POST", "/logout", Access.PUBLIC, SMALL, Rate.API, this::formOut),
                new Route(
                        "POST", "/api/auth/sign-in", Access.PUBLIC, SMALL, Rate.SIGN_IN, this::in),
                new Route(
                        "GET",
                        "/api/auth/challenge",
                        Access.PUBLIC,
                        0,
                        Rate.SIGN_IN,
                        this::challenge),
                new Route("POST", "/api/auth/sign-out", Access.SIGNED_IN, 0, Rate.API, this::out),
                new Route(
                        "POST",
                        "/api/passwords/strength",
                        Access.PUBLIC,
                        SMALL,
                        Rate.API,
                        this::strength));
    }

    private Response setUp(Request request) {
        var form = request.json(FirstRun.Form.class);
        var started = firstRun.complete(form, request.origin(), client(request));
        return welcome(201, started, request);
    }

    private Response in(Request request) {
        var body = request.json(SignInBody.class);
        var started =
                signIn.signIn(
                        new Attempt(
                                body.username(),
                                body.password(),
                                body.proof(),
                                request.origin(),
                                client(request)));
        leave(request);
        return welcome(200, started, request);
    }

    /// A plain form gets pages for answers, never problems.
    private Response form(Request request) {
        try {
            var started =
                    signIn.signIn(
                            new Attempt(
                                    field(request, "username"),
                                    field(request, "password"),
                                    Optional.empty(),
                                    request.origin(),
                                    client(request)));
            leave(request);
            var page = NextPage.of(request).map(NextPage::location).orElse("/dashboard");
            return SessionCookie.put(Response.seeOther(page), started.token());
        } catch (Refusal refusal) {
            var code = URLEncoder.encode(refusal.problem().code(), StandardCharsets.UTF_8);
            var next = NextPage.of(request).map(NextPage::parameter).orElse("");
            return Response.seeOther("/login?problem=" + code + next);
        }
    }

    private Response challenge(Request request) {
        return Response.json(proof.challenge(lockout.strain("", request.origin().address())));
    }

    private Response out(Request request) {
        leave(request);
        return SessionCookie.clear(Response.empty(204));
    }

    private Response formOut(Request request) {
        leave(request);
        return SessionCookie.clear(Response.seeOther("/login"));
    }

    private Response strength(Request request) {
        var body = request.json(StrengthBody.class);
        return Response.json(rules.estimate(body.password(), body.username().orElse("")));
    }

    /// Ends the session that the request came with; the next one has another id.
    private void leave(Request request) {
        request.credential()
                .filter(Credential.OfSession.class::isInstance)
                .map(Credential.OfSession.class::cast)
                .ifPresent(one -> sessions.signOut(request.caller(), one.session()));
    }

    private Response welcome(int status, Started started, Request request) {
        var principal =
                RequestSignIn.principal(started.session(), started.user(), request.origin());
        return SessionCookie.put(
                Response.json(status, signedIn.me(principal, Optional.of(started.session()))),
                started.token());
    }

    static String client(Request request) {
        return request.header("User-Agent").orElse("");
    }

    private static String field(Request request, String name) {
        return request.form(name)
                .orElseThrow(() ->
                        Refusal.of(
                                List.of(
                                        new FieldError(
                                                "/" + name,
                                                "required",
                                                name + " is missing",
                                                Map.of()))));
    }

    record SignInBody(String username, String password, Optional<ProofOfWork.Solution> proof) {
        @Override
        public String toString() {
            return "SignInBody[redacted]";
        }
    }

    record StrengthBody(String password, Optional<String> username) {
        @Override
        public String toString() {
            return "StrengthBody[redacted]";
        }
    }
}
