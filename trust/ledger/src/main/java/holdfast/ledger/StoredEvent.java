package holdfast.ledger;

import holdfast.kernel.Bytes;
import java.util.Optional;

/// One row of the ledger.
///
/// @param index the leaf's place in the tree, from 0
/// @param time  microseconds since the epoch
/// @param salt  empty once the tenant's retention has taken salt and body
record StoredEvent(
        long index, Draft draft, long sequence, long time, Optional<Bytes> salt, Bytes leafHash) {
    String record() {
        return Leaf.record(draft, sequence, time);
    }
}
