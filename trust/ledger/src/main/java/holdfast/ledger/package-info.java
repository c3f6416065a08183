/// Keeps every event: appended in the transaction of the change, hashed into a Merkle tree, provable.
///
/// Front door: [Ledger]. Knows no room: each brings its own [Event] family.
/// Owns the tables `ledger_*`.
@NullMarked
package holdfast.ledger;

import org.jspecify.annotations.NullMarked;
