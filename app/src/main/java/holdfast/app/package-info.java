/// The program: `main`, configuration, wiring, the command line, logs and first start.
///
/// Front door: [Main]. [Holdfast] puts the rooms together from bottom to top, in the order of the picture.
/// Time, chance and the environment enter the program here and nowhere else.
@NullMarked
package holdfast.app;

import org.jspecify.annotations.NullMarked;
