/// The testkit room.
@NullMarked
package holdfast.testkit;

import org.jspecify.annotations.NullMarked;
