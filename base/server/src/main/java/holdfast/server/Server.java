package holdfast.server;

import holdfast.kernel.Ids;
import holdfast.kernel.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.core.StandardService;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/// Embedded Tomcat, set up once: TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2, virtual threads, nothing scanned, nothing served
/// but the dispatcher.
public final class Server implements AutoCloseable {
    private static final int MAX_HEADERS = 16 * 1024; // bytes
    private static final int MAX_SWALLOW = 128 * 1024; // bytes of a refused body that are read away
    private static final int MAX_CONNECTIONS = 20_000;

    /// Of one HTTP/2 connection. A live stream runs on until the next pulse after its reader left: with Tomcat's 20, a person
    /// who changes pages quickly would wait for it. The dispatcher limits what runs in all.
    private static final int MAX_EXECUTIONS = 250;

    private static final Duration SLOW_CLIENT = Duration.ofSeconds(10);
    private static final Duration CERTIFICATE_CHECK = Duration.ofSeconds(10);
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /// What was taken from an inherited socket has this long to bring its handshake and its request.
    private static final Duration ARRIVAL = Duration.ofSeconds(1);

    /// For TLS 1.2: ECDHE with AES-GCM or ChaCha20 only. The suites of TLS 1.3 are all of that kind.
    private static final String CIPHERS =
            "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
                    + "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
                    + "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

    static {
        // nobody manages Tomcat over JMX, and its descriptions take a tenth of the start
        Registry.disableRegistry();
    }

    private final Tomcat tomcat = new Tomcat();
    private final Dispatcher dispatcher;
    private final Optional<InheritedEndpoint> inherited;
    private final Connector secure;
    private final CertificateFiles certificate;
    private final Duration slowClient;

    public Server(ServerConfig config, Dispatcher dispatcher, Ids ids) {
        this(config, dispatcher, ids, SLOW_CLIENT);
    }

    /// @param slowClient how long a client may keep the server waiting for the next byte
    Server(ServerConfig config, Dispatcher dispatcher, Ids ids, Duration slowClient) {
        this.dispatcher = dispatcher;
        this.slowClient = slowClient;
        this.certificate = new CertificateFiles(config.chain(), config.key());
        certificate.requirePair();
        tomcat.setBaseDir(config.scratch().toString());
        inherited =
                InheritedEndpoint.isGiven()
                        ? Optional.of(new InheritedEndpoint())
                        : Optional.empty();
        secure = secure(config);
        tomcat.setConnector(secure); // without it nothing listens
        if (config.plainPort() > 0) {
            tomcat.getService().addConnector(plain("127.0.0.1", config.plainPort()));
        }
        ((StandardService) tomcat.getService()).setGracefulStopAwaitMillis(0); // see close()
        var host = (StandardHost) tomcat.getHost();
        host.setAutoDeploy(false);
        host.setErrorReportValveClass(null); // else Tomcat adds its own page
        host.getPipeline().addValve(new ProblemValve(ids));
        dispatcher.believe(new Proxies(config.trustedProxies(), config.proxyHeader()), slowClient);
        var context = tomcat.addContext("", null);
        context.setCookies(false); // sessions are identity's
        Tomcat.addServlet(context, "dispatcher", dispatcher);
        context.addServletMapping("/*", "dispatcher");
    }

    /// Binds and serves.
    ///
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when the port cannot be bound
    public Server start() {
        try {
            tomcat.init();
            for (var connector : tomcat.getService().findConnectors()) {
                var handler = connector.getProtocolHandler();
                handler.setAdapter(new AsteriskAdapter(handler.getAdapter()));
            }
            tomcat.start();
        } catch (LifecycleException failure) {
            throw Problem.UNAVAILABLE.because("the server cannot start: " + cause(failure));
        }
        if (secure.getState() != LifecycleState.STARTED) {
            throw Problem.UNAVAILABLE.because(
                    "port %d cannot be bound: something listens there already, or the port needs a privilege"
                            .formatted(secure.getPort()));
        }
        certificate.watch(CERTIFICATE_CHECK, this::reloadCertificate);
        return this;
    }

    /// {@return the HTTPS port that is really bound}
    public int port() {
        return secure.getLocalPort();
    }

    /// {@return how many requests and streams are not answered to their end}
    int open() {
        return dispatcher.open();
    }

    /// Serves the certificate of the files if they have changed; connections go on. Files that do not belong together
    /// are told in the log, and the certificate stays.
    void checkCertificate() {
        certificate.check(this::reloadCertificate);
    }

    private void reloadCertificate() {
        ((AbstractHttp11Protocol<?>) secure.getProtocolHandler()).reloadSslHostConfigs();
    }

    /// Stops accepting, ends live streams, lets requests finish, then stops. With an inherited socket nobody is refused: who
    /// was taken is answered, and who connects now waits for the next process.
    @Override
    public void close() {
        if (!certificate.close()) {
            return;
        }
        inherited.ifPresent(this::leave);
        for (var connector : tomcat.getService().findConnectors()) {
            connector.pause();
            connector.getProtocolHandler().closeServerSocketGraceful();
        }
        dispatcher.stop();
        drain();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failure) {
            throw new IllegalStateException("the server did not stop", failure);
        }
    }

    /// Until Tomcat pauses it answers; after that a request that comes late gets 503.
    private void leave(InheritedEndpoint endpoint) {
        dispatcher.leave();
        endpoint.leave();
        long end = System.nanoTime() + ARRIVAL.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /// Waits for requests, not for idle connections: Tomcat's own graceful stop waits for both.
    private void drain() {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (dispatcher.open() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static String cause(Throwable failure) {
        var at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }

    private Connector plain(String address, int port) {
        return usual(new Connector("org.apache.coyote.http11.Http11NioProtocol"), address, port);
    }

    private Connector usual(Connector connector, String address, int port) {
        connector.setPort(port);
        connector.setProperty("address", address);
        connector.setProperty("useVirtualThreads", "true");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(MAX_HEADERS));
        connector.setProperty("maxSwallowSize", Integer.toString(MAX_SWALLOW));
        connector.setProperty("maxConnections", Integer.toString(MAX_CONNECTIONS));
        connector.setProperty("connectionTimeout", Long.toString(slowClient.toMillis()));
        connector.setProperty("keepAliveTimeout", "60000");
        connector.setProperty("continueResponseTiming", "onRead");
        connector.setProperty("bindOnInit", "false");
        connector.setRejectSuspiciousURIs(true);
        connector.setMaxPostSize(0); // bodies are read by the dispatcher alone
        connector.setXpoweredBy(false);
        return connector;
    }

    private Connector secure(ServerConfig config) {
        var connector =
                inherited
                        .map(endpoint ->
                                usual(
                                        new Connector(new Http11NioProtocol(endpoint)),
                                        config.address(),
                                        config.port()))
                        .orElseGet(() -> plain(config.address(), config.port()));
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("SSLEnabled", "true");
        var tls = new SSLHostConfig();
        tls.setProtocols("TLSv1.2+TLSv1.3");
        tls.setCiphers(CIPHERS);
        tls.setHonorCipherOrder(true);
        var certificate =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateFile(config.chain().toString());
        certificate.setCertificateKeyFile(config.key().toString());
        tls.addCertificate(certificate);
        connector.addSslHostConfig(tls);
        var http2 = new Http2Protocol();
        http2.setMaxConcurrentStreamExecution(MAX_EXECUTIONS);
        connector.addUpgradeProtocol(http2);
        return connector;
    }
}
