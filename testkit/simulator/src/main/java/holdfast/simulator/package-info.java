/// The simulator room.
@NullMarked
package holdfast.simulator;

import org.jspecify.annotations.NullMarked;
