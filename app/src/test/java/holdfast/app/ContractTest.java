package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.crypto.Crypto;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// `openapi.yaml`, the routes and the answers of a real server say the same.
class ContractTest {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    @TempDir static Path folder;
    private static Holdfast holdfast;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        var state =
                Files.createDirectory(
                        folder.resolve("state"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        var flags =
                List.of("--state-dir", state.toString(), "--port", "0", "--address", "127.0.0.1");
        holdfast = Holdfast.start(Config.from(flags, Map.of(), folder));
        client = HttpClient.newBuilder().sslContext(believing(holdfast.certificate())).build();
    }

    @AfterAll
    static void stop() {
        holdfast.close();
    }

    @Test
    void every_route_is_described_and_every_description_has_its_route() throws IOException {
        var described = new TreeMap<String, String>();
        paths().forEach((path, item) ->
                METHODS.stream()
                        .filter(item::containsKey)
                        .forEach(method ->
                                described.put(
                                        method.toUpperCase(java.util.Locale.ROOT) + " " + path,
                                        permission(item.get(method)))));
        var routed = new TreeMap<String, String>();
        holdfast.routes()
                .forEach(route ->
                        routed.put(route.method() + " " + route.path(), route.access().name()));

        assertThat(routed).containsExactlyEntriesOf(described);
    }

    @Test
    void a_route_that_is_not_public_answers_nobody_with_401() throws Exception {
        var open = new TreeSet<String>();
        for (var route : holdfast.routes()) {
            if (!route.isPublic()) {
                var path =
                        route.path()
                                .replaceAll("\\{[a-z]+}", "0198c0de-0000-7000-8000-000000000001");
                var request =
                        HttpRequest.newBuilder(
                                        URI.create("https://localhost:" + holdfast.port() + path))
                                .method(route.method(), BodyPublishers.noBody())
                                .build();
                int status = client.send(request, BodyHandlers.discarding()).statusCode();
                if (status != 401) {
                    open.add(route.method() + " " + route.path() + " answered " + status);
                }
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void the_fingerprint_printed_is_the_one_of_the_certificate_served() throws Exception {
        Crypto crypto = Chance.crypto();

        assertThat(OwnCertificate.fingerprint(holdfast.certificate(), crypto))
                .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @SuppressWarnings("unchecked") // the shape of a YAML document
    private static Map<String, Map<String, Object>> paths() throws IOException {
        var text = Files.readString(GoldenFile.root().resolve("openapi.yaml"));
        var document =
                (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
        return (Map<String, Map<String, Object>>) Objects.requireNonNull(document.get("paths"));
    }

    private static String permission(@Nullable Object operation) {
        return operation instanceof Map<?, ?> map ? String.valueOf(map.get("x-permission")) : "";
    }

    static SSLContext believing(Path chain) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(chain)) {
            int number = 0;
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("c" + number++, certificate);
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
