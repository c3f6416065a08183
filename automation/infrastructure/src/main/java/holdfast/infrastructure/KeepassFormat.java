package holdfast.infrastructure;

import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.linguafranca.pwdb.kdbx.KdbxCreds;
import org.linguafranca.pwdb.kdbx.KdbxHeader;
import org.linguafranca.pwdb.kdbx.KdbxSerializer;
import org.linguafranca.pwdb.security.StreamEncryptor;

/// KeePass 2 (KDBX 4), folders by domain and component. Rows must come in the order FOLDER.
///
/// @param ids makes ids of folders
record KeepassFormat(SecretBytes passphrase, Supplier<UUID> ids) implements Credentials.Format {
    /// XML 1.0 §2.2 has no form for these.
    private static final Pattern NOT_XML =
            Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

    @Override
    public void write(Credentials.Export export, OutputStream out) throws IOException {
        var header = new KdbxHeader(4);
        var credentials = passphrase.use(KdbxCreds::new);
        try (var encrypted = KdbxSerializer.createEncryptedOutputStream(credentials, header, out)) {
            KdbxSerializer.writeInnerHeader(header, encrypted);
            var document =
                    new Document(
                            XMLOutputFactory.newFactory().createXMLStreamWriter(encrypted, "UTF-8"),
                            header.getStreamEncryptor());
            document.begin(export);
            export.forEach(document::entry);
            document.end();
        } catch (XMLStreamException e) {
            throw new IOException("the file could not be written", e);
        }
    }

    /// The XML inside. For one thread.
    private final class Document {
        private final XMLStreamWriter xml;
        private final StreamEncryptor inner;
        private Optional<String> domain = Optional.empty();
        private Optional<String> component = Optional.empty();

        Document(XMLStreamWriter xml, StreamEncryptor inner) {
            this.xml = xml;
            this.inner = inner;
        }

        void begin(Credentials.Export export) throws XMLStreamException {
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("KeePassFile");
            xml.writeStartElement("Meta");
            text("Generator", "Holdfast");
            text("DatabaseName", export.environment());
            text("DatabaseDescription", "Exported " + export.made());
            xml.writeEndElement();
            xml.writeStartElement("Root");
            folder(export.environment());
        }

        void end() throws XMLStreamException {
            xml.writeEndDocument();
            xml.flush();
        }

        void entry(Credential credential, Optional<SecretBytes> value) throws IOException {
            try {
                place(credential);
                xml.writeStartElement("Entry");
                text("UUID", base64(credential.id()));
                field("Title", credential.username() + " at " + credential.resourceName());
                field("UserName", credential.username());
                secret(value);
                field("URL", url(credential));
                field("Notes", notes(credential));
                xml.writeEndElement();
            } catch (XMLStreamException e) {
                throw new IOException("the file could not be written", e);
            }
        }

        private void place(Credential credential) throws XMLStreamException {
            var wanted =
                    Optional.of(
                            credential.domains().isEmpty()
                                    ? "No domain"
                                    : String.join(", ", credential.domains()));
            var type = Optional.of(credential.resourceType());
            if (!wanted.equals(domain)) {
                close(component);
                close(domain);
                folder(wanted.get());
                folder(type.get());
            } else if (!type.equals(component)) {
                close(component);
                folder(type.get());
            }
            domain = wanted;
            component = type;
        }

        private void close(Optional<String> open) throws XMLStreamException {
            if (open.isPresent()) {
                xml.writeEndElement();
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
    }

    private static String url(Credential credential) {
        var scheme = credential.credentialType().equals("SSH") ? "ssh://" : "https://";
        return credential.resourceName().contains("/") ? "" : scheme + credential.resourceName();
    }

    private static String notes(Credential credential) {
        return "%s, %s, %s account, from %s, version %d%s"
                .formatted(
                        credential.resourceType(),
                        credential.credentialType(),
                        credential.accountType(),
                        credential.source().title(),
                        credential.version(),
                        credential.expires().map(end -> ", expires " + end).orElse(""));
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
