package holdfast.seal;

import java.util.Optional;

/// What may be said about the root key.
///
/// @param method `key-file`, `passphrase`, `shares`
/// @param open   whether values can be sealed and opened now
/// @param note   one sentence on what this method protects and what not
/// @param shares with `shares`: how many there are and how many it takes
public record SealStatus(String method, boolean open, String note, Optional<Shares> shares) {
    /// @param set     eight hexadecimal digits that every share of this splitting shows
    /// @param brought how many have been brought since the start; 0 once it is open
    public record Shares(String set, int threshold, int count, int brought) {}
}
