package holdfast.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
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

    /// Read from front to back, as from a connection.
    static List<Map<String, String>> xlsx(byte[] file) {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (var part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                if (part.getName().equals(SHEET)) {
                    return named(cells(zip));
                }
            }
            throw new Client.Failed("the workbook has no " + SHEET);
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
