package holdfast.server;

import holdfast.http.Response;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// RFC 9457 §3. The only place where a failure gets its form; dispatcher and [ProblemValve] send it.
final class Problems {
    static final String TYPE = "application/problem+json";
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static Response of(Throwable failure, UUID id) {
        if (failure instanceof Refusal refusal) {
            return of(refusal, id);
        }
        LOG.atError().addKeyValue("request", id).setCause(failure).log("unexpected failure");
        return render(
                Problem.INTERNAL,
                "Something failed inside. Give the instance to your operator.",
                Map.of(),
                List.of(),
                id);
    }

    /// What the HTTP server refused by itself, before any route was asked.
    static Response of(int status, UUID id) {
        var problem =
                switch (status) {
                    case 404 -> Problem.NOT_FOUND;
                    case 405 -> Problem.METHOD_NOT_ALLOWED;
                    case 413 -> Problem.TOO_LARGE;
                    case 431 -> Problem.HEADERS_TOO_LARGE;
                    case 503 -> Problem.UNAVAILABLE;
                    default ->
                            status >= 500 && status != 501 && status != 505
                                    ? Problem.INTERNAL
                                    : Problem.MALFORMED;
                };
        return render(problem, problem.title(), Map.of(), List.of(), id);
    }

    private static Response of(Refusal refusal, UUID id) {
        var response =
                render(refusal.problem(), refusal.detail(), refusal.params(), refusal.fields(), id);
        var wait = refusal.params().get("retryAfter");
        if (wait != null) {
            response = response.with("Retry-After", wait);
        }
        if (refusal.problem().status() == 401) {
            response = response.with("WWW-Authenticate", "Bearer"); // RFC 9110 §15.5.2
        }
        var allow = refusal.params().get("allow");
        return allow == null ? response : response.with("Allow", allow);
    }

    private static Response render(
            Problem problem,
            String detail,
            Map<String, String> params,
            List<FieldError> fields,
            UUID id) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", problem.type());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", detail);
        body.put("code", problem.code());
        if (!params.isEmpty()) {
            body.put("params", params);
        }
        body.put("instance", "urn:uuid:" + id);
        if (!fields.isEmpty()) {
            body.put("errors", fields);
        }
        return Response.json(problem.status(), body).with("Content-Type", TYPE);
    }
}
