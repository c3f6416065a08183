/// Decides who may do what: roles, grants, [Policy] → [Permit] for one thing, [Scope] for a set.
///
/// A keeper asks for a permit as a parameter; only this room can make one. Owns the tables `access_*`.
@NullMarked
package holdfast.access;

import org.jspecify.annotations.NullMarked;
