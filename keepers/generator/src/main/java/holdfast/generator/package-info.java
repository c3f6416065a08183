/// Makes secrets that nobody can guess, says how hard that is, and keeps nothing.
///
/// Front door: [Generator]. Every choice is uniform over all that its rules allow, so the bits it states are the bits there are.
/// Randomness comes in through the constructor. Owns no tables.
@NullMarked
package holdfast.generator;

import org.jspecify.annotations.NullMarked;
