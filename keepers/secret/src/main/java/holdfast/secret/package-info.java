/// What a secret is: its name, value, details and upkeep, the words it is found by, and how two versions differ.
///
/// Values that check themselves where they are made; everything here is pure. Who may see a secret, and how it is kept,
/// is for the rooms above.
@NullMarked
package holdfast.secret;

import org.jspecify.annotations.NullMarked;
