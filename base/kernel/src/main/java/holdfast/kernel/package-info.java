/// The words every room shares: ids, tenants, principals, bytes, secrets, refusals, pages and time.
///
/// Knows nothing of the product beyond these. Depends on the JDK only.
/// Time and chance are never taken from the environment here: callers bring an
/// [java.time.InstantSource] and a [java.util.random.RandomGenerator].
@NullMarked
package holdfast.kernel;

import org.jspecify.annotations.NullMarked;
