/// What tests of all rooms share: fresh databases of both engines, a clock that is set, random cases, waiting with a deadline.
///
/// Front doors: [TestDatabase], [TestClock], [Cases], [Await], [Disk].
@NullMarked
package holdfast.testkit;

import org.jspecify.annotations.NullMarked;
