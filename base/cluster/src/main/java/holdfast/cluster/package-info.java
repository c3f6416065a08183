/// What nodes agree on: leases with fencing tokens, counters and windows, broadcast, jobs.
///
/// Front doors: [Leases], [Counters], [Broadcast], [Jobs]. In memory on one node; another store may stand behind the same ports.
@NullMarked
package holdfast.cluster;

import org.jspecify.annotations.NullMarked;
