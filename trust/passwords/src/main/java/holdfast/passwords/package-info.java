/// Judges passwords before they are taken, and hashes them slowly on purpose.
///
/// Front doors: [PasswordRules] says what is wrong with one; [PasswordHashes] makes and checks hashes, called on the [HashPool] only,
/// at the cost that [Calibration] finds. Knows no users and keeps nothing.
@NullMarked
package holdfast.passwords;

import org.jspecify.annotations.NullMarked;
