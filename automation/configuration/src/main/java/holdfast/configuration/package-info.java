/// What people set of an environment, checked, and as a document that goes from one server to another.
///
/// Front doors: [EnvironmentDraft] says every mistake at once; [ConfigurationDocument] writes and reads the file
/// (docs/formats/environments.md). Passwords are the draft's own and closed with it.
@NullMarked
package holdfast.configuration;

import org.jspecify.annotations.NullMarked;
