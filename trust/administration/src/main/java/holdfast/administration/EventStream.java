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
import holdfast.kernel.Problem;
import holdfast.ledger.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Live events, by server-sent events or WebSocket. The cursor is the tenant's own sequence, so nothing is lost or told twice
/// between two streams, and each subscriber reads the ledger at its own pace: a slow one keeps nobody waiting.
final class EventStream {
    private static final int BATCH = 100;
    private static final int TENANTS = 20;

    /// Events; a browser that was away longer fetches again, which is cheaper than replaying.
    private static final int FAR = 10_000;

    /// How long a look at the right holds. What ends or narrows a right is an event itself, and every event wakes the stream:
    /// so this is for time limits, and for a subscriber that takes its events slowly.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final int QUIET =
            15; // looks without an event after which there is a sign of life
    private static final int SKIPPED = 1_000; // events after which the position is told

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
        var named = request.queries("tenant").stream().distinct().toList();
        if (named.size() > TENANTS) {
            throw Problem.MALFORMED.because(
                    "a stream is of %d tenants at the most".formatted(TENANTS));
        }
        var lanes =
                new EventLanes(
                        named.isEmpty()
                                ? List.of(lane("", policy.scope(request.caller(), READ_AUDIT)))
                                : named.stream().map(name -> lane(request, name)).toList());
        var after = request.query("after");
        lanes.startAt(after.or(() -> request.header("Last-Event-ID")), ledger);
        var feed = new Feed(request, lanes, EventFilter.of(request), after.isEmpty());
        return Response.events(feed::run);
    }

    private EventLanes.Lane lane(Request request, String name) {
        var proved = signIn.look(request, Optional.of(name)).orElseThrow(EventStream::ended);
        return lane(name, policy.scope(proved.principal(), READ_AUDIT));
    }

    private static EventLanes.Lane lane(String name, Scope scope) {
        return new EventLanes.Lane(name, scope.tenant());
    }

    private static holdfast.kernel.Refusal ended() {
        return Problem.UNAUTHENTICATED.because("the right to this stream has ended");
    }

    /// One subscriber, on its own thread.
    private final class Feed {
        private final Request request;
        private final EventLanes lanes;
        private final EventFilter wanted;
        private final boolean mayJump;
        private long skipped;

        /// @param mayJump tells of a gap instead of replaying more than [#FAR] events
        Feed(Request request, EventLanes lanes, EventFilter wanted, boolean mayJump) {
            this.request = request;
            this.lanes = lanes;
            this.wanted = wanted;
            this.mayJump = mayJump;
        }

        void run(Content.EventSink sink) throws IOException {
            if (mayJump) {
                jump(sink);
            }
            var bell = new Semaphore(0);
            try (var listening = new Listening(ledger.onAppend(bell::release))) {
                int quiet = 0;
                while (!sink.isClosing()) {
                    if (tell(sink) || listening.isRung(bell)) {
                        quiet = 0;
                    } else if (++quiet >= QUIET) {
                        rest(sink);
                        quiet = 0;
                    }
                }
            }
        }

        private void jump(Content.EventSink sink) throws IOException {
            boolean far = false;
            for (var lane : lanes.all()) {
                long newest = ledger.newest(lane.tenant);
                if (newest - lane.cursor > FAR) {
                    lane.cursor = newest;
                    far = true;
                }
            }
            if (far) {
                sink.event(lanes.id(), "gap", "{}");
            }
        }

        /// {@return whether there was an event}
        private boolean tell(Content.EventSink sink) throws IOException {
            boolean moved = false;
            for (var lane : lanes.all()) {
                moved |= tell(sink, lane);
            }
            return moved;
        }

        private boolean tell(Content.EventSink sink, EventLanes.Lane lane) throws IOException {
            var events = ledger.after(lane.tenant, lane.cursor, BATCH);
            var scope =
                    scope(lane); // after the events were taken: none is told that came later than
            // its end
            long looked = System.nanoTime();
            for (var entry : events) {
                if (System.nanoTime() - looked > LOOK.toNanos()) {
                    scope = scope(lane);
                    looked = System.nanoTime();
                }
                lane.cursor = entry.sequence();
                if (AuditTrail.isVisible(scope, entry) && wanted.matches(entry)) {
                    var view = EventView.inList(entry);
                    var told = lanes.isOfSeveral() ? view.of(lane.name) : view;
                    sink.event(lanes.id(), entry.action(), told.json());
                    skipped = 0;
                } else if (++skipped >= SKIPPED) {
                    rest(sink);
                }
            }
            return !events.isEmpty();
        }

        /// A sign of life, which says how far the stream is when that is further than the last event it told.
        private void rest(Content.EventSink sink) throws IOException {
            if (skipped > 0) {
                sink.position(lanes.id());
                skipped = 0;
            } else {
                sink.keepAlive();
            }
        }

        /// A stream ends with the session, the token or the right it was opened by, and keeps none of them alive.
        ///
        /// @throws holdfast.kernel.Refusal the right has ended
        private Scope scope(EventLanes.Lane lane) {
            var tenant = lane.name.isEmpty() ? request.tenant() : Optional.of(lane.name);
            return signIn.look(request, tenant)
                    .filter(proved -> policy.allowed(proved.principal()).contains(READ_AUDIT))
                    .map(proved -> policy.scope(proved.principal(), READ_AUDIT))
                    .orElseThrow(EventStream::ended);
        }
    }

    /// One subscription to the ledger's hints.
    private record Listening(AutoCloseable subscription) implements AutoCloseable {
        /// Waits a moment for new events.
        boolean isRung(Semaphore bell) {
            try {
                boolean rung = bell.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
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
