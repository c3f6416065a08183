package holdfast.administration;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import holdfast.ledger.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// One event as it is shown.
///
/// @param alias            see [EventAlias]
/// @param detailsGone      true when the retention has taken the details, absent otherwise
/// @param detailsShortened true when a list or stream shows only the first [#MEMBERS] of what a large event names, absent
///                         otherwise; the event itself has them all
/// @param tenant           its name, in a stream of several tenants
record EventView(
        long index,
        Instant time,
        Actor actor,
        String address,
        UUID requestId,
        String type,
        Optional<String> alias,
        String resource,
        String outcome,
        String severity,
        Map<String, Object> details,
        Optional<Boolean> detailsGone,
        Optional<Boolean> detailsShortened,
        Optional<String> tenant) {
    /// How many members of one collection a list shows: an export names every value it held, tens of thousands perhaps.
    static final int MEMBERS = 20;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(_ ->
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                    .build();

    static EventView of(Entry entry) {
        return of(entry, details(entry), Optional.empty());
    }

    /// {@return the event as one of many}
    static EventView inList(Entry entry) {
        var details = details(entry);
        var shown = new TreeMap<String, Object>();
        details.forEach((name, value) -> shown.put(name, first(value)));
        return of(entry, shown, Optional.of(true).filter(_ -> !shown.equals(details)));
    }

    private static Object first(Object value) {
        return switch (value) {
            case List<?> all when all.size() > MEMBERS -> all.subList(0, MEMBERS);
            case Map<?, ?> all when all.size() > MEMBERS ->
                    all.entrySet().stream()
                            .limit(MEMBERS)
                            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
            default -> value;
        };
    }

    private static EventView of(
            Entry entry, Map<String, Object> details, Optional<Boolean> shortened) {
        return new EventView(
                entry.sequence(),
                entry.time(),
                new Actor(entry.actor(), entry.actorKind(), entry.actorName()),
                entry.address(),
                entry.request(),
                entry.action(),
                EventAlias.of(entry),
                entry.resource(),
                entry.outcome().name(),
                entry.severity().name(),
                details,
                Optional.of(true).filter(_ -> entry.gone()),
                shortened,
                Optional.empty());
    }

    /// {@return the same event with the name of its tenant, for a stream of several}
    EventView of(String name) {
        return new EventView(
                index,
                time,
                actor,
                address,
                requestId,
                type,
                alias,
                resource,
                outcome,
                severity,
                details,
                detailsGone,
                detailsShortened,
                Optional.of(name));
    }

    static Map<String, Object> details(Entry entry) {
        return JSON.readValue(entry.body(), new TypeReference<Map<String, Object>>() {});
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    record Actor(UUID id, String kind, String name) {}
}
