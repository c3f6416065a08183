/// The main job, from first start to a verified ledger, with a simulated VCF.
///
/// [Main] leaves a running server behind; with `--check` it does the job without a person and says pass or fail.
/// Speaks to the server by its public API only, as any client would.
@NullMarked
package holdfast.demo;

import org.jspecify.annotations.NullMarked;
