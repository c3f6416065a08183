/// The primitives every other room builds on: AEAD, HKDF, Argon2id, key wrap, Ed25519.
///
/// Front door: [Crypto]. Picks the fastest provider that loads and tests itself before first use.
/// Knows no keys of its own and keeps nothing.
@NullMarked
package holdfast.crypto;

import org.jspecify.annotations.NullMarked;
