/// The built program as a process: killed, doubled, starved, searched, and met by clients we did not write.
@NullMarked
package holdfast.system;

import org.jspecify.annotations.NullMarked;
