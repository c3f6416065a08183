package holdfast.vcf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What is made of the texts of an appliance, however they are written.
class TolerantTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-22T08:41:39.253Z, 2026-01-22T08:41:39.253Z",
        "2028-02-29T23:59:59.999Z, 2028-02-29T23:59:59.999Z",
        "2026-01-22T08:41:39Z, 2026-01-22T08:41:39Z",
        "2026-01-22T08:41:39.253+01:00, 2026-01-22T07:41:39.253Z",
        "2026-01-22T08:41:39.253123Z, 2026-01-22T08:41:39.253123Z"
    })
    void a_time_is_read_in_every_form_of_rfc_3339(String told, Instant time) {
        assertThat(Tolerant.instant(node(told), "a")).hasValue(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13-22T08:41:39.253Z",
                "2026-02-29T08:41:39.253Z",
                "2026-01-22T24:41:39.253Z",
                "2026-01-22T08:41:60.253Z",
                "+026-01-22T08:41:39.253Z",
                "2026-01-22 08:41:39.253Z",
                "never"
            })
    void what_is_no_time_is_none(String told) {
        assertThat(Tolerant.instant(node(told), "a")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "' plain ', plain",
        "'a\tb', a b",
        "'a\u007fb', a b",
        "'a\u0000\u0001b', a b",
        "'\ud83d\ude00', '\ud83d\ude00'",
        "'a\ud83db', a b"
    })
    void control_characters_and_halves_are_taken_from_a_text(String told, String text) {
        assertThat(Tolerant.text(node(told), "a")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"***", "********", "•••", "●●●●", "   ", "", "a\ud83db"})
    void a_masked_blank_or_broken_value_is_none(String told) {
        assertThat(Tolerant.secret(node(told), "a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"**", "***a", "a***", " pass word ", "p\u00e4ss\ud83d\ude00"})
    void any_other_value_is_taken_exactly(String told) {
        assertThat(Tolerant.secret(node(told), "a").orElseThrow().revealUtf8()).isEqualTo(told);
    }

    private static JsonNode node(String text) {
        return VcfJson.MAPPER.createObjectNode().put("a", text);
    }
}
