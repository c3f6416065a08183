package holdfast.administration;

import static holdfast.access.Action.EXPORT_AUDIT;
import static holdfast.access.Action.READ_AUDIT;

import de.siegmar.fastcsv.writer.CsvWriter;
import holdfast.access.Policy;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Problem;
import holdfast.ledger.Entry;
import holdfast.ledger.Ledger;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// HTTP to [AuditTrail].
final class AuditRoutes {
    private static final String FORMULA = "=+-@\t\r"; // what a spreadsheet would run

    private final Policy policy;
    private final Ledger ledger;
    private final AuditTrail trail;
    private final Statistics statistics;

    AuditRoutes(Policy policy, Ledger ledger) {
        this.policy = policy;
        this.ledger = ledger;
        this.trail = new AuditTrail(ledger);
        this.statistics = new Statistics(trail);
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/audit", READ_AUDIT, 0, Rate.API, this::list),
                new Route("GET", "/api/audit/{index}", READ_AUDIT, 0, Rate.API, this::one),
                new Route("GET", "/api/audit/statistics", READ_AUDIT, 0, Rate.API, this::counts),
                new Route("GET", "/api/audit/exposures", READ_AUDIT, 0, Rate.API, this::exposures),
                new Route("GET", "/api/audit/export/csv", EXPORT_AUDIT, 0, Rate.HEAVY, this::csv),
                new Route(
                        "GET", "/api/audit/export/json", EXPORT_AUDIT, 0, Rate.HEAVY, this::json));
    }

    private Response list(Request request) {
        var scope = policy.scope(request.caller(), READ_AUDIT);
        var page = trail.search(scope, Queries.search(request));
        return Response.json(
                new ListView<>(
                        page.items().stream().map(EventView::inList).toList(),
                        page.next(),
                        page.total()));
    }

    private Response one(Request request) {
        var scope = policy.scope(request.caller(), READ_AUDIT);
        try {
            long index = Long.parseLong(request.parameter("index"));
            return Response.json(EventView.of(trail.entry(scope, index)));
        } catch (NumberFormatException _) {
            throw Problem.NOT_FOUND.because("there is no such event");
        }
    }

    private Response counts(Request request) {
        var scope = policy.scope(request.caller(), READ_AUDIT);
        var period = request.query("period").orElse("day");
        return Response.json(statistics.of(scope, Queries.search(request), period));
    }

    private Response exposures(Request request) {
        var scope = policy.scope(request.caller(), READ_AUDIT);
        return Response.json(Exposures.of(trail, scope, request));
    }

    private Response csv(Request request) {
        var export = export(request, "csv");
        return Response.streamed(200, "text/csv; charset=utf-8", export::csv)
                .with("Content-Disposition", "attachment; filename=\"audit.csv\"");
    }

    private Response json(Request request) {
        var export = export(request, "json");
        return Response.streamed(200, "application/json", export::json)
                .with("Content-Disposition", "attachment; filename=\"audit.json\"");
    }

    /// The event is durable before the first byte leaves.
    private Export export(Request request, String format) {
        var caller = request.caller();
        var scope = policy.scope(caller, EXPORT_AUDIT);
        var search = Queries.search(request);
        ledger.record(caller, new AdministrationEvent.AuditExported(format));
        return new Export(visitor -> trail.walk(scope, search, visitor));
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    record ListView<T>(List<T> items, Optional<String> next, long total) {}

    /// Everything that matches, written while it is read.
    private record Export(java.util.function.Consumer<java.util.function.Consumer<Entry>> walk) {
        void csv(OutputStream out) throws IOException {
            var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            var writer = CsvWriter.builder().build(text);
            writer.writeRecord(
                    "index",
                    "time",
                    "actor",
                    "kind",
                    "address",
                    "type",
                    "resource",
                    "outcome",
                    "severity",
                    "details",
                    "detailsGone");
            walk.accept(entry ->
                    writer.writeRecord(
                            String.valueOf(entry.sequence()),
                            entry.time().toString(),
                            harmless(entry.actorName()),
                            entry.actorKind(),
                            harmless(entry.address()),
                            entry.action(),
                            harmless(entry.resource()),
                            entry.outcome().name(),
                            entry.severity().name(),
                            entry.body(),
                            entry.gone() ? "true" : ""));
            writer.flush();
            text.flush();
        }

        void json(OutputStream out) throws IOException {
            var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            var separator = new String[] {"[\n"};
            walk.accept(entry -> {
                try {
                    text.write(separator[0]);
                    text.write(EventView.of(entry).json());
                    separator[0] = ",\n";
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            text.write(separator[0].startsWith("[") ? "[]\n" : "\n]\n");
            text.flush();
        }
    }
}
