package holdfast.seal;

import java.util.UUID;
import java.util.regex.Pattern;

/// Where a sealed value belongs: bound into its ciphertext, so that it opens nowhere else.
///
/// @param kind    kebab-case, 1 to 64 characters, for example `vcf-credential`
/// @param id      the row the value belongs to
/// @param version the version of that row, from 1
public record Place(String kind, UUID id, int version) {
    private static final Pattern KIND = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public Place {
        if (kind.length() > 64 || !KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("kind of a place must be kebab-case: " + kind);
        }
        if (version < 1) {
            throw new IllegalArgumentException("version of a place starts at 1");
        }
    }
}
