/// The demo room.
@NullMarked
package holdfast.demo;

import org.jspecify.annotations.NullMarked;
