package holdfast.ledger;

/// What came of checking a ledger.
public sealed interface Verdict {
    /// Every event is as it was when it was signed.
    ///
    /// @param size       how many events were checked
    /// @param gone       of these, how many have no details left to check because their retention ended
    /// @param checkpoint the newest signed note that covers them; empty when none was signed yet
    /// @param key        who signed; compare it with the one you know
    record Sound(long size, long gone, String checkpoint, String key) implements Verdict {}

    /// Something was changed, removed, inserted or put elsewhere.
    ///
    /// @param index  the first event that is not as it was, from 0; the first of a range where only that is known
    /// @param reason one sentence
    record Broken(long index, String reason) implements Verdict {}
}
