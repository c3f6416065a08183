/// What people see of an estate: [Environment]s and how their sources stand, [Run]s, [Credential]s and which of them are asked for.
///
/// Records without passwords; everything here is pure. How they come about and who may see them is for the room above.
@NullMarked
package holdfast.estate;

import org.jspecify.annotations.NullMarked;
