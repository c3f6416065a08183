package holdfast.benchmarks;

import holdfast.testkit.Await;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/// A Tomcat that answers a fixed text over TLS and does nothing else, as a process of its own with the collector of the
/// distribution.
final class EmptyServer implements AutoCloseable {
    private static final byte[] BODY = "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);

    private final Process process;
    private final int port;

    private EmptyServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// @param folder for its certificate and its own files
    static EmptyServer start(Path folder) {
        try {
            int port = freePort();
            var java = Path.of(System.getProperty("java.home"), "bin", "java");
            run(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-subj",
                    "/CN=localhost",
                    "-days",
                    "1",
                    "-keyout",
                    folder.resolve("key").toString(),
                    "-out",
                    folder.resolve("chain").toString());
            var process =
                    new ProcessBuilder(
                                    java.toString(),
                                    "-XX:+UseSerialGC",
                                    "-XX:+UseCompactObjectHeaders",
                                    "-Xmx512m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    EmptyServer.class.getName(),
                                    folder.toString(),
                                    Integer.toString(port))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var server = new EmptyServer(process, port);
            Await.until("the empty server listens", server::listens);
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    Generators.Target target() {
        return new Generators.Target(
                URI.create("https://127.0.0.1:" + port), new ProcessFigures(process.pid()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void run(String... command) throws IOException {
        try {
            int code =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor();
            if (code != 0) {
                throw new IllegalStateException(command[0] + " ended with " + code);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
    }

    /// Serves until it is ended.
    ///
    /// @param arguments folder with certificate and key, port
    public static void main(String[] arguments) throws LifecycleException {
        var folder = Path.of(arguments[0]);
        var tomcat = new Tomcat();
        tomcat.setBaseDir(folder.resolve("tomcat").toString());
        var connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(Integer.parseInt(arguments[1]));
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("useVirtualThreads", "true");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("SSLEnabled", "true");
        connector.setSecure(true);
        connector.setScheme("https");
        var tls = new SSLHostConfig();
        var certificate =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(folder.resolve("chain").toString());
        certificate.setCertificateKeyFile(folder.resolve("key").toString());
        tls.addCertificate(certificate);
        connector.addSslHostConfig(tls);
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "empty", new Empty());
        context.addServletMapping("/*", "empty");
        tomcat.start();
        tomcat.getServer().await();
    }

    private static final class Empty extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest from, HttpServletResponse to) throws IOException {
            to.setContentType("application/json");
            to.setContentLength(BODY.length);
            to.getOutputStream().write(BODY);
        }
    }
}
