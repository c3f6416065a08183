package holdfast.configuration;

import holdfast.crypto.Argon2Cost;
import holdfast.crypto.Crypto;
import holdfast.crypto.Tampered;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The document itself, JSON or YAML (docs/formats/environments.md). Passwords stand in it sealed with a passphrase, each bound to its place.
public final class ConfigurationDocument {
    private static final String FORMAT = "holdfast-environments";
    private static final Argon2Cost COST = new Argon2Cost(65_536, 3, 1);
    private static final int MAX_KIBIBYTES = 1024 * 1024; // what a foreign file may make us spend
    private static final int MAX_PASSES = 16;

    private final Crypto crypto;
    private final JsonMapper json = JsonMapper.builder().build();

    public ConfigurationDocument(Crypto crypto) {
        this.crypto = crypto;
    }

    /// Writes passwords only with a passphrase.
    ///
    /// @return members of a document, in order
    public Map<String, Object> write(
            Instant now, List<EnvironmentDraft> drafts, Optional<SecretBytes> passphrase) {
        var file = new LinkedHashMap<String, Object>();
        file.put("format", FORMAT);
        file.put("version", 1);
        file.put("exported", now.toString());
        byte[] salt;
        try (var random = crypto.random(16)) {
            salt = random.use(byte[]::clone);
        }
        var key = passphrase.map(secret -> crypto.argon2id(secret, salt, COST, 32));
        try {
            key.ifPresent(_ -> file.put("sealing", sealing(salt)));
            file.put(
                    "environments", drafts.stream().map(draft -> environment(draft, key)).toList());
        } finally {
            key.ifPresent(SecretBytes::close);
        }
        return file;
    }

    private static Map<String, Object> sealing(byte[] salt) {
        var sealing = new LinkedHashMap<String, Object>();
        sealing.put("kdf", "argon2id");
        sealing.put("salt", Base64.getEncoder().encodeToString(salt));
        sealing.put("kibibytes", COST.kibibytes());
        sealing.put("passes", COST.passes());
        sealing.put("lanes", COST.lanes());
        sealing.put("cipher", "aes-256-gcm");
        return sealing;
    }

