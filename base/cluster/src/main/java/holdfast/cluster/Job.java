package holdfast.cluster;

import java.time.Duration;

/// A background job as data: the clock decides when, the room decides what.
///
/// `run` is idempotent: a run may be cut short and repeated on another node.
///
/// @param name  kebab-case, unique, for example `checkpoint`
/// @param every the pause between two runs
/// @param run   the work; what it throws is logged and tried again, soon and then ever later
public record Job(String name, Duration every, Runnable run) {}
