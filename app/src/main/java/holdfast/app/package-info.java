/// The app room.
@NullMarked
package holdfast.app;

import org.jspecify.annotations.NullMarked;
