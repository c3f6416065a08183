/// Says how the server is: [Health] to people, component by component and with advice, [Metrics] to programs.
///
/// Rooms above bring a [Health.Check] or a [Gauge] of their own. Has no routes: who may look is asked in `administration`.
@NullMarked
package holdfast.health;

import org.jspecify.annotations.NullMarked;