    private Map<String, Object> environment(EnvironmentDraft draft, Optional<SecretBytes> key) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", draft.name());
        members.put("description", draft.description().orElse(""));
        draft.sources()
                .forEach((kind, source) ->
                        members.put(kind.member(), source(draft.name(), kind, source, key)));
        return members;
    }

    private Map<String, Object> source(
            String environment,
            SourceKind kind,
            EnvironmentDraft.Source source,
            Optional<SecretBytes> key) {
        var address = source.address();
        var members = new LinkedHashMap<String, Object>();
        members.put("host", address.host());
        members.put("port", address.port());
        members.put("username", source.username());
        var trust = new LinkedHashMap<String, Object>();
        trust.put("mode", address.trust().mode().name());
        address.trust().fingerprint().ifPresent(pin -> trust.put("fingerprint", pin));
        address.trust().caPem().ifPresent(pem -> trust.put("caPem", pem));
        members.put("trust", trust);
        members.put("scheduleMinutes", source.minutes(kind));
        if (key.isPresent() && source.password().isPresent()) {
            var sealed = crypto.seal(key.get(), source.password().get(), place(environment, kind));
            members.put("sealedPassword", Base64.getEncoder().encodeToString(sealed.toArray()));
        }
        return members;
    }

    /// Binds a password to its place in the file.
    private static byte[] place(String environment, SourceKind kind) {
        return (FORMAT + "/1/" + kind.member() + "/" + environment)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// {@return drafts; closed by the caller}
    ///
    /// @throws Refusal MALFORMED, INVALID
    public List<EnvironmentDraft> read(String document, Optional<SecretBytes> passphrase) {
        return drafts(parse(document), passphrase);
    }

    private JsonNode parse(String document) {
        try {
            var text = document.strip();
            var tree =
                    text.startsWith("{")
                            ? json.readTree(text)
                            : json.valueToTree(
                                    new Load(
                                                    LoadSettings.builder()
                                                            .setMaxAliasesForCollections(10)
                                                            .setCodePointLimit(1_000_000)
                                                            .build())
                                            .loadFromString(text));
            if (!FORMAT.equals(tree.path("format").asString(""))
                    || tree.path("version").asInt(0) != 1) {
                throw Problem.MALFORMED.because(
                        "this is no file of the format %s, version 1".formatted(FORMAT));
            }
            return tree;
        } catch (JacksonException | YamlEngineException e) {
            throw Problem.MALFORMED.because("the document is neither JSON nor YAML");
        }
    }

    private List<EnvironmentDraft> drafts(JsonNode file, Optional<SecretBytes> passphrase) {
        var key =
                passphrase
                        .filter(_ -> file.has("sealing"))
                        .map(secret -> key(file.path("sealing"), secret));
        var names = new HashSet<String>();
        try {
            var drafts = new ArrayList<EnvironmentDraft>();
            int index = 0;
            for (var member : file.path("environments")) {
                var name = member.path("name").asString("");
                if (!names.add(EnvironmentDraft.folded(name))) {
                    throw Refusal.of(
                            List.of(
                                    FieldError.of(
                                            "/document",
                                            "malformed",
                                            "the name %s occurs twice".formatted(name))));
                }
                drafts.add(
                        new EnvironmentDraft(
                                name,
                                Optional.of(member.path("description").asString("")),
                                source(member, name, SourceKind.INSTALLER, key),
                                source(member, name, SourceKind.SDDC_MANAGER, key)));
                index++;
            }
            if (index == 0) {
                throw Problem.MALFORMED.because("the file holds no environments");
            }
            return drafts;
        } finally {
            key.ifPresent(SecretBytes::close);
        }
    }

    private SecretBytes key(JsonNode sealing, SecretBytes passphrase) {
        int kibibytes = sealing.path("kibibytes").asInt(0);
        int passes = sealing.path("passes").asInt(0);
        if (kibibytes < Argon2Cost.LEAST.kibibytes()
                || kibibytes > MAX_KIBIBYTES
                || passes < 2
                || passes > MAX_PASSES) {
            throw Problem.MALFORMED.because(
                    "the file asks for a key derivation outside the limits");
        }
        try {
            return crypto.argon2id(
                    passphrase,
                    Base64.getDecoder().decode(sealing.path("salt").asString("")),
                    new Argon2Cost(
                            kibibytes, passes, Math.clamp(sealing.path("lanes").asInt(1), 1, 4)),
                    32);
        } catch (IllegalArgumentException e) {
            throw Problem.MALFORMED.because("the salt of the file is not Base64");
        }
    }

    private Optional<EnvironmentDraft.Source> source(
            JsonNode environment, String name, SourceKind kind, Optional<SecretBytes> key) {
        var source = environment.path(kind.member());
        if (!source.isObject()) {
            return Optional.empty();
        }
        return Optional.of(
                new EnvironmentDraft.Source(
                        source.path("host").asString(""),
                        Optional.of(source.path("port").asInt(443)),
                        source.path("username").asString(""),
                        key.filter(_ -> source.has("sealedPassword"))
                                .map(open -> password(source, name, kind, open)),
                        Optional.of(trust(source.path("trust"))),
                        Optional.of(
                                source.path("scheduleMinutes")
                                        .asInt(EnvironmentDraft.usualMinutes(kind)))));
    }

    private SecretBytes password(JsonNode source, String name, SourceKind kind, SecretBytes key) {
        try {
            return crypto.open(
                    key,
                    Bytes.owning(
                            Base64.getDecoder().decode(source.path("sealedPassword").asString(""))),
                    place(name, kind));
        } catch (Tampered | IllegalArgumentException e) {
            throw Refusal.of(
                    List.of(
                            FieldError.of(
                                    "/passphrase",
                                    "wrong",
                                    "does not open the passwords of this file")));
        }
    }

    private static Trust trust(JsonNode trust) {
        try {
            return new Trust(
                    Trust.Mode.valueOf(trust.path("mode").asString("SYSTEM")),
                    Optional.ofNullable(trust.get("fingerprint")).map(JsonNode::asString),
                    Optional.ofNullable(trust.get("caPem")).map(JsonNode::asString));
        } catch (IllegalArgumentException e) {
            throw Problem.MALFORMED.because("a trust mode is one of SYSTEM, CA, PIN, OFF");
        }
    }
}
