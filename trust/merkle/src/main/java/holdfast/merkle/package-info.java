/// The mathematics that a ledger is proven by: Merkle trees and proofs of RFC 9162 §2.1, tree heads as C2SP signed notes.
///
/// Front doors: [Tree], and [Frontier] where it grows; [Notes], which signs and opens a [Checkpoint].
/// Knows hashes only: neither what is in a leaf nor where anything is kept.
@NullMarked
package holdfast.merkle;

import org.jspecify.annotations.NullMarked;
