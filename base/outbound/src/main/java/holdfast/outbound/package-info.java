/// Calls addresses that a user named: resolved, judged by policy, connected to the very address that was judged,
/// TLS by a pin or by authorities, no redirects, one deadline for everything, answers wiped when they are closed.
///
/// Front door: [Outbound]; [AddressPolicy] says what may be reached. The HTTP client library appears nowhere else.
@NullMarked
package holdfast.outbound;

import org.jspecify.annotations.NullMarked;
