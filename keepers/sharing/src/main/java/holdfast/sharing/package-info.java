/// Gives secrets to others: shares with people, roles, machines and tenants, and temporary links.
///
/// Front doors: [Shares], [SharedSecrets] for what other tenants share, and [Links]. Each is kept as a record here and lent as a grant of `access`, so that lists,
/// searches, single reads and explanations follow it without knowing of it. It never allows more than its giver may.
/// Owns the tables `sharing_*`.
@NullMarked
package holdfast.sharing;

import org.jspecify.annotations.NullMarked;
