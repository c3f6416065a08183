/// Keeps tenants: their state, tier, quotas and usage.
///
/// Front doors: [Tenants], [Quotas], [Usage]. Owns the tables `tenancy_*`.
@NullMarked
package holdfast.tenancy;

import org.jspecify.annotations.NullMarked;
