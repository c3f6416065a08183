package holdfast.administration;

import com.fasterxml.jackson.annotation.JsonInclude;
import holdfast.ledger.Entry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// One event as it is shown.
///
/// @param detailsGone true when the retention has taken the details, absent otherwise
record EventView(
        long index,
        Instant time,
        Actor actor,
        String address,
        UUID requestId,
        String type,
        String resource,
        String outcome,
        String severity,
        Map<String, Object> details,
        Optional<Boolean> detailsGone) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(_ ->
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                    .build();

    static EventView of(Entry entry) {
        return new EventView(
                entry.sequence(),
                entry.time(),
                new Actor(entry.actor(), entry.actorKind(), entry.actorName()),
                entry.address(),
                entry.request(),
                entry.action(),
                entry.resource(),
                entry.outcome().name(),
                entry.severity().name(),
                details(entry),
                Optional.of(true).filter(_ -> entry.gone()));
    }

    static Map<String, Object> details(Entry entry) {
        return JSON.readValue(entry.body(), new TypeReference<Map<String, Object>>() {});
    }

    String json() {
        return JSON.writeValueAsString(this);
    }

    record Actor(UUID id, String kind, String name) {}
}
