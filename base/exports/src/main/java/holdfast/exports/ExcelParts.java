package holdfast.exports;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The parts of a workbook of one sheet besides the sheet itself (ECMA-376 part 1 §12.3, part 2 §9).
final class ExcelParts {
    static final String DECLARATION =
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    static final String SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    static final String SHEET = "xl/worksheets/sheet1.xml";

    private static final String DOCUMENT =
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006";
    private static final String CONTENT =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private ExcelParts() {}

    /// {@return the text of each part by its name, in the order of the file}
    static SequencedMap<String, String> around(String title) {
        var parts = new LinkedHashMap<String, String>();
        parts.put("[Content_Types].xml", types());
        parts.put("_rels/.rels", relation("officeDocument", "xl/workbook.xml"));
        parts.put("xl/workbook.xml", workbook(title));
        parts.put("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml"));
        return parts;
    }

    private static String types() {
        return DECLARATION
                + """
                <Types xmlns="%1$s/content-types">\
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
                <Default Extension="xml" ContentType="application/xml"/>\
                <Override PartName="/xl/workbook.xml" ContentType="%2$ssheet.main+xml"/>\
                <Override PartName="/%3$s" ContentType="%2$sworksheet+xml"/>\
                </Types>\
                """
                        .formatted(PACKAGE, CONTENT, SHEET);
    }

    private static String relation(String type, String target) {
        return DECLARATION
                + """
                <Relationships xmlns="%s/relationships">\
                <Relationship Id="rId1" Type="%s/%s" Target="%s"/>\
                </Relationships>\
                """
                        .formatted(PACKAGE, DOCUMENT, type, target);
    }

    private static String workbook(String title) {
        return DECLARATION
                + """
                <workbook xmlns="%s" xmlns:r="%s">\
                <sheets><sheet name="%s" sheetId="1" r:id="rId1"/></sheets>\
                </workbook>\
                """
                        .formatted(SPREADSHEET, DOCUMENT, title);
    }
}
