package holdfast.administration;

import static holdfast.access.Action.READ_AUDIT;

import holdfast.access.Policy;
import holdfast.access.Scope;
import holdfast.http.Access;
import holdfast.http.Content;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.http.SignIn;
import holdfast.kernel.Refusal;
import holdfast.ledger.Entry;
import holdfast.ledger.Ledger;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Live events by server-sent events. The cursor is the tenant's own sequence, so nothing is lost between two streams.
final class EventStream {
    private static final int BATCH = 100;
    private static final int FAR =
            10_000; // events; beyond it fetching again is cheaper than replaying
    private static final int PAUSE = 1; // seconds between two looks whether the stream must end
    private static final int QUIET =
            15; // looks without an event after which a comment keeps proxies content

    private final Policy policy;
    private final SignIn signIn;
    private final Ledger ledger;

    EventStream(Policy policy, SignIn signIn, Ledger ledger) {
        this.policy = policy;
        this.signIn = signIn;
        this.ledger = ledger;
    }

    List<Route> routes() {
        return List.of(new Route("GET", "/api/events", Access.SIGNED_IN, 0, Rate.API, this::open));
    }

    private Response open(Request request) {
        var scope = policy.scope(request.caller(), READ_AUDIT);
        var type = request.query("type").orElse("");
        var last = request.header("Last-Event-ID").flatMap(EventStream::number);
        return Response.events(sink -> feed(sink, request, scope, last, type));
    }

    private void feed(
            Content.EventSink sink, Request request, Scope scope, Optional<Long> last, String type)
            throws IOException {
        var tenant = scope.tenant();
        long newest = ledger.newest(tenant);
        long cursor = Math.min(last.orElse(newest), newest);
        if (newest - cursor > FAR) {
            sink.event(String.valueOf(newest), "gap", "{}");
            cursor = newest;
        }
        var bell = new Semaphore(0);
        try (var listening = new Listening(ledger.onAppend(bell::release))) {
            int quiet = 0;
            while (!sink.isClosing()) {
                var events = ledger.after(tenant, cursor, BATCH);
                if (events.isEmpty()) {
                    quiet = listening.isRung(bell) ? 0 : quiet + 1;
                    if (quiet >= QUIET) {
                        sink.keepAlive();
                        quiet = 0;
                    }
                }
                var now = stillAllowed(request);
                if (now.isEmpty()) {
                    return;
                }
                for (var entry : events) {
                    if (AuditTrail.isVisible(now.get(), entry) && isOf(entry, type)) {
                        sink.event(
                                String.valueOf(entry.sequence()),
                                entry.action(),
                                EventView.inList(entry).json());
                    }
                    cursor = entry.sequence();
                }
            }
        }
    }

    /// A stream ends with the session, the token or the right it was opened by, and keeps none of them alive.
    private Optional<Scope> stillAllowed(Request request) {
        try {
            return signIn.look(request)
                    .filter(proved -> policy.allowed(proved.principal()).contains(READ_AUDIT))
                    .map(proved -> policy.scope(proved.principal(), READ_AUDIT));
        } catch (Refusal _) {
            return Optional.empty();
        }
    }

    private static boolean isOf(Entry entry, String type) {
        return type.isEmpty()
                || entry.action().equals(type)
                || (type.endsWith(".") && entry.action().startsWith(type));
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Math.max(0, Long.parseLong(text)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// One subscription to the ledger's hints.
    private record Listening(AutoCloseable subscription) implements AutoCloseable {
        /// Waits a moment for new events.
        boolean isRung(Semaphore bell) {
            try {
                boolean rung = bell.tryAcquire(PAUSE, TimeUnit.SECONDS);
                bell.drainPermits();
                return rung;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                subscription.close();
            } catch (Exception e) {
                throw new IOException("the subscription did not end", e);
            }
        }
    }
}
