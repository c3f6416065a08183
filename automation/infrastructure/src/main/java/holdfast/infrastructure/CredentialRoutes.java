package holdfast.infrastructure;

import static holdfast.access.Action.EXPORT_CREDENTIAL;
import static holdfast.access.Action.READ_CREDENTIAL;
import static holdfast.access.Action.REVEAL_CREDENTIAL;

import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.comparison.Drift;
import holdfast.comparison.Kept;
import holdfast.estate.CredentialQuery;
import holdfast.exports.Format;
import holdfast.exports.KeepassFile;
import holdfast.http.Etags;
import holdfast.http.Queries;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Cursor;
import holdfast.kernel.FieldError;
import holdfast.kernel.Ids;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.vcf.SourceKind;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

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
                        request -> facets(request, Optional.of(request.id("id")))),
                new Route(
                        "GET",
                        "/api/credentials/facets",
                        READ_CREDENTIAL,
                        0,
                        Rate.API,
                        request -> facets(request, Optional.empty())),
                new Route("GET", ONE, READ_CREDENTIAL, 0, Rate.API, this::read),
                new Route("GET", ONE + "/history", READ_CREDENTIAL, 0, Rate.API, this::history),
                new Route("POST", ONE + "/reveal", REVEAL_CREDENTIAL, 0, Rate.API, this::reveal),
                export("csv", request -> Format.csv(Queries.flag(request, "guard"))),
                export("excel", _ -> Format.excel()),
                export("json", _ -> Format.json()),
                export("yaml", _ -> Format.yaml()),
                new Route(
                        "POST",
                        EXPORT + "keepass",
                        EXPORT_CREDENTIAL,
                        Route.JSON,
                        Rate.HEAVY,
                        this::keepass),
                new Route(
                        "POST",
                        EXPORT + "break-glass",
                        EXPORT_CREDENTIAL,
                        Route.JSON,
                        Rate.HEAVY,
                        this::breakGlass));
    }

    private Route export(String name, Function<Request, Format> format) {
        return new Route(
                "GET",
                EXPORT + name,
                EXPORT_CREDENTIAL,
                0,
                Rate.HEAVY,
                request -> export(request, name, format.apply(request)));
    }

    private Response list(Request request, Optional<UUID> environment) {
        var scope = policy.scope(request.caller(), READ_CREDENTIAL);
        var query = query(request);
        return Response.json(
                credentials.list(scope, environment, query, window(request, query.sort())));
    }

    private Response facets(Request request, Optional<UUID> environment) {
        var scope = policy.scope(request.caller(), READ_CREDENTIAL);
        return Response.json(credentials.facets(scope, environment));
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
        return Response.json(found).with("ETag", Etags.of(found.version()));
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
        var environment = request.id("id");
        var permit = exporting(request, environment);
        var query = query(request).by(CredentialQuery.Sort.FOLDER);
        return sealed(
                request,
                "Exported",
                () -> credentials.export(permit, environment, query, "keepass"));
    }

    private Response breakGlass(Request request) {
        var environment = request.id("id");
        var permit = exporting(request, environment);
        return sealed(
                request,
                "Break-glass set, made",
                () -> credentials.breakGlass(permit, environment));
    }

    private Permit exporting(Request request, UUID environment) {
        return policy.permit(
                request.caller(), EXPORT_CREDENTIAL, Environments.resource(environment));
    }

    private Response sealed(
            Request request, String about, Supplier<Credentials.Export> preparation) {
        var passphrase = request.json(Protection.class).passphrase();
        if (passphrase.characters() < 12 || passphrase.characters() > 128) {
            passphrase.close();
            throw Refusal.of(
                    List.of(FieldError.of("/passphrase", "too-short", "12 to 128 characters")));
        }
        var export = preparation.get();
        var file = new KeepassFile(export.environment(), about + " " + export.made(), ids::next);
        var rows = new ExportedCredentials(export);
        return attached(
                export,
                KeepassFile.ENDING,
                Response.streamed(
                        200,
                        KeepassFile.MEDIA_TYPE,
                        out -> {
                            try (passphrase) {
                                file.write(rows::entries, passphrase, out);
                            }
                        }));
    }

    private Response export(Request request, String name, Format format) {
        var environment = request.id("id");
        var permit = exporting(request, environment);
        var export = credentials.export(permit, environment, query(request), name);
        return attached(
                export,
                format.ending(),
                Response.streamed(
                        200,
                        format.mediaType(),
                        out -> format.write(new ExportedCredentials(export), out)));
    }

    private static Response attached(Credentials.Export export, String ending, Response file) {
        var name =
                export.environment().replaceAll("[^A-Za-z0-9._-]+", "-")
                        + "-"
                        + STAMP.format(export.made())
                        + "."
                        + ending;
        return file.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
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
                Queries.choices(request, "state", Kept.State.class),
                drift(request),
                Queries.choices(request, "expiry", Kept.ExpiryState.class),
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

    /// `attention` stands for every finding that asks for it.
    private static Set<Drift> drift(Request request) {
        var wanted = new ArrayList<>(request.queries("drift"));
        boolean attention = wanted.removeIf(Facets.ATTENTION::equals);
        var findings = Queries.choices("drift", wanted, Drift.class);
        if (attention) {
            findings.addAll(Drift.of(Drift.ATTENTION));
        }
        return findings;
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
