/// The infrastructure room.
@NullMarked
package holdfast.infrastructure;

import org.jspecify.annotations.NullMarked;
