package holdfast.administration;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.ledger.Event;
import holdfast.seal.KeyRing;
import holdfast.seal.SealRoom;
import holdfast.seal.SealStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// HTTP to the shares that open a root key after a start: nobody can sign in before, so a share is its own proof.
public final class ShareRoutes {
    private static final String SEAL = "/api/seal";
    private static final String PATH = SEAL + "/shares";
    private static final int MOST_STEPS = 1_000;

    private final SealRoom seal;
    private final Runnable opened;
    private final List<String> steps = new ArrayList<>(); // guarded by this

    /// @param opened runs when the root key has opened
    public ShareRoutes(SealRoom seal, Runnable opened) {
        this.seal = seal;
        this.opened = opened;
    }

    /// {@return what the running server answers too: that no share is waited for}
    List<Route> routes() {
        return List.of(
                new Route("POST", PATH, Access.PUBLIC, 4 * 1024, Rate.SIGN_IN, this::bring),
                new Route(
                        "POST",
                        PATH + "/forget",
                        Access.PUBLIC,
                        4 * 1024,
                        Rate.SIGN_IN,
                        this::forget));
    }

    /// {@return the whole table of a server whose root key waits: everything else answers SEALED}
    public List<Route> whileSealed() {
        var all = new ArrayList<>(routes());
        all.add(new Route("GET", SEAL, Access.PUBLIC, 0, Rate.API, this::read));
        all.add(
                new Route(
                        "GET",
                        "/health/live",
                        Access.PUBLIC,
                        0,
                        Rate.FREE,
                        _ -> Response.json(new Alive("ok"))));
        for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            all.add(
                    new Route(
                            method, "/{path*}", Access.PUBLIC, 0, Rate.FREE, ShareRoutes::sealed));
        }
        return List.copyOf(all);
    }

    /// @param share as its holder wrote it down
    record Share(SecretBytes share) {}

    record Alive(String status) {}

    /// What may be told to everybody.
    ///
    /// @param split how many shares there are, how many it takes, and how many have come
    record Waiting(String method, boolean open, Optional<SealStatus.Shares> split) {
        static Waiting of(SealStatus status) {
            return new Waiting(status.method(), status.open(), status.shares());
        }
    }

    private Response read(Request request) {
        return Response.json(Waiting.of(seal.seal().status()));
    }

    private Response bring(Request request) {
        try (var given = request.json(Share.class).share()) {
            requireWaiting();
            var share = ring().share(given.revealUtf8());
            int number = share.number();
            var status = ring().bring(share);
            told("share " + number + " brought", request);
            if (status.open()) {
                opened.run();
            }
            return Response.json(Waiting.of(status));
        }
    }

    private Response forget(Request request) {
        try (var given = request.json(Share.class).share()) {
            requireWaiting();
            var share = ring().share(given.revealUtf8());
            int number = share.number();
            var status = ring().forgetShares(share);
            told("all forgotten by share " + number, request);
            return Response.json(Waiting.of(status));
        }
    }

    /// The ledger waits for the same key, so what was done is kept until it can be told.
    private synchronized void told(String what, Request request) {
        if (steps.size() < MOST_STEPS) {
            steps.add(what + " from " + request.origin().address());
        }
    }

    /// {@return what the ledger is told once the root key is open}
    public synchronized Event opening() {
        return new AdministrationEvent.SealOpened(List.copyOf(steps));
    }

    private void requireWaiting() {
        if (seal.seal().status().open()) {
            throw Problem.CONFLICT.because("the root key waits for no share");
        }
    }

    private KeyRing ring() {
        return seal.keys();
    }

    private static Response sealed(Request request) {
        throw Problem.SEALED.because(
                "the root key waits for its shares: their holders bring them by holdfast unseal");
    }
}
