/// Keeps the keys: root key, how it is unsealed, tenant keys with epochs; seals and opens values.
///
/// Front door: [Seal]. What is sealed binds tenant, kind, id and version, so it opens in its own place only.
/// Key rows live in a store of their own that no database backup contains.
@NullMarked
package holdfast.seal;

import org.jspecify.annotations.NullMarked;
