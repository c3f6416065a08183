/// Measures the built program and prints JSON lines. Claims in `docs/performance.md` come from here.
@NullMarked
package holdfast.benchmarks;

import org.jspecify.annotations.NullMarked;
