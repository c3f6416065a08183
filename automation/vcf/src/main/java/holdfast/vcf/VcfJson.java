package holdfast.vcf;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How the answers of appliances are read: nothing in them may be larger or deeper than any appliance makes it.
final class VcfJson {
    private static final StreamReadConstraints LIMITS =
            StreamReadConstraints.builder()
                    .maxStringLength(1024 * 1024) // characters; a whole certificate chain has fewer
                    .maxNameLength(1_000)
                    .maxNumberLength(100)
                    .maxNestingDepth(100)
                    .build();

    /// Reads row by row out of a larger document, so more tokens follow each.
    static final JsonMapper MAPPER =
            JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
                    .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private VcfJson() {}
}
