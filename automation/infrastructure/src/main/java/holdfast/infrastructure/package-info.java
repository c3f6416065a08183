/// Keeps what the infrastructure keeps: VMware Cloud Foundation environments, their credentials, and how both change.
///
/// Front doors: [Environments] and [Credentials]. A sync fetches everything, compares, stages in chunks and publishes by one small flip;
/// a partial answer never removes, a large loss waits for a person. Values are sealed before they reach storage.
/// Every method takes a [holdfast.access.Permit] or a [holdfast.access.Scope]; every action leaves one ledger event.
/// Owns the tables `infrastructure_*`.
@NullMarked
package holdfast.infrastructure;

import org.jspecify.annotations.NullMarked;
