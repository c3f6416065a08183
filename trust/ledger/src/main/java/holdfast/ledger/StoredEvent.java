package holdfast.ledger;

import holdfast.kernel.Bytes;
import holdfast.kernel.Micros;
import java.util.Optional;

/// One row of the ledger.
///
/// @param index the leaf's place in the tree, from 0
/// @param time  microseconds since the epoch
/// @param salt  empty once the tenant's retention has taken salt and body
record StoredEvent(
        long index, Draft draft, long sequence, long time, Optional<Bytes> salt, Bytes leafHash) {
    Entry entry() {
        return new Entry(
                sequence,
                Micros.toInstant(time),
                draft.actor(),
                draft.actorKind(),
                draft.actorName(),
                draft.address(),
                draft.request(),
                draft.action(),
                draft.resource(),
                Event.Outcome.valueOf(draft.outcome()),
                Event.Severity.valueOf(draft.severity()),
                draft.body(),
                salt.isEmpty());
    }

    String record() {
        return Leaf.record(draft, sequence, time);
    }
}
