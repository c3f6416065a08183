package holdfast.ledger;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import java.util.UUID;

/// An event with everything but its place in the order: time, sequence and index.
record Draft(
        TenantId tenant,
        UUID actor,
        String actorKind,
        String actorName,
        String address,
        UUID request,
        String action,
        String resource,
        String outcome,
        String severity,
        String body) {
    static Draft of(Principal actor, Event event) {
        return new Draft(
                actor.tenant(),
                actor.id(),
                actor.kind().name(),
                storable(actor.name()),
                storable(actor.origin().address()),
                actor.origin().request(),
                storable(event.action()),
                storable(event.resource()),
                event.outcome().name(),
                event.severity().name(),
                WrittenEvent.body(event));
    }

    /// PostgreSQL keeps neither NUL nor half a surrogate pair in text.
    private static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0 || Character.isSurrogate(unit)) {
                return new String(
                        text.codePoints()
                                .map(point ->
                                        point == 0 || (point >= 0xd800 && point < 0xe000)
                                                ? 0xfffd
                                                : point)
                                .toArray(),
                        0,
                        text.codePointCount(0, text.length()));
            }
        }
        return text;
    }
}
