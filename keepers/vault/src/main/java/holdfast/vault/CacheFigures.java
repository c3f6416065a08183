package holdfast.vault;

/// What the cache of ciphertext has done since the start.
///
/// @param size entries held now
public record CacheFigures(long size, long hits, long misses, long evictions) {
    /// {@return from 0 to 1; 0 before the first question}
    public double hitRate() {
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }
}
