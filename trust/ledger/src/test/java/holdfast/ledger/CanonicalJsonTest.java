package holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    /// RFC 8785 §3.2.3, the sorting example.
    @Test
    void members_are_sorted_by_utf_16_code_units() {
        var members = new LinkedHashMap<String, Object>();
        members.put("\u20ac", "Euro Sign");
        members.put("\r", "Carriage Return");
        members.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        members.put("1", "One");
        members.put("\ud83d\ude00", "Emoji: Grinning Face");
        members.put("\u0080", "Control");
        members.put("\u00f6", "Latin Small Letter O With Diaeresis");

        assertThat(CanonicalJson.write(members))
                .isEqualTo(
                        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\","
                                + "\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /// RFC 8785 §3.2.2, the example of strings and literals.
    @Test
    void strings_escape_what_they_must_and_nothing_else() {
        assertThat(CanonicalJson.write("\u20ac$\u000F\nA'B\"\\\\\"/"))
                .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
        assertThat(CanonicalJson.write("\b\t\f\r\u0000\u007f"))
                .isEqualTo("\"\\b\\t\\f\\r\\u0000\u007f\"");
    }

    /// RFC 8785 Appendix B.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void numbers_are_written_as_ecmascript_writes_them(String bits, String expected) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(CanonicalJson.write(number)).isEqualTo(expected);
    }

    @Test
    void whole_numbers_lists_and_empty_things_are_written_plainly() {
        assertThat(CanonicalJson.write(Map.of("b", List.of(1, 2L, true), "a", Map.of())))
                .isEqualTo("{\"a\":{},\"b\":[1,2,true]}");
        assertThat(CanonicalJson.write((1L << 53) - 1)).isEqualTo("9007199254740991");
    }

    @Test
    void what_has_no_canonical_form_is_refused() {
        for (var value : List.of(1L << 53, Double.NaN, new Object(), 'x')) {
            assertThatThrownBy(() -> CanonicalJson.write(value))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void half_a_surrogate_pair_becomes_the_replacement_character() {
        assertThat(CanonicalJson.write("a\ud83dz")).isEqualTo("\"a\ufffdz\"");
    }
}
