package holdfast.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import holdfast.kernel.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/// What files of rows promise.
class FormatTest {
    private static final List<String> HARD =
            List.of(
                    "=1+1",
                    "+1",
                    "-1",
                    "@SUM(A1)",
                    "'quoted",
                    "a \"b\", c",
                    "two\nlines",
                    "tab\tand\rreturn",
                    "ünïcödé 😀 𝒳",
                    "<&>]]>",
                    "no",
                    "1e3",
                    " spaces ",
                    "");

    /// A table of one text column and one of each other kind.
    private static class Texts implements Table {
        private final List<String> texts;

        Texts(List<String> texts) {
            this.texts = texts;
        }

        @Override
        public String name() {
            return "things";
        }

        @Override
        public SequencedMap<String, String> head() {
            return new LinkedHashMap<>(Map.of("made", "today"));
        }

        @Override
        public List<String> columns() {
            return List.of("text", "number", "several", "nothing");
        }

        @Override
        public void forEach(Rows rows) throws IOException {
            for (var text : texts) {
                rows.take(
                        List.of(
                                new Cell.Text(text),
                                new Cell.Whole(7),
                                new Cell.Texts(List.of("a", "b")),
                                Cell.NONE));
            }
        }
    }

    @Test
    void csv_gives_every_text_back_guarded_or_not() throws IOException {
        for (var guard : List.of(false, true)) {
            var texts = new ArrayList<String>();
            var file = text(Format.csv(guard), new Texts(HARD));
            try (var csv = CsvReader.builder().ofNamedCsvRecord(file)) {
                for (var row : csv) {
                    var cell = row.getField("text");
                    texts.add(guard && cell.startsWith("'") ? cell.substring(1) : cell);
                    assertThat(row.getFields().subList(1, 4)).containsExactly("7", "a, b", "");
                }
            }
            assertThat(texts).isEqualTo(HARD);
        }
    }

    @Test
    void json_keeps_numbers_and_lists_and_leaves_out_what_is_not_there() throws IOException {
        var file = JsonMapper.shared().readTree(text(Format.json(), new Texts(HARD)));

        assertThat(file.path("made").asString()).isEqualTo("today");
        assertThat(file.path("things").valueStream().map(row -> row.path("text").asString()))
                .isEqualTo(HARD);
        assertThat(file.path("things").path(0).toString())
                .isEqualTo("{\"text\":\"=1+1\",\"number\":7,\"several\":[\"a\",\"b\"]}");
    }

    @Test
    void yaml_says_the_same_as_json() throws IOException {
        var json = JsonMapper.shared().readTree(text(Format.json(), new Texts(HARD)));
        var yaml =
                new Load(LoadSettings.builder().build())
                        .loadFromString(text(Format.yaml(), new Texts(HARD)));

        assertThat(JsonMapper.shared().valueToTree(yaml).toString()).isEqualTo(json.toString());
    }

    @Test
    void yaml_of_nothing_is_an_empty_list() throws IOException {
        var yaml =
                new Load(LoadSettings.builder().build())
                        .loadFromString(text(Format.yaml(), new Texts(List.of())));

        assertThat(yaml).isEqualTo(Map.of("made", "today", "things", List.of()));
    }

    @Test
    void excel_holds_texts_only() throws IOException {
        var sheet = sheet(bytes(Format.excel(), new Texts(HARD)));

        assertThat(sheet).contains("inlineStr", "=1+1").doesNotContain("<f>", "t=\"n\"");
        assertThat(sheet.split("<row ", -1)).hasSize(HARD.size() + 2);
    }

    @Test
    void excel_escapes_what_it_cannot_hold() throws IOException {
        var cells =
                new Texts(
                        List.of(
                                "_x0041_",
                                "a_x0041_x0042_",
                                "\u0001\uFFFE",
                                "_x0041\u0001",
                                "_x004",
                                "\uD800",
                                "\r\n 𝔘 "));

        assertThat(sheet(bytes(Format.excel(), cells)))
                .contains(
                        ">_x005F_x0041_<",
                        ">a_x005F_x0041_x005F_x0042_<",
                        ">_x0001__xFFFE_<",
                        ">_x005F_x0041_x0001_<",
                        ">_x004<",
                        ">_xD800_<",
                        " xml:space=\"preserve\">&#13;\n 𝔘 <");
    }

    @Test
    void excel_refuses_a_text_that_no_cell_holds() throws IOException {
        var longest = new Texts(List.of("x".repeat(32_767)));
        var longer = new Texts(List.of("ok", "x".repeat(32_768)));

        assertThat(sheet(bytes(Format.excel(), longest))).contains("x".repeat(32_767) + "<");
        assertThatThrownBy(() -> bytes(Format.excel(), longer))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("row 3")
                .hasMessageContaining("32767");
    }

    @Test
    void a_file_that_breaks_off_is_cut() {
        for (var format :
                List.of(Format.csv(false), Format.excel(), Format.json(), Format.yaml())) {
            var out = new Closing();
            var broken =
                    new Texts(HARD) {
                        @Override
                        public void forEach(Rows rows) throws IOException {
                            super.forEach(rows);
                            throw new IOException("gone");
                        }
                    };

            assertThatThrownBy(() -> format.write(broken, out)).hasMessage("gone");
            assertThat(out.closed).as(format.ending()).isFalse();
        }
    }

    /// Knows whether it was closed.
    private static final class Closing extends ByteArrayOutputStream {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }

    private static String text(Format format, Table table) throws IOException {
        return new String(bytes(format, table), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Format format, Table table) throws IOException {
        var out = new ByteArrayOutputStream();
        format.write(table, out);
        return out.toByteArray();
    }

    /// Read from front to back, as from a connection.
    private static String sheet(byte[] bytes) throws IOException {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("xl/worksheets/sheet1.xml")) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new AssertionError("no sheet");
    }
}
