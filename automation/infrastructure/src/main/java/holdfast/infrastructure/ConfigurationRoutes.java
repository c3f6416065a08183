package holdfast.infrastructure;

import static holdfast.access.Action.EXPORT_CREDENTIAL;
import static holdfast.access.Action.MANAGE_ENVIRONMENT;

import holdfast.access.Policy;
import holdfast.exports.YamlText;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// HTTP to [ConfigurationFiles]: translates, decides nothing.
final class ConfigurationRoutes {
    private final ConfigurationFiles files;
    private final Policy policy;
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    ConfigurationRoutes(ConfigurationFiles files, Policy policy) {
        this.files = files;
        this.policy = policy;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "POST",
                        "/api/environments/export",
                        MANAGE_ENVIRONMENT,
                        Route.JSON,
                        Rate.HEAVY,
                        this::export),
                new Route(
                        "POST",
                        "/api/environments/import",
                        MANAGE_ENVIRONMENT,
                        Route.JSON,
                        Rate.HEAVY,
                        this::read));
    }

    /// What to write.
    record Wanted(
            String format, Optional<List<UUID>> environments, Optional<SecretBytes> passphrase) {}

    private Response export(Request request) {
        var permit = policy.permit(request.caller(), MANAGE_ENVIRONMENT, Environments.ANY);
        var wanted = request.json(Wanted.class);
        try {
            if (!Set.of("json", "yaml").contains(wanted.format())) {
                throw Refusal.of(
                        List.of(
                                FieldError.of(
                                        "/format", "not-one-of", "must be one of json, yaml")));
            }
            wanted.passphrase()
                    .filter(secret -> secret.characters() < 12 || secret.characters() > 128)
                    .ifPresent(_ -> {
                        throw Refusal.of(
                                List.of(
                                        FieldError.of(
                                                "/passphrase",
                                                "too-short",
                                                "12 to 128 characters")));
                    });
            var taking =
                    wanted.passphrase()
                            .map(_ ->
                                    policy.permit(
                                            request.caller(), EXPORT_CREDENTIAL, Environments.ANY));
            var file =
                    files.export(
                            permit,
                            taking,
                            Set.copyOf(wanted.environments().orElse(List.of())),
                            wanted.passphrase());
            boolean yaml = wanted.format().equals("yaml");
            var bytes =
                    yaml
                            ? new YamlText().of(file).getBytes(StandardCharsets.UTF_8)
                            : json.writeValueAsBytes(file);
            return Response.bytes(200, yaml ? "application/yaml" : "application/json", bytes)
                    .with(
                            "Content-Disposition",
                            "attachment; filename=\"environments." + wanted.format() + "\"");
        } finally {
            wanted.passphrase().ifPresent(SecretBytes::close);
        }
    }

    /// What to read.
    record Given(
            String document,
            Optional<SecretBytes> passphrase,
            Optional<String> existing,
            Optional<Boolean> dryRun) {}

    private Response read(Request request) {
        var permit = policy.permit(request.caller(), MANAGE_ENVIRONMENT, Environments.ANY);
        var given = request.json(Given.class);
        try {
            var existing = given.existing().orElse("refuse");
            if (!Set.of("refuse", "skip", "replace").contains(existing)) {
                throw Refusal.of(
                        List.of(
                                FieldError.of(
                                        "/existing",
                                        "not-one-of",
                                        "must be one of refuse, skip, replace")));
            }
            return Response.json(
                    files.read(
                            permit,
                            given.document(),
                            given.passphrase(),
                            ConfigurationFiles.Existing.of(existing),
                            given.dryRun().orElse(false)));
        } finally {
            given.passphrase().ifPresent(SecretBytes::close);
        }
    }
}
