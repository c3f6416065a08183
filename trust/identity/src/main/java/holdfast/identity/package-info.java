/// The identity room.
@NullMarked
package holdfast.identity;

import org.jspecify.annotations.NullMarked;
