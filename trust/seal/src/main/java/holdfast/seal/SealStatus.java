package holdfast.seal;

/// What may be said about the root key.
///
/// @param method `key-file`, `passphrase`
/// @param open   whether values can be sealed and opened now
/// @param note   one sentence on what this method protects and what not
public record SealStatus(String method, boolean open, String note) {}
