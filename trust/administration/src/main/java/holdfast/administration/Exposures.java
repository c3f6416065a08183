package holdfast.administration;

import holdfast.access.Scope;
import holdfast.http.Request;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.ledger.Entry;
import holdfast.ledger.Event;
import holdfast.ledger.Search;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Who ever saw a value: answered from the ledger alone, whose events name every version that left.
final class Exposures {
    private Exposures() {}

    static Answer of(AuditTrail trail, Scope scope, Request request) {
        var credential =
                Queries.read(request, "credential", "an id", UUID::fromString)
                        .orElseThrow(() ->
                                Refusal.of(
                                        List.of(
                                                FieldError.of(
                                                        "?credential",
                                                        "required",
                                                        "name the credential"))));
        var version = Queries.read(request, "version", "a number from 1", Integer::parseInt);
        var asked = Queries.search(request);
        var found = new ArrayList<Exposure>();
        trail.walk(
                scope,
                search(credential),
                entry ->
                        exposure(entry, credential)
                                .filter(one -> version.map(v -> v == one.version()).orElse(true))
                                .ifPresent(found::add));
        var rest =
                found.stream()
                        .filter(one ->
                                asked.before().map(before -> one.index() < before).orElse(true))
                        .toList();
        var window = rest.subList(0, Math.min(asked.limit(), rest.size()));
        return new Answer(
                window,
                window.size() < rest.size()
                        ? Optional.of(String.valueOf(window.getLast().index()))
                        : Optional.empty(),
                found.size(),
                trail.wholeSince(scope));
    }

    private static Search search(UUID credential) {
        return new Search(
                Optional.empty(),
                Optional.empty(),
                Optional.of("credential."),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Event.Outcome.SUCCESS),
                Optional.empty(),
                Optional.of(credential.toString()),
                Optional.empty(),
                1_000);
    }

    private static Optional<Exposure> exposure(Entry entry, UUID credential) {
        var details = EventView.details(entry);
        return switch (entry.action()) {
            case "credential.reveal" ->
                    credential.toString().equals(details.get("credential"))
                            ? one(entry, details.get("purpose"), null, details.get("version"))
                            : Optional.empty();
            case "credential.export" ->
                    details.get("credentials") instanceof Map<?, ?> versions
                            ? one(
                                    entry,
                                    "export",
                                    details.get("format"),
                                    versions.get(credential.toString()))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Exposure> one(
            Entry entry,
            @org.jspecify.annotations.Nullable Object how,
            @org.jspecify.annotations.Nullable Object format,
            @org.jspecify.annotations.Nullable Object version) {
        return version instanceof Number number
                ? Optional.of(
                        new Exposure(
                                entry.sequence(),
                                entry.time(),
                                entry.actorName(),
                                entry.actorKind(),
                                entry.address(),
                                String.valueOf(how),
                                Optional.ofNullable(format).map(Object::toString),
                                number.intValue()))
                : Optional.empty();
    }

    /// @param completeSince events before it have lost their details to the retention, so exposures may be missing
    record Answer(
            List<Exposure> items,
            Optional<String> next,
            long total,
            Optional<Instant> completeSince) {}

    record Exposure(
            long index,
            Instant time,
            String actor,
            String actorKind,
            String address,
            String how,
            Optional<String> format,
            int version) {}
}
