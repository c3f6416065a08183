package holdfast.infrastructure;

import static holdfast.access.Action.READ_ENVIRONMENT;

import holdfast.access.Policy;
import holdfast.http.Content;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Principal;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/// The steps of one run as server-sent events: `progress` for each, then `end`.
final class RunStream {
    /// Between two looks whether the run has ended, the right is gone or the stream must end.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Environments environments;
    private final Policy policy;
    private final JsonMapper json = JsonMapper.builder().build();

    RunStream(Environments environments, Policy policy) {
        this.environments = environments;
        this.policy = policy;
    }

    Route route() {
        return new Route(
                "GET",
                "/api/environments/{id}/runs/{run}/events",
                READ_ENVIRONMENT,
                0,
                Rate.API,
                this::open);
    }

    private Response open(Request request) {
        var caller = request.caller();
        var id = request.id("id");
        var run = request.id("run");
        look(caller, id, run, 0, Duration.ZERO); // refuses before the stream begins
        return Response.events(sink -> feed(sink, caller, id, run));
    }

    private void feed(Content.EventSink sink, Principal caller, UUID id, UUID run)
            throws IOException {
        long seen = 0;
        while (!sink.isClosing()) {
            var now = look(caller, id, run, seen, PATIENCE);
            if (now.edition() > seen) {
                sink.event(
                        Long.toString(now.edition()),
                        "progress",
                        json.writeValueAsString(now.sources()));
            }
            if (now.ended()) {
                sink.event("", "end", "{}");
                return;
            }
            seen = now.edition();
        }
    }

    private Progress.View look(Principal caller, UUID id, UUID run, long seen, Duration patience) {
        var permit = policy.permit(caller, READ_ENVIRONMENT, Environments.resource(id));
        return environments.progress(permit, id, run, seen, patience);
    }
}
