package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.demo.Traces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No secret is readable in anything a server wrote, at log level DEBUG, in whatever form.
class SealedTest {
    private static final int CREDENTIALS = 120;

    private final Traces traces = new Traces();

    @ParameterizedTest
    @EnumSource
    void nothing_that_is_written_tells_a_secret(Engine engine) throws Exception {
        var passphrase = "Marked passphrase that unseals the root key";
        var environment =
                engine == Engine.SQLITE
                        ? Map.of("HOLDFAST_LOG_LEVEL", "DEBUG")
                        : Map.of(
                                "HOLDFAST_LOG_LEVEL",
                                "DEBUG",
                                "HOLDFAST_DATABASE_PASSWORD",
                                mark("the database's password"),
                                "HOLDFAST_DATABASE_OWNER_PASSWORD",
                                mark("the owner's password"),
                                "HOLDFAST_UNSEAL",
                                "passphrase",
                                "HOLDFAST_PASSPHRASE",
                                passphrase);
        traces.mark("the passphrase", passphrase);
        try (var site = SimulatedSite.of(CREDENTIALS);
                var installation = Installation.of(engine, environment)) {
            int answers = new BusyDay(installation, site, traces).walk();
            var keys = markKeys(installation);

            installation.stored().checkpoint();
            traces.searchFiles(installation.folder(), keys);
            installation
                    .stored()
                    .dataDirectory()
                    .ifPresent(data -> traces.searchFiles(data, Set.of()));
            installation.stored().dump().ifPresent(dump -> traces.search("a dump", dump));
            installation.server().close();
            traces.searchFiles(installation.folder(), keys);
            traces.search("the console", console(installation));

            assertThat(logs(installation)).contains("sync ended");
            System.out.printf(
                    "%d values in all forms, %d files and answers (%d answers) on %s%n",
                    traces.marked(), traces.searched(), answers, engine);
        }
        assertThat(traces.marked()).isGreaterThan(2 * CREDENTIALS);
        assertThat(traces.found()).isEmpty();
    }

    @Test
    void every_form_of_a_value_is_found() {
        var value = "Plum \"stone\" & <Käse> \\ 50%/+?'";
        traces.mark("it", value);
        for (var written : forms(value)) {
            int before = traces.found().size();
            traces.search(
                    "place " + before, ("x" + written + "y").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(traces.found()).as(written).hasSizeGreaterThan(before);
        }
        traces.search("nothing", "Plum 'stone' and cheese");
        assertThat(traces.found()).noneMatch(found -> found.endsWith("nothing"));
    }

    /// Made by other means than the search's own.
    private static List<String> forms(String value) {
        var utf8 = value.getBytes(StandardCharsets.UTF_8);
        var mime = Base64.getEncoder();
        return List.of(
                latin(utf8),
                latin(
                        new tools.jackson.databind.json.JsonMapper()
                                .writeValueAsString(value)
                                .getBytes(StandardCharsets.UTF_8)),
                mime.encodeToString(utf8),
                mime.encodeToString(latin1("a" + latin(utf8) + "b")),
                mime.encodeToString(latin1("ab" + latin(utf8))),
                Base64.getUrlEncoder().encodeToString(latin1("{\"p\":\"" + latin(utf8) + "\"}")),
                HexFormat.of().formatHex(utf8),
                "\\x" + HexFormat.of().withUpperCase().formatHex(utf8),
                java.net.URLEncoder.encode(value, StandardCharsets.UTF_8),
                java.net
                        .URI
                        .create("http://x/")
                        .resolve(
                                "?"
                                        + java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)
                                                .replace("+", "%20"))
                        .getRawQuery(),
                latin(value.getBytes(StandardCharsets.UTF_16LE)),
                latin(value.getBytes(StandardCharsets.UTF_16BE)));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String mark(String name) {
        var value = "Marked-" + name.replace(' ', '-') + "-7Q";
        traces.mark(name, value);
        return value;
    }

    /// {@return the files that hold a key rightly}
    private Set<Path> markKeys(Installation installation)
            throws IOException, GeneralSecurityException {
        var master = installation.folder().resolve("master.key");
        if (Files.exists(master)) {
            traces.mark("the key file", Files.readString(master).strip());
            traces.mark("the root key", HexFormat.of().parseHex(Files.readString(master).strip()));
        }
        try (var files = Files.walk(installation.folder())) {
            var pem =
                    files.filter(file -> file.toString().contains("/tls/"))
                            .filter(file -> holdsKey(file))
                            .findFirst()
                            .orElseThrow();
            var der =
                    Base64.getMimeDecoder()
                            .decode(Files.readString(pem).replaceAll("-----[A-Z ]*-----", ""));
            var key =
                    (ECPrivateKey)
                            KeyFactory.getInstance("EC")
                                    .generatePrivate(new PKCS8EncodedKeySpec(der));
            var scalar = HexFormat.of().parseHex("%064x".formatted(key.getS()));
            traces.mark("the key of the certificate", scalar);
            return Set.of(master, pem);
        }
    }

    private static boolean holdsKey(Path file) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).contains("PRIVATE KEY");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Everything but the one line that hands the setup code to the operator.
    private static String console(Installation installation) {
        return String.join(
                "\n",
                installation.server().lines().stream()
                        .filter(line -> !line.startsWith("setup-code "))
                        .toList());
    }

    private static String logs(Installation installation) throws IOException {
        return Files.readString(installation.folder().resolve("state/log/holdfast.log"));
    }
}
