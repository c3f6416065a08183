/// The commands that talk to a server: what the screens do, from a terminal or a script, over the same API.
///
/// Front door: [ClientCommands]. Each command is a [Verb]: data that names an operation of `openapi.yaml`, what it takes
/// and what it shows; [VerbCommand] runs them all. Only signing in and out have code of their own.
@NullMarked
package holdfast.client;

import org.jspecify.annotations.NullMarked;
