package holdfast.outbound;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A server that we did not write, on 127.0.0.1 and a free port; its self-signed certificate says `CN=localhost`.
final class Elsewhere implements AutoCloseable {
    private static final String PASSWORD = "not-secret";

    private static final SSLContext SHOWN = shown();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;

    Elsewhere() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SHOWN));
        server.setExecutor(threads);
        server.start();
    }

    /// Answers `path` by `handler`.
    Elsewhere at(String path, HttpHandler handler) {
        server.createContext(path, handler);
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static SSLContext shown() {
        try (var file = Files.newInputStream(selfSigned())) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, PASSWORD.toCharArray());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            var tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), null, null);
            return tls;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Path selfSigned() throws IOException {
        var store = Files.createTempDirectory("holdfast-elsewhere").resolve("store.p12");
        var command =
                "%s -genkeypair -alias own -keyalg EC -groupname secp256r1 -dname CN=localhost"
                                .formatted(Path.of(System.getProperty("java.home"), "bin/keytool"))
                        + " -validity 2 -storetype PKCS12 -storepass %s -keystore %s"
                                .formatted(PASSWORD, store);
        var process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
        return store;
    }
}
