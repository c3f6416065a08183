/// The administration room.
@NullMarked
package holdfast.administration;

import org.jspecify.annotations.NullMarked;
