package holdfast.infrastructure;

import static holdfast.access.Action.EXPORT_CREDENTIAL;
import static holdfast.access.Action.READ_CREDENTIAL;
import static holdfast.access.Action.REVEAL_CREDENTIAL;

import holdfast.access.Policy;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.FieldError;
import holdfast.kernel.Ids;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.vcf.SourceKind;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// HTTP to [Credentials]: translates, decides nothing.
final class CredentialRoutes {
    private static final String ALL = "/api/environments/{id}/credentials";
    private static final String ONE = ALL + "/{credential}";
    private static final String EXPORT = "/api/environments/{id}/export/";
    private static final int MAX_OFFSET = 10_000_000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Credentials credentials;
    private final Policy policy;
    private final Ids ids;

    CredentialRoutes(Credentials credentials, Policy policy, Ids ids) {
        this.credentials = credentials;
        this.policy = policy;
        this.ids = ids;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/api/credentials",
                        READ_CREDENTIAL,
                        0,
                        Rate.API,
                        request -> list(request, Optional.empty())),
                new Route(
                        "GET",
                        ALL,
                        READ_CREDENTIAL,
                        0,
                        Rate.API,
                        request -> list(request, Optional.of(request.id("id")))),
                new Route(
                        "GET",
                        "/api/environments/{id}/facets",
                        READ_CREDENTIAL,
                        0,
                        Rate.API,
                        this::facets),
                new Route("GET", ONE, READ_CREDENTIAL, 0, Rate.API, this::read),
                new Route("GET", ONE + "/history", READ_CREDENTIAL, 0, Rate.API, this::history),
                new Route("POST", ONE + "/reveal", REVEAL_CREDENTIAL, 0, Rate.API, this::reveal),
                new Route(
                        "GET",
                        EXPORT + "csv",
                        EXPORT_CREDENTIAL,
                        0,
                        Rate.HEAVY,
                        request ->
                                export(
                                        request,
                                        File.CSV,
                                        new CsvFormat(Queries.flag(request, "guard")))),
                new Route(
                        "GET",
                        EXPORT + "excel",
                        EXPORT_CREDENTIAL,
                        0,
                        Rate.HEAVY,
                        request -> export(request, File.EXCEL, new ExcelFormat())),
                new Route(
                        "GET",
                        EXPORT + "json",
                        EXPORT_CREDENTIAL,
                        0,
                        Rate.HEAVY,
                        request -> export(request, File.JSON, new JsonFormat())),
                new Route(
                        "GET",
                        EXPORT + "yaml",
                        EXPORT_CREDENTIAL,
                        0,
                        Rate.HEAVY,
                        request -> export(request, File.YAML, new YamlFormat())),
                new Route(
                        "POST",
                        EXPORT + "keepass",
                        EXPORT_CREDENTIAL,
                        Route.JSON,
                        Rate.HEAVY,
                        this::keepass));
    }

    /// A kind of file: what it is called and how it is announced.
    private enum File {
        CSV("csv", "text/csv; charset=utf-8"),
        EXCEL("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        JSON("json", "application/json"),
        YAML("yaml", "application/yaml"),
        KEEPASS("kdbx", "application/x-keepass2");

        private final String ending;
        private final String type;

        File(String ending, String type) {
            this.ending = ending;
            this.type = type;
        }
    }

    private Response list(Request request, Optional<UUID> environment) {
        var scope = policy.scope(request.caller(), READ_CREDENTIAL);
        var query = query(request);
        return Response.json(
                credentials.list(scope, environment, query, window(request, query.sort())));
    }

    private Response facets(Request request) {
        return Response.json(
                credentials.facets(
                        policy.scope(request.caller(), READ_CREDENTIAL), request.id("id")));
    }

    private Response read(Request request) {
        var environment = request.id("id");
        var credential = request.id("credential");
        var permit =
                policy.permit(
                        request.caller(),
                        READ_CREDENTIAL,
                        Credentials.resource(environment, credential));
        var found = credentials.read(permit, environment, credential);
        return Response.json(found).with("ETag", "\"" + found.version() + "\"");
    }

    private Response history(Request request) {
        var environment = request.id("id");
        var credential = request.id("credential");
        var permit =
                policy.permit(
                        request.caller(),
                        READ_CREDENTIAL,
                        Credentials.resource(environment, credential));
        return Response.json(credentials.history(permit, environment, credential));
    }

    private Response reveal(Request request) {
        var environment = request.id("id");
        var credential = request.id("credential");
        var permit =
                policy.permit(
                        request.caller(),
                        REVEAL_CREDENTIAL,
                        Credentials.resource(environment, credential));
        var purpose =
                request.query("purpose")
                        .flatMap(text ->
                                Arrays.stream(Credentials.Purpose.values())
                                        .filter(one ->
                                                one.name().toLowerCase(Locale.ROOT).equals(text))
                                        .findFirst())
                        .orElseThrow(() ->
                                Queries.invalid(
                                        "purpose", "not-one-of", "must be one of view, copy"));
        Optional<Integer> version =
                request.query("version").isPresent()
                        ? Optional.of(Queries.number(request, "version", 1, Integer.MAX_VALUE, 1))
                        : Optional.empty();
        return Response.json(credentials.reveal(permit, environment, credential, purpose, version));
    }

    /// What opens the file.
    record Protection(SecretBytes passphrase) {}

    private Response keepass(Request request) {
        var permit =
                policy.permit(
                        request.caller(),
                        EXPORT_CREDENTIAL,
                        Environments.resource(request.id("id")));
        var query = query(request).by(CredentialQuery.Sort.FOLDER);
        var passphrase = request.json(Protection.class).passphrase();
        if (passphrase.length() < 12 || passphrase.length() > 512) {
            passphrase.close();
            throw Refusal.of(
                    List.of(FieldError.of("/passphrase", "too-short", "12 to 128 characters")));
        }
        var export = credentials.export(permit, request.id("id"), query, "keepass");
        return file(
                export,
                File.KEEPASS,
                (file, out) -> {
                    try (passphrase) {
                        new KeepassFormat(passphrase, ids::next).write(file, out);
                    }
                });
    }

    private Response export(Request request, File file, Credentials.Format format) {
        var environment = request.id("id");
        var permit =
                policy.permit(
                        request.caller(), EXPORT_CREDENTIAL, Environments.resource(environment));
        var export =
                credentials.export(
                        permit, environment, query(request), file.name().toLowerCase(Locale.ROOT));
        return file(export, file, format);
    }

    private static Response file(Credentials.Export export, File file, Credentials.Format format) {
        var name =
                export.environment().replaceAll("[^A-Za-z0-9._-]+", "-")
                        + "-"
                        + STAMP.format(export.made())
                        + "."
                        + file.ending;
        return Response.streamed(200, file.type, out -> format.write(export, new OpenEnded(out)))
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    private static CredentialQuery query(Request request) {
        var sort = request.query("sort").orElse("resourceName");
        boolean descending = sort.startsWith("-");
        var member = descending ? sort.substring(1) : sort;
        return new CredentialQuery(
                Queries.text(request),
                Queries.texts(request, "resourceType"),
                Queries.texts(request, "credentialType"),
                Queries.texts(request, "accountType"),
                Queries.texts(request, "domain"),
                Queries.choices(request, "source", SourceKind.class),
                Queries.choices(request, "state", Credential.State.class),
                Queries.choices(request, "drift", Drift.class),
                Queries.choices(request, "expiry", Credential.ExpiryState.class),
                Arrays.stream(CredentialQuery.Sort.values())
                        .filter(one -> !one.member().isEmpty() && one.member().equals(member))
                        .findFirst()
                        .orElseThrow(() ->
                                Queries.invalid(
                                        "sort",
                                        "not-one-of",
                                        "a column such as resourceName, or -resourceName")),
                descending);
    }

    private static CredentialQuery.Window window(Request request, CredentialQuery.Sort sort) {
        var after =
                request.query("cursor")
                        .map(Cursor::read)
                        .map(place -> {
                            if (sort.isNumber()) {
                                place.number(); // refuses one that belongs to another order
                            }
                            return new CredentialQuery.After(place.value(), place.id());
                        });
        int offset = Queries.number(request, "offset", 0, MAX_OFFSET, 0);
        if (after.isPresent() && offset > 0) {
            throw Queries.invalid("offset", "conflict", "use either cursor or offset");
        }
        return new CredentialQuery.Window(offset, after, Queries.limit(request));
    }
}
