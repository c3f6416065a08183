package holdfast.infrastructure;

import holdfast.estate.Credential;
import holdfast.exports.Cell;
import holdfast.exports.KeepassFile;
import holdfast.exports.Table;
import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What a file of credentials says, the same in every format.
record ExportedCredentials(Credentials.Export export) implements Table {
    private static final List<String> COLUMNS =
            List.of(
                    "resourceName",
                    "resourceType",
                    "resourceIp",
                    "username",
                    "password",
                    "credentialType",
                    "accountType",
                    "domains",
                    "source",
                    "state",
                    "version",
                    "expires",
                    "retrievedAt");

    @Override
    public String name() {
        return "credentials";
    }

    @Override
    public SequencedMap<String, String> head() {
        var head = new LinkedHashMap<String, String>();
        head.put("environment", export.environment());
        head.put("exported", export.made().toString());
        return head;
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public void forEach(Rows rows) throws IOException {
        export.forEach((credential, value) -> rows.take(cells(credential, value)));
    }

    private static List<Cell> cells(Credential credential, Optional<SecretBytes> value) {
        return List.of(
                text(credential.resourceName()),
                text(credential.resourceType()),
                credential.resourceIp().map(ExportedCredentials::text).orElse(Cell.NONE),
                text(credential.username()),
                text(value.map(SecretBytes::revealUtf8).orElse("")),
                text(credential.credentialType()),
                text(credential.accountType()),
                new Cell.Texts(credential.domains()),
                text(credential.source().name()),
                text(credential.state().name()),
                new Cell.Whole(credential.version()),
                credential.expires().map(end -> text(end.toString())).orElse(Cell.NONE),
                text(credential.retrievedAt().toString()));
    }

    private static Cell text(String text) {
        return new Cell.Text(text);
    }

    /// Lends the same as entries, in folders by domain and component; rows must come in the order FOLDER.
    void entries(KeepassFile.Taking entries) throws IOException {
        export.forEach((credential, value) -> entries.take(entry(credential, value)));
    }

    private static KeepassFile.Entry entry(Credential credential, Optional<SecretBytes> value) {
        var domain =
                credential.domains().isEmpty()
                        ? "No domain"
                        : String.join(", ", credential.domains());
        return new KeepassFile.Entry(
                credential.id(),
                List.of(domain, credential.resourceType()),
                credential.username() + " at " + credential.resourceName(),
                credential.username(),
                value,
                url(credential),
                notes(credential));
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
}
