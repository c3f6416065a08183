package holdfast.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/// Reads exports back: each row as column → cell, by other code than what wrote them.
final class Exported {
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    private Exported() {}

    static List<Map<String, String>> csv(byte[] file) {
        var rows = new ArrayList<Map<String, String>>();
        try (var reader =
                CsvReader.builder().ofNamedCsvRecord(new String(file, StandardCharsets.UTF_8))) {
            reader.forEach(row -> rows.add(row.getFieldsAsMap()));
            return rows;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Read through a file: a streamed archive has its sizes at the end, where only a reader that can seek finds them.
    static List<Map<String, String>> xlsx(byte[] file) {
        try {
            var copy = Files.createTempFile("holdfast", ".xlsx");
            try (var zip = new ZipFile(Files.write(copy, file).toFile())) {
                var sheet = zip.getEntry(SHEET);
                Steps.require(sheet != null, "the workbook has no " + SHEET);
                return named(cells(zip.getInputStream(sheet)));
            } finally {
                Files.delete(copy);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (XMLStreamException failure) {
            throw new Client.Failed("the sheet is not XML: " + failure.getMessage());
        }
    }

    /// Inline strings only: an export never makes a cell a number or a formula.
    private static List<List<String>> cells(InputStream sheet) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        var xml = factory.createXMLStreamReader(sheet, "UTF-8");
        var rows = new ArrayList<List<String>>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "row" -> rows.add(new ArrayList<>());
                    case "f" -> throw new Client.Failed("a cell holds a formula");
                    case "c" -> put(rows.getLast(), column(xml.getAttributeValue(null, "r")));
                    case "t" -> rows.getLast().set(rows.getLast().size() - 1, xml.getElementText());
                    default -> {
                        // layout
                    }
                }
            }
        }
        return rows;
    }

    private static void put(List<String> row, int column) {
        while (row.size() <= column) {
            row.add("");
        }
    }

    /// {@return 0 for `A1`, 27 for `AB7`}
    private static int column(String reference) {
        int column = 0;
        for (char letter : reference.replaceAll("[0-9]", "").toCharArray()) {
            column = column * 26 + (letter - 'A' + 1);
        }
        return column - 1;
    }

    private static List<Map<String, String>> named(List<List<String>> rows) {
        var names = rows.getFirst();
        var named = new ArrayList<Map<String, String>>();
        for (var row : rows.subList(1, rows.size())) {
            var cells = new HashMap<String, String>();
            for (int i = 0; i < names.size(); i++) {
                cells.put(names.get(i), i < row.size() ? row.get(i) : "");
            }
            named.add(cells);
        }
        return named;
    }
}
