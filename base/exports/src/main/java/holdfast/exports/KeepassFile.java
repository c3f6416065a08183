package holdfast.exports;

import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import org.linguafranca.pwdb.kdbx.KdbxCreds;
import org.linguafranca.pwdb.kdbx.KdbxHeader;
import org.linguafranca.pwdb.kdbx.KdbxSerializer;

/// A KeePass 2 database (KDBX 4).
///
/// @param description shown by the program that opens it
/// @param ids         makes ids of folders
public record KeepassFile(String name, String description, Supplier<UUID> ids) {
    public static final String ENDING = "kdbx";
    public static final String MEDIA_TYPE = "application/x-keepass2";

    /// One login.
    ///
    /// @param folders  from the outermost
    /// @param password lent for the call
    public record Entry(
            UUID id,
            List<String> folders,
            String title,
            String username,
            Optional<SecretBytes> password,
            String url,
            String notes) {
        public Entry {
            folders = List.copyOf(folders);
        }
    }

    /// Lends entries; those of one folder stand together.
    @FunctionalInterface
    public interface Entries {
        void forEach(Taking taking) throws IOException;
    }

    /// Takes the entries of a file.
    @FunctionalInterface
    public interface Taking {
        void take(Entry entry) throws IOException;
    }

    /// Writes the whole file and leaves `out` open.
    ///
    /// @param passphrase stays the caller's
    public void write(Entries entries, SecretBytes passphrase, OutputStream out)
            throws IOException {
        var header = new KdbxHeader(4);
        var credentials = passphrase.use(KdbxCreds::new);
        try (var encrypted =
                KdbxSerializer.createEncryptedOutputStream(
                        credentials, header, new OpenEnded(out))) {
            KdbxSerializer.writeInnerHeader(header, encrypted);
            var document =
                    new KeepassDocument(
                            XMLOutputFactory.newFactory().createXMLStreamWriter(encrypted, "UTF-8"),
                            header.getStreamEncryptor(),
                            ids);
            document.begin(name, description);
            entries.forEach(document::entry);
            document.end();
        } catch (XMLStreamException e) {
            throw new IOException("the file could not be written", e);
        }
    }
}
