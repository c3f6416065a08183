/// Makes guessing passwords a bad trade: weak ones are not taken, hashing is slow on purpose, and trying on costs work.
///
/// Front doors: [PasswordRules] says what is wrong with one; [PasswordHashes] makes and checks hashes, called on the [HashPool] only,
/// at the cost that [Calibration] finds; [ProofOfWork] is what a guesser pays. Knows no users and keeps nothing.
@NullMarked
package holdfast.passwords;

import org.jspecify.annotations.NullMarked;
