package holdfast.vault;

import static holdfast.access.Action.EXPORT_SECRET;

import holdfast.access.Policy;
import holdfast.exports.Format;
import holdfast.exports.KeepassFile;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.FieldError;
import holdfast.kernel.Ids;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// HTTP to [SecretExports]: translates, decides nothing.
final class ExportRoutes {
    private static final int LEAST = 12; // characters of a passphrase
    private static final int MOST_CHOSEN = 1_000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SecretExports exports;
    private final Policy policy;
    private final Ids ids;

    ExportRoutes(SecretExports exports, Policy policy, Ids ids) {
        this.exports = exports;
        this.policy = policy;
        this.ids = ids;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "POST",
                        SecretRoutes.ALL + "/export",
                        EXPORT_SECRET,
                        Route.JSON,
                        Rate.HEAVY,
                        this::export));
    }

    /// What a file is written as.
    enum Kind {
        CSV,
        JSON,
        KEEPASS
    }

    /// @param guard      for CSV: whether cells that a spreadsheet would run get an apostrophe in front
    /// @param passphrase of a KEEPASS file, which is encrypted under it
    record Export(
            Kind format,
            Optional<List<UUID>> ids,
            Optional<Boolean> guard,
            Optional<SecretBytes> passphrase) {}

    private Response export(Request request) {
        var scope = policy.scope(request.caller(), EXPORT_SECRET);
        var body = request.json(Export.class);
        var chosen = body.ids().orElse(List.of());
        if (chosen.size() > MOST_CHOSEN) {
            throw Refusal.of(List.of(FieldError.of("/ids", "out-of-range", "at most 1000")));
        }
        var passphrase = body.passphrase();
        check(body.format(), passphrase);
        var name = body.format().name().toLowerCase(Locale.ROOT);
        var export = exports.export(scope, Asked.list(request), chosen, name);
        var table = new ExportedSecrets(export);
        return switch (body.format()) {
            case CSV -> written(export, table, Format.csv(body.guard().orElse(false)));
            case JSON -> written(export, table, Format.json());
            case KEEPASS ->
                    attached(
                            export,
                            KeepassFile.ENDING,
                            Response.streamed(
                                    200,
                                    KeepassFile.MEDIA_TYPE,
                                    out -> {
                                        try (var secret = passphrase.orElseThrow()) {
                                            new KeepassFile(
                                                            "Holdfast",
                                                            "Exported " + export.made(),
                                                            ids::next)
                                                    .write(table::entries, secret, out);
                                        }
                                    }));
        };
    }

    /// @throws Refusal INVALID
    private static void check(Kind format, Optional<SecretBytes> passphrase) {
        boolean encrypted = format == Kind.KEEPASS;
        if (encrypted != passphrase.isPresent()
                || passphrase.filter(one -> one.length() < LEAST).isPresent()) {
            passphrase.ifPresent(SecretBytes::close);
            throw Refusal.of(
                    List.of(
                            new FieldError(
                                    "/passphrase",
                                    encrypted ? "too-short" : "unknown",
                                    encrypted
                                            ? "at least 12 characters"
                                            : "only a KEEPASS file is encrypted",
                                    Map.of("min", String.valueOf(LEAST)))));
        }
    }

    private static Response written(
            SecretExports.Export export, ExportedSecrets table, Format format) {
        return attached(
                export,
                format.ending(),
                Response.streamed(200, format.mediaType(), out -> format.write(table, out)));
    }

    private static Response attached(SecretExports.Export export, String ending, Response file) {
        var name = "secrets-" + STAMP.format(export.made()) + "." + ending;
        return file.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }
}
