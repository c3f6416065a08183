/// What the process is to the machine it runs on: logs that rotate, memory that is given back, word to systemd.
///
/// Doors: [Logs], [IdleMemory], [ServiceNotice]. Knows nothing of what the server does.
@NullMarked
package holdfast.process;

import org.jspecify.annotations.NullMarked;
