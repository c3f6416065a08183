/// What people do with the rooms of trust, by permit: tenants, rights, audit, live events, settings, health.
///
/// Front door: [AdministrationRoom]. Decides nothing itself: asks the policy, changes and appends the event in one transaction.
/// Whoever may not see the actions of others sees their own, in lists, single events and streams alike.
@NullMarked
package holdfast.administration;

import org.jspecify.annotations.NullMarked;
