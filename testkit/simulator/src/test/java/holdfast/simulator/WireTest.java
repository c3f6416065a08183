package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// TLS, the log, the control port and the command line.
class WireTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension private final Running running = new Running();

    private static SSLSocket connect(Simulator simulator) throws Exception {
        var socket =
                (SSLSocket)
                        Client.trusting()
                                .getSocketFactory()
                                .createSocket("localhost", simulator.port());
        socket.startHandshake();
        return socket;
    }

    private static String fingerprint(SSLSocket socket) throws Exception {
        var leaf = socket.getSession().getPeerCertificates()[0].getEncoded();
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(leaf));
    }

    @ParameterizedTest
    @EnumSource
    void each_shape_of_certificate_is_presented_with_its_fingerprint(CertificateShape shape)
            throws Exception {
        var simulator =
                running.simulator(options ->
                        options.withCertificate(shape, List.of("localhost", "127.0.0.1")));
        try (var socket = connect(simulator)) {
            assertThat(fingerprint(socket))
                    .isEqualTo(simulator.fingerprint())
                    .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
            assertThat(socket.getSession().getPeerCertificates())
                    .hasSize(shape == CertificateShape.ISSUED ? 2 : 1);
        }
    }

    @Test
    void a_changed_certificate_is_what_the_next_connection_sees() throws Exception {
        var simulator = running.simulator();
        var before = simulator.fingerprint();
        var after = simulator.changeCertificate();
        try (var socket = connect(simulator)) {
            assertThat(fingerprint(socket)).isEqualTo(after).isNotEqualTo(before);
        }
    }

    @Test
    void only_tls_1_2_with_aes_gcm_may_be_offered() throws Exception {
        var simulator = running.simulator(options -> options.withTls(TlsMode.TLS_1_2_ONLY));
        try (var socket = connect(simulator)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
            assertThat(socket.getSession().getCipherSuite()).contains("AES", "GCM");
        }
    }

    @Test
    void a_client_that_does_not_trust_sends_no_byte() throws Exception {
        var simulator = running.simulator();
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(simulator.url() + "/v1/tokens")).build();
            assertThatThrownBy(() -> http.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
        var connection = simulator.requests().awaitConnection(LoggedConnection::ended, PATIENCE);
        assertThat(connection.bytes()).isZero();
        assertThat(simulator.requests().all()).isEmpty();
    }

    @Test
    void every_request_is_logged_without_its_secrets() throws Exception {
        var simulator = running.simulator();
        running.client(simulator).loggedIn().get("/v1/credentials?pageNumber=0&pageSize=10");

        assertThat(simulator.requests().all()).hasSize(2);
        var list = simulator.requests().all().getLast();
        assertThat(list.line()).isEqualTo("GET /v1/credentials");
        assertThat(list.query()).isEqualTo("pageNumber=0&pageSize=10");
        assertThat(list.headers().get("authorization"))
                .startsWith("Bearer sha256:")
                .hasSizeLessThan(40);
        assertThat(list.bodySha256()).startsWith("e3b0c44298fc1c14"); // sha256sum /dev/null
        assertThat(simulator.requests().all().toString()).doesNotContain(simulator.password());
    }

    @Test
    void another_process_controls_it_over_the_control_port() throws Exception {
        var simulator = running.simulator(options -> options.withPorts(0, 0));
        var control = "http://localhost:" + simulator.controlPort().orElseThrow();
        var client = running.client(simulator).loggedIn();
        var row = simulator.estate().credentials().getFirst();

        assertThat(
                        call(
                                        "POST",
                                        control + "/faults",
                                        "{\"fault\":\"status=403@/v1/credentials\"}")
                                .statusCode())
                .isEqualTo(204);
        assertThat(client.get("/v1/credentials").statusCode()).isEqualTo(403);
        assertThat(call("GET", control + "/faults", "").body())
                .isEqualTo("[\"status=403@/v1/credentials\"]");
        call("DELETE", control + "/faults", "");
        assertThat(client.get("/v1/credentials").statusCode()).isEqualTo(200);

        call("POST", control + "/switches", "{\"token-ttl\":\"60\"}");
        assertThat(call("GET", control + "/switches", "").body()).contains("\"token-ttl\":\"60\"");
        call(
                "POST",
                control + "/estate/component-password",
                "{\"id\":\"" + row.id() + "\",\"password\":\"Behind!Back#1\"}");
        assertThat(simulator.estate().componentPassword(row.id())).isEqualTo("Behind!Back#1");
        call("POST", control + "/estate/truncate", "{\"count\":3}");
        assertThat(simulator.estate().credentials()).hasSize(3);
        assertThat(call("GET", control + "/requests?since=1", "").body())
                .contains("/v1/credentials");
        assertThat(call("GET", control + "/status", "").body()).contains(simulator.fingerprint());
        assertThat(call("POST", control + "/certificate", "").body())
                .contains(simulator.fingerprint());
        assertThat(call("POST", control + "/faults", "{\"fault\":\"quake\"}").statusCode())
                .isEqualTo(400);
        assertThat(call("POST", control + "/estate/rotate", "{\"id\":\"none\"}").statusCode())
                .isEqualTo(400);
    }

    private static HttpResponse<String> call(String method, String url, String body)
            throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void the_command_line_names_what_is_wrong() {
        var line =
                CommandLine.parse(
                        List.of(
                                "--role",
                                "installer",
                                "--version",
                                "9.1",
                                "--port",
                                "8443",
                                "--fault",
                                "slow=5",
                                "--switch",
                                "deployments=2"),
                        running.clock());
        assertThat(line.options().version()).isEqualTo(Version.V9_1_0);
        assertThat(line.options().user()).isEqualTo("admin@local");
        assertThat(line.options().faults()).containsExactly(Fault.of(FaultKind.SLOW, 5));

        assertThatThrownBy(() ->
                        CommandLine.parse(
                                List.of("--role", "installer", "--version", "5.1"),
                                running.clock()))
                .hasMessageContaining("only from 9.0");
        assertThatThrownBy(() -> CommandLine.parse(List.of("--port", "x"), running.clock()))
                .hasMessageContaining("--port");
        assertThatThrownBy(() -> CommandLine.parse(List.of("--what", "x"), running.clock()))
                .hasMessageContaining("--what");
    }
}
