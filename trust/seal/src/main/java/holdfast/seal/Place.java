package holdfast.seal;

import java.util.UUID;

/// Where a sealed value belongs: bound into its ciphertext, so that it opens nowhere else.
///
/// @param kind    kebab-case, for example `vcf-credential`
/// @param id      the row the value belongs to
/// @param version the version of that row, from 1
public record Place(String kind, UUID id, int version) {}
