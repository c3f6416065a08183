package holdfast.http;

import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only servlet: finds the route, proves who asks, takes the limit, calls the handler, sends the answer.
public final class Dispatcher extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger ACCESS = LoggerFactory.getLogger("access");
    private static final long PATIENCE = 2; // seconds an excess request waits for its turn

    private final transient RouteTable table;
    private final transient SignIn signIn;
    private final transient Limits limits;
    private final transient StaticUi ui;
    private final transient Ids ids;
    private final transient Observer observer;
    private final transient Semaphore inFlight;
    private final transient Sender sender = new Sender(this::isStopping);
    private volatile boolean stopping;

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

    /// Tells live streams to end; they ask at every turn.
    void stop() {
        stopping = true;
    }

    private boolean isStopping() {
        return stopping;
    }

    @Override
    protected void service(HttpServletRequest from, HttpServletResponse to) throws IOException {
        var id = ids.next();
        long start = System.nanoTime();
        var seen = new Seen();
        try {
            ScopedValue.where(RequestId.CURRENT, id)
                    .call(() -> {
                        turn(from, to, id, seen);
                        return id;
                    });
        } finally {
            long took = System.nanoTime() - start;
            observer.answered(from.getMethod(), seen.route, to.getStatus(), took);
            log(from, to, id, seen, took);
        }
    }

    /// One turn: streams give their place back before they settle down to feed.
    private void turn(HttpServletRequest from, HttpServletResponse to, UUID id, Seen seen)
            throws IOException {
        boolean bodiless = from.getMethod().equals("HEAD");
        boolean admitted = admit();
        try {
            var response =
                    admitted
                            ? answer(from, id, seen)
                            : Problems.of(
                                    Problem.UNAVAILABLE
                                            .because(
                                                    "too many requests at once; try again in a moment")
                                            .with("retryAfter", PATIENCE),
                                    id);
            if (admitted && response.content() instanceof Content.Events) {
                inFlight.release();
                admitted = false;
            }
            send(response, bodiless, id, to);
        } finally {
            if (admitted) {
                inFlight.release();
            }
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
    private void send(Response response, boolean bodiless, UUID id, HttpServletResponse to)
            throws IOException {
        try {
            sender.send(response, bodiless, id, to);
        } catch (IOException | RuntimeException failure) {
            if (to.isCommitted()) {
                throw failure;
            }
            to.reset();
            sender.send(Problems.of(failure, id), bodiless, id, to);
        }
    }

    private Response answer(HttpServletRequest from, UUID id, Seen seen) {
        try {
            if (!from.getProtocol().startsWith("HTTP/1.")
                    && !from.getProtocol().startsWith("HTTP/2")) {
                throw Problem.MALFORMED.because("speak HTTP/1.1 or HTTP/2");
            }
            var path = CanonicalPath.of(from.getRequestURI());
            var request = new WireRequest(from, path, new Origin(from.getRemoteAddr(), id));
            var found = table.find(request.method(), path);
            if (found.isEmpty()) {
                return ui.answer(request, () -> signIn.prove(request).isPresent());
            }
            var route = found.get().route();
            seen.route = route.path();
            request.route(found.get());
            CrossSite.check(request);
            request.prove(signIn.prove(request));
            seen.principal = request.signedIn().map(who -> who.name()).orElse("-");
            var verdict = limits.take(route.rate(), request);
            if (!route.isPublic()) {
                request.caller(); // refuses before a byte of the body is read
            }
            var response = route.handler().handle(request);
            if (verdict.isEmpty()) {
                return response;
            }
            var headers = new LinkedHashMap<>(Limits.headers(verdict.get()));
            headers.putAll(response.headers());
            return new Response(response.status(), headers, response.content());
        } catch (RuntimeException failure) {
            return Problems.of(failure, id);
        }
    }

    private static void log(
            HttpServletRequest from, HttpServletResponse to, UUID id, Seen seen, long took) {
        ACCESS.atInfo()
                .addKeyValue("request", id)
                .addKeyValue("address", from.getRemoteAddr())
                .addKeyValue("principal", seen.principal)
                .addKeyValue("method", from.getMethod())
                .addKeyValue("route", seen.route)
                .addKeyValue("status", to.getStatus())
                .addKeyValue("micros", took / 1000)
                .log("answered");
    }

    /// What is known of a request by its end.
    private static final class Seen {
        private String route = "-";
        private String principal = "-";
    }
}
