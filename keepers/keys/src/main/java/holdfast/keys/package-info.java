/// Keeps named keys that never leave: programs bring what is to be encrypted or signed and take the result away.
///
/// Front doors: [Keys] for their life, [Operations] for what is done with them. Every key has versions; each does its work
/// until it is destroyed, and what it made names it (docs/formats/keys.md).
/// Every method takes a [holdfast.access.Permit] or a [holdfast.access.Scope]; an answer leaves after its event is durable.
/// Owns the tables `keys_*`.
@NullMarked
package holdfast.keys;

import org.jspecify.annotations.NullMarked;
