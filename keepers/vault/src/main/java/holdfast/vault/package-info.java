/// Keeps secrets: named, versioned, per tenant, sealed before they reach storage.
///
/// Front doors: [Secrets], [Batches], [SecretExports]. A secret is named by service and account, which make the path that policy speaks of.
/// Every version has a ciphertext of its own, sealed for its place; every change names the version it was made from.
/// Every method takes a [holdfast.access.Permit] or a [holdfast.access.Scope]; a value leaves after its event is durable.
/// Owns the tables `vault_*`.
@NullMarked
package holdfast.vault;

import org.jspecify.annotations.NullMarked;
