package holdfast.merkle;

import holdfast.kernel.Bytes;

/// A signed tree head (C2SP tlog-checkpoint): who keeps one can later prove that nothing before it was changed.
///
/// @param origin name of the ledger and of its key
/// @param size   number of events
/// @param root   32 bytes
/// @param note   the signed note, as it is given away
public record Checkpoint(String origin, long size, Bytes root, String note) {}
