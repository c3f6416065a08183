package holdfast.exports;

import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.linguafranca.pwdb.security.StreamEncryptor;

/// The XML inside a [KeepassFile]. For one thread.
final class KeepassDocument {
    /// XML 1.0 §2.2 has no form for these.
    private static final Pattern NOT_XML =
            Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

    private final XMLStreamWriter xml;
    private final StreamEncryptor inner;
    private final Supplier<UUID> ids;
    private final List<String> open = new ArrayList<>();

    KeepassDocument(XMLStreamWriter xml, StreamEncryptor inner, Supplier<UUID> ids) {
        this.xml = xml;
        this.inner = inner;
        this.ids = ids;
    }

    void begin(String name, String description) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("KeePassFile");
        xml.writeStartElement("Meta");
        text("Generator", "Holdfast");
        text("DatabaseName", name);
        text("DatabaseDescription", description);
        xml.writeEndElement();
        xml.writeStartElement("Root");
        folder(name);
    }

    void end() throws XMLStreamException {
        xml.writeEndDocument();
        xml.flush();
    }

    void entry(KeepassFile.Entry entry) throws IOException {
        try {
            place(entry.folders());
            xml.writeStartElement("Entry");
            text("UUID", base64(entry.id()));
            field("Title", entry.title());
            field("UserName", entry.username());
            secret(entry.password());
            field("URL", entry.url());
            field("Notes", entry.notes());
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw new IOException("the file could not be written", e);
        }
    }

    /// Leaves the folders that differ and enters those of the entry.
    private void place(List<String> folders) throws XMLStreamException {
        int same = 0;
        while (same < Math.min(open.size(), folders.size())
                && open.get(same).equals(folders.get(same))) {
            same++;
        }
        while (open.size() > same) {
            xml.writeEndElement();
            open.removeLast();
        }
        for (var name : folders.subList(same, folders.size())) {
            folder(name);
            open.add(name);
        }
    }

    private void folder(String name) throws XMLStreamException {
        xml.writeStartElement("Group");
        text("UUID", base64(ids.get()));
        text("Name", name);
    }

    private void field(String key, String value) throws XMLStreamException {
        xml.writeStartElement("String");
        text("Key", key);
        text("Value", value);
        xml.writeEndElement();
    }

    private void secret(Optional<SecretBytes> value) throws XMLStreamException {
        xml.writeStartElement("String");
        text("Key", "Password");
        xml.writeStartElement("Value");
        xml.writeAttribute("Protected", "True");
        if (value.isPresent()) {
            xml.writeCharacters(
                    value.get()
                            .use(bytes ->
                                    Base64.getEncoder()
                                            .encodeToString(inner.encrypt(bytes.clone()))));
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void text(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(NOT_XML.matcher(text).replaceAll("�"));
        xml.writeEndElement();
    }

    private static String base64(UUID id) {
        return Base64.getEncoder()
                .encodeToString(
                        Objects.requireNonNull(ByteBuffer.allocate(16))
                                .putLong(id.getMostSignificantBits())
                                .putLong(id.getLeastSignificantBits())
                                .array());
    }
}
