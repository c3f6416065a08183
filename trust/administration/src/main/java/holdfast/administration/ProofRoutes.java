package holdfast.administration;

import static holdfast.access.Action.EXPORT_AUDIT;
import static holdfast.access.Action.READ_AUDIT;

import holdfast.access.Policy;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.ledger.Ledger;
import holdfast.ledger.Proofs;
import holdfast.ledger.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// HTTP to [Proofs]: verdict and heads for every reader of the ledger, proofs of the events they see, the whole of it
/// for whoever may see all.
final class ProofRoutes {
    private static final String RESOURCE = "audit";
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Policy policy;
    private final Proofs proofs;
    private final Ledger ledger;
    private final AuditTrail trail;
    private final InstantSource clock;
    private Optional<VerdictView> newest = Optional.empty();

    ProofRoutes(Policy policy, Proofs proofs, Ledger ledger, InstantSource clock) {
        this.policy = policy;
        this.proofs = proofs;
        this.ledger = ledger;
        this.trail = new AuditTrail(ledger);
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/audit/verify", READ_AUDIT, 0, Rate.API, this::verdict),
                new Route(
                        "GET", "/api/audit/checkpoint", READ_AUDIT, 0, Rate.API, this::checkpoint),
                new Route(
                        "GET",
                        "/api/audit/proof/inclusion",
                        READ_AUDIT,
                        0,
                        Rate.API,
                        this::inclusion),
                new Route(
                        "GET",
                        "/api/audit/proof/consistency",
                        READ_AUDIT,
                        0,
                        Rate.API,
                        this::consistency),
                new Route(
                        "GET",
                        "/api/audit/export/bundle",
                        EXPORT_AUDIT,
                        0,
                        Rate.HEAVY,
                        this::bundle));
    }

    private Response verdict(Request request) {
        policy.scope(request.caller(), READ_AUDIT);
        return Response.json(verdict());
    }

    private Response checkpoint(Request request) {
        policy.scope(request.caller(), READ_AUDIT);
        var note = proofs.checkpoint().note();
        return Response.bytes(
                200, "text/plain; charset=utf-8", note.getBytes(StandardCharsets.UTF_8));
    }

    private Response inclusion(Request request) {
        var scope = policy.scope(request.caller(), READ_AUDIT);
        var event = trail.entry(scope, number(request, "index"));
        var proof = proofs.inclusion(scope.tenant(), event.sequence());
        var head = proof.checkpoint();
        return Response.json(
                new InclusionView(
                        proof.index(),
                        head.size(),
                        text(proof.leafHash()),
                        proof.path().stream().map(ProofRoutes::text).toList(),
                        text(head.root()),
                        Optional.of(proof.record())
                                .filter(record -> !record.isEmpty())
                                .map(record ->
                                        Bytes.owning(record.getBytes(StandardCharsets.UTF_8)))
                                .map(ProofRoutes::text),
                        Optional.of(proof.salt())
                                .filter(salt -> salt.length() > 0)
                                .map(ProofRoutes::text),
                        head.note()));
    }

    private Response consistency(Request request) {
        policy.scope(request.caller(), READ_AUDIT);
        long from = number(request, "from");
        var head = proofs.checkpoint();
        long to = Queries.read(request, "to", "a tree size", Long::parseLong).orElse(head.size());
        var proof = proofs.consistency(from, to);
        return Response.json(
                new ConsistencyView(
                        from,
                        to,
                        proof.path().stream().map(ProofRoutes::text).toList(),
                        text(proof.fromRoot()),
                        text(proof.toRoot())));
    }

    private Response bundle(Request request) {
        var caller = request.caller();
        var permit = policy.permit(caller, EXPORT_AUDIT, RESOURCE);
        ledger.record(caller, new AdministrationEvent.AuditExported("bundle"));
        return Response.streamed(
                        200, "application/octet-stream", out -> proofs.export(permit.tenant(), out))
                .with("Content-Disposition", "attachment; filename=\"ledger.bundle\"");
    }

    /// Checking everything is work, so a verdict is shared for a minute.
    private synchronized VerdictView verdict() {
        var now = clock.instant();
        var fresh = newest.filter(one -> one.at().plus(FRESH).isAfter(now));
        if (fresh.isPresent()) {
            return fresh.get();
        }
        var made =
                switch (proofs.verify()) {
                    case Verdict.Sound(var size, var gone, _, _) ->
                            new VerdictView(
                                    true, size, size, now, sentence(size, gone), Optional.empty());
                    case Verdict.Broken(var index, var reason) ->
                            new VerdictView(
                                    false, index, index, now, reason, Optional.of(index + 1));
                };
        newest = Optional.of(made);
        return made;
    }

    private static String sentence(long size, long gone) {
        var sentence = "Verified to entry %,d.".formatted(size);
        return gone == 0
                ? sentence
                : sentence + " Of %,d the details are gone with their retention.".formatted(gone);
    }

    private static long number(Request request, String name) {
        return Queries.read(request, name, "a number from 1", Long::parseLong)
                .orElseThrow(() ->
                        Refusal.of(
                                List.of(
                                        FieldError.of(
                                                "?" + name, "required", name + " is missing"))));
    }

    private static String text(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    record VerdictView(
            boolean ok,
            long size,
            long verifiedTo,
            Instant at,
            String sentence,
            Optional<Long> firstBad) {}

    record InclusionView(
            long leafIndex,
            long treeSize,
            String leafHash,
            List<String> path,
            String root,
            Optional<String> leaf,
            Optional<String> salt,
            String checkpoint) {}

    record ConsistencyView(long from, long to, List<String> path, String fromRoot, String toRoot) {}
}
