package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the server promises on the way in, seen by `openssl s_client`.
class TlsTest {
    private static final String WEAK = "ALL:COMPLEMENTOFALL:@SECLEVEL=0";

    @TempDir Path folder;
    private Path chain;
    private Path key;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
        Certificates.chained(folder, chain, key);
        server =
                TestServer.with(
                        List.of(
                                new Route(
                                        "GET",
                                        "/api/ping",
                                        Access.PUBLIC,
                                        0,
                                        Rate.FREE,
                                        _ -> Response.json("pong"))),
                        100,
                        List.of(),
                        chain,
                        key);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tls_1_2_and_1_3_are_spoken() throws Exception {
        for (var version : List.of("1_2", "1_3")) {
            var said = OpenSsl.connect(server.port(), "-tls" + version);

            assertThat(said.exit()).describedAs(said.text()).isZero();
            assertThat(said.text()).contains("New, TLSv" + version.replace('_', '.'));
        }
    }

    @Test
    void older_versions_are_refused_by_the_server() throws Exception {
        for (var version : List.of("-tls1", "-tls1_1")) {
            var said = OpenSsl.connect(server.port(), version, "-cipher", WEAK);

            assertThat(said.text()).describedAs(version).contains("alert protocol version");
            assertThat(said.exit()).describedAs(version).isNotZero();
        }
    }

    @Test
    void of_all_suites_openssl_knows_only_ephemeral_ones_with_authenticated_encryption_are_taken()
            throws Exception {
        var taken = new TreeSet<String>();
        var known = OpenSsl.run("ciphers", "-tls1_2", "-s", WEAK).text().strip();
        for (var suite : known.split(":", -1)) {
            var said = OpenSsl.connect(server.port(), "-tls1_2", "-cipher", suite + ":@SECLEVEL=0");
            if (said.exit() == 0) {
                taken.add(suite);
            }
        }
        for (var suite :
                List.of(
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_CHACHA20_POLY1305_SHA256",
                        "TLS_AES_128_CCM_SHA256",
                        "TLS_AES_128_CCM_8_SHA256")) {
            if (OpenSsl.connect(server.port(), "-tls1_3", "-ciphersuites", suite).exit() == 0) {
                taken.add(suite);
            }
        }

        assertThat(known.split(":", -1)).hasSizeGreaterThan(50);
        assertThat(taken)
                .containsExactlyInAnyOrder(
                        "ECDHE-ECDSA-AES128-GCM-SHA256",
                        "ECDHE-ECDSA-AES256-GCM-SHA384",
                        "ECDHE-ECDSA-CHACHA20-POLY1305",
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void the_full_chain_is_served() throws Exception {
        var said =
                OpenSsl.connect(
                        server.port(),
                        "-showcerts",
                        "-CAfile",
                        folder.resolve("root.pem").toString(),
                        "-verify_return_error");

        assertThat(said.exit()).describedAs(said.text()).isZero();
        assertThat(said.text().split("BEGIN CERTIFICATE", -1)).hasSize(3);
        assertThat(said.text()).contains("Verify return code: 0 (ok)");
    }

    @Test
    void a_new_certificate_is_served_without_a_restart_and_open_connections_go_on()
            throws Exception {
        try (var open = server.open()) {
            assertThat(ping(open)).contains("pong");
            var before = serial();

            Certificates.chained(folder, chain, key);
            server.server().checkCertificate();

            assertThat(serial()).isNotEqualTo(before);
            assertThat(ping(open)).contains("pong");
        }
    }

    @Test
    void files_that_do_not_belong_together_leave_the_old_certificate_in_place() throws Exception {
        var before = serial();
        Certificates.selfSigned(folder.resolve("another.pem"), key);

        server.server().checkCertificate();

        assertThat(serial()).isEqualTo(before);

        Files.writeString(chain, "no certificate at all");
        server.server().checkCertificate();

        assertThat(serial()).isEqualTo(before);
    }

    @Test
    void plain_http_is_served_on_loopback_only() throws Exception {
        try (var loopback = new Socket(InetAddress.getLoopbackAddress(), server.plainPort())) {
            loopback.getOutputStream()
                    .write(
                            "GET /api/ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(TestServer.rest(loopback)).startsWith("HTTP/1.1 200").contains("pong");
        }
        var another = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        // 127.0.0.2 is this machine too, as any other of its addresses is
        assertThatThrownBy(() -> new Socket(another, server.plainPort()).close())
                .isInstanceOf(java.net.ConnectException.class);
    }

    private java.math.BigInteger serial() throws IOException {
        try (var socket = server.open()) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber();
        }
    }

    private static String ping(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write(
                        "GET /api/ping HTTP/1.1\r\nHost: a\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (!answer.toString().endsWith("\"pong\"")) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                break;
            }
            answer.append((char) octet);
        }
        return answer.toString();
    }
}
