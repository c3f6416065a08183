package holdfast.vault;

import holdfast.exports.Cell;
import holdfast.exports.KeepassFile;
import holdfast.exports.Table;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;

/// What a file of secrets says, the same in every format. A binary value stands in base64.
record ExportedSecrets(SecretExports.Export export) implements Table {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> COLUMNS =
            List.of(
                    "service",
                    "account",
                    "value",
                    "kind",
                    "notes",
                    "tags",
                    "metadata",
                    "version",
                    "changed",
                    "expires");

    @Override
    public String name() {
        return "secrets";
    }

    @Override
    public SequencedMap<String, String> head() {
        var head = new LinkedHashMap<String, String>();
        head.put("exported", export.made().toString());
        return head;
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public void forEach(Rows rows) throws IOException {
        export.forEach((secret, content) -> rows.take(cells(secret, content)));
    }

    private static List<Cell> cells(Secret secret, Content content) {
        return List.of(
                new Cell.Text(secret.service()),
                new Cell.Text(secret.account()),
                new Cell.Text(text(content)),
                new Cell.Text(secret.kind().name()),
                new Cell.Text(secret.notes()),
                new Cell.Texts(secret.tags()),
                new Cell.Text(metadata(secret)),
                new Cell.Whole(secret.version()),
                new Cell.Text(secret.changed().toString()),
                secret.expires().<Cell>map(end -> new Cell.Text(end.toString())).orElse(Cell.NONE));
    }

    private static String metadata(Secret secret) {
        return secret.metadata().isEmpty() ? "" : JSON.writeValueAsString(secret.metadata());
    }

    private static String text(Content content) {
        return content.kind() == Content.Kind.TEXT
                ? content.bytes().revealUtf8()
                : content.bytes().use(bytes -> Base64.getEncoder().encodeToString(bytes));
    }

    /// Lends the same as entries of a password store, in the folders of their services.
    void entries(KeepassFile.Taking entries) throws IOException {
        export.forEach((secret, content) -> {
            var folders = List.of(secret.service().split("/", -1));
            if (content.kind() == Content.Kind.TEXT) {
                entries.take(entry(secret, folders, Optional.of(content.bytes())));
                return;
            }
            try (var base64 =
                    holdfast.kernel.SecretBytes.owning(
                            text(content).getBytes(StandardCharsets.US_ASCII))) {
                entries.take(entry(secret, folders, Optional.of(base64)));
            }
        });
    }

    private static KeepassFile.Entry entry(
            Secret secret, List<String> folders, Optional<holdfast.kernel.SecretBytes> password) {
        var metadata = metadata(secret);
        return new KeepassFile.Entry(
                secret.id(),
                folders,
                secret.account(),
                secret.account(),
                password,
                "",
                metadata.isEmpty() ? secret.notes() : (secret.notes() + "\n" + metadata).strip());
    }
}
