package holdfast.server;

import holdfast.http.Content;
import holdfast.http.Observer;
import holdfast.http.Repeats;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.SignIn;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/// The only servlet: finds the route, proves who asks, takes the limit, calls the handler, sends the answer.
public final class Dispatcher extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final long PATIENCE = 2; // seconds an excess request waits for its turn
    private static final Duration QUIET = Duration.ofSeconds(15); // proxies cut after 30 to 60

    /// Any token is a method (RFC 9110 §9.1): strangers choose no names for what is counted.
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final transient RouteTable table;
    private final transient SignIn signIn;
    private final transient Limits limits;
    private final transient StaticUi ui;
    private final transient Ids ids;
    private final transient Observer observer;
    private final transient Semaphore inFlight;
    private final transient Streams streams = new Streams(QUIET);
    private final transient Sender sender = new Sender(streams);
    private final AtomicInteger open = new AtomicInteger();
    private transient WebSockets sockets = new WebSockets(QUIET, QUIET);
    private transient volatile boolean leaving;
    private transient Repeatable repeatable = new Repeatable(Repeats.NONE);
    private transient Proxies proxies = new Proxies(List.of(), ProxyHeader.X_FORWARDED_FOR);

    /// @param inFlight how many requests are answered at once; live streams do not count
    public Dispatcher(
            RouteTable table,
            SignIn signIn,
            Limits limits,
            StaticUi ui,
            Ids ids,
            Observer observer,
            int inFlight) {
        this.table = table;
        this.signIn = signIn;
        this.limits = limits;
        this.ui = ui;
        this.ids = ids;
        this.observer = observer;
        this.inFlight = new Semaphore(inFlight);
    }

    /// Before the first request: whose word about the client's address counts, and how long a subscriber may take for an event.
    void believe(Proxies declared, Duration slowClient) {
        proxies = declared;
        sockets = new WebSockets(QUIET, slowClient);
    }

    /// Says to clients of HTTP/1.1 that their connection ends: the next request is another process's.
    void leave() {
        leaving = true;
    }

    /// Before the first request: what remembers the outcome of writes that may be repeated.
    public Dispatcher remember(Repeats repeats) {
        repeatable = new Repeatable(repeats);
        return this;
    }

    /// Ends the live streams.
    void stop() {
        streams.stop();
        sockets.stop();
    }

    /// {@return how many requests and streams are not answered to their end}
    int open() {
        return open.get() + sockets.open();
    }

    @Override
    protected void service(HttpServletRequest from, HttpServletResponse to) throws IOException {
        var id = ids.next();
        long start = System.nanoTime();
        var seen = new AccessLog.Line();
        if (leaving && from.getProtocol().startsWith("HTTP/1.") && !WebSockets.isAsked(from)) {
            to.setHeader("Connection", "close");
        }
        var origin = new Origin(client(from), id);
        observer.open(open.incrementAndGet());
        try (var _ =
                MDC.putCloseable("request", id.toString())) { // each line that is logged names it
            turn(from, to, origin, seen);
        } finally {
            observer.open(open.decrementAndGet());
            long took = System.nanoTime() - start;
            var method = METHODS.contains(from.getMethod()) ? from.getMethod() : "OTHER";
            observer.answered(method, seen.route, to.getStatus(), took);
            AccessLog.write(id, origin.address(), method, to.getStatus(), took, seen);
        }
    }

    private String client(HttpServletRequest from) {
        return proxies.client(
                from.getRemoteAddr(), Collections.list(from.getHeaders(proxies.header())));
    }

    /// One turn: streams give their place back before they settle down to feed.
    private void turn(
            HttpServletRequest from, HttpServletResponse to, Origin origin, AccessLog.Line seen)
            throws IOException {
        var id = origin.request();
        boolean bodiless = from.getMethod().equals("HEAD");
        boolean admitted = admit();
        try {
            var response =
                    admitted
                            ? answer(from, origin, seen)
                            : Problems.of(
                                    Problem.UNAVAILABLE
                                            .because(
                                                    "too many requests at once; try again in a"
                                                            + " moment")
                                            .with("retryAfter", PATIENCE),
                                    id);
            if (admitted && response.content() instanceof Content.Events) {
                inFlight.release();
                admitted = false;
            }
            if (response.content() instanceof Content.Events(Streams.Place place)) {
                live(response, place, from, to, id, seen);
            } else {
                send(response, bodiless, id, to, seen);
            }
        } finally {
            if (admitted) {
                inFlight.release();
            }
        }
    }

    private void live(
            Response response,
            Streams.Place place,
            HttpServletRequest from,
            HttpServletResponse to,
            UUID id,
            AccessLog.Line seen)
            throws IOException {
        if (WebSockets.isAsked(from)) {
            sockets.open(place, id, from, to);
            return;
        }
        try (place) {
            send(response, from.getMethod().equals("HEAD"), id, to, seen);
        }
    }

    private boolean admit() {
        try {
            return inFlight.tryAcquire(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A failure before the first byte becomes a problem; after it the connection is cut, and the client sees that.
    private void send(
            Response response,
            boolean bodiless,
            UUID id,
            HttpServletResponse to,
            AccessLog.Line seen)
            throws IOException {
        try {
            sender.send(response, bodiless, id, to, sent -> seen.bytes = sent);
        } catch (IOException | RuntimeException failure) {
            if (to.isCommitted()) {
                throw failure;
            }
            to.reset();
            sender.send(Problems.of(failure, id), bodiless, id, to, sent -> seen.bytes = sent);
        }
    }

    private Response answer(HttpServletRequest from, Origin origin, AccessLog.Line seen) {
        try {
            if (!from.getProtocol().startsWith("HTTP/1.")
                    && !from.getProtocol().startsWith("HTTP/2")) {
                throw Problem.MALFORMED.because("speak HTTP/1.1 or HTTP/2");
            }
            var address = TenantAddress.of(CanonicalPath.of(from.getRequestURI()));
            var request = new WireRequest(from, address, origin);
            var found = table.find(request.method(), address.path());
            if (found.isEmpty()) {
                return ui.answer(request, () -> signIn.prove(request).isPresent());
            }
            var route = found.get().route();
            seen.route = route.path();
            request.route(found.get());
            told(origin, request, () -> CrossSite.check(request));
            if (WebSockets.isAsked(from)) {
                told(origin, request, () -> CrossSite.checkSocket(request));
            }
            told(origin, request, () -> limits.requireLeft(request));
            request.prove(signIn.prove(request));
            if (route.isPublic() && request.tenant().isPresent()) {
                throw Problem.NOT_FOUND.because("this belongs to no tenant");
            }
            seen.principal = request.signedIn().map(who -> who.name()).orElse("-");
            var verdict = limits.take(route.rate(), request);
            if (verdict.isPresent() && !verdict.get().allowed()) {
                var refusal = Limits.refusal(verdict.get());
                told(origin, request, refusal);
                request.signedIn()
                        .filter(limits::isNews)
                        .ifPresent(who -> observer.limited(who, route.path()));
                return Limits.told(verdict.get(), Problems.of(refusal, origin.request()));
            }
            if (!route.isPublic()) {
                told(origin, request, request::caller); // before a byte of the body is read
            }
            var handled =
                    repeatable.answer(
                            route, request, () -> address.placed(route.handler().handle(request)));
            var response = streams.admit(handled, request);
            return verdict.isEmpty() ? response : Limits.told(verdict.get(), response);
        } catch (Refusal refusal) {
            return refusal.problem() == Problem.UNAUTHENTICATED && isNavigation(from)
                    ? Response.seeOther("/login")
                    : Problems.of(refusal, origin.request());
        } catch (RuntimeException failure) {
            return Problems.of(failure, origin.request());
        }
    }

    private void told(Origin origin, Request request, Runnable check) {
        try {
            check.run();
        } catch (Refusal refusal) {
            told(origin, request, refusal);
            throw refusal;
        }
    }

    private void told(Origin origin, Request request, Refusal refusal) {
        if (request.signedIn().isEmpty()) {
            observer.refused(origin.address(), refusal.problem().code());
        }
    }

    /// Somebody followed a link or typed an address: show the sign-in page, not a problem.
    private static boolean isNavigation(HttpServletRequest from) {
        return from.getMethod().equals("GET")
                && "navigate".equals(from.getHeader("Sec-Fetch-Mode"));
    }
}
