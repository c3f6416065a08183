package holdfast.outbound;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/// The only [Outbound]: one connection a call, made to the very address that was checked.
public final class GuardedOutbound implements Outbound {
    /// Turns a name into addresses; the system's resolver in the program, a hand-made one in tests.
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final AddressPolicy policy;
    private final Resolver resolver;

    public GuardedOutbound(AddressPolicy policy, Resolver resolver) {
        this.policy = policy;
        this.resolver = resolver;
    }

    @Override
    public Answer send(Target target, Call call) {
        return send(target, call, Optional.empty());
    }

    /// As [#send(Target, Call)], but the body of a successful answer goes to `to` as it comes, whatever its length.
    public Answer send(Target target, Call call, OutputStream to) {
        return send(target, call, Optional.of(to));
    }

    private Answer send(Target target, Call call, Optional<OutputStream> to) {
        var trust = new PeerTrust(target.trust(), false);
        var request = request(target, call);
        return within(
                call.deadline(),
                request::cancel,
                trust,
                () -> {
                    var addresses = checked(target.host());
                    try (var client = client(trust, addresses, call)) {
                        return client.execute(
                                request, response -> read(response, call, request, to));
                    }
                });
    }

    @Override
    public PeerCertificate inspect(Target target, Duration deadline) {
        var trust = new PeerTrust(target.trust(), true);
        var open = new AtomicReference<>(new Socket());
        return within(
                deadline,
                () -> closeQuietly(open.get()),
                trust,
                () -> {
                    var plain = connect(checked(target.host()), target.port(), deadline, open);
                    plain.setSoTimeout((int) deadline.toMillis());
                    var factory = trust.context().getSocketFactory();
                    try (var tls =
                            (SSLSocket)
                                    factory.createSocket(
                                            plain, target.host(), target.port(), true)) {
                        if (trust.checksName()) {
                            var parameters = tls.getSSLParameters();
                            parameters.setEndpointIdentificationAlgorithm("HTTPS");
                            tls.setSSLParameters(parameters);
                        }
                        tls.startHandshake();
                        return trust.shown().orElseThrow();
                    }
                });
    }

    /// Tries the addresses in turn, as the client for calls does; the last failure counts.
    ///
    /// @param open always holds the socket in use, for whoever cuts it
    private static Socket connect(
            InetAddress[] addresses, int port, Duration deadline, AtomicReference<Socket> open)
            throws IOException {
        IOException last = new UnknownHostException();
        for (var address : addresses) {
            var socket = new Socket();
            open.set(socket);
            try {
                int share = (int) Math.max(1, deadline.toMillis() / addresses.length);
                socket.connect(new InetSocketAddress(address, port), share);
                return socket;
            } catch (IOException failure) {
                closeQuietly(socket);
                last = failure;
            }
        }
        throw last;
    }

    interface Work<T> {
        T run() throws IOException;
    }

    /// One deadline for all: resolving, connecting, shaking hands, every byte of the body.
    ///
    /// What comes too late is closed: it may be an answer full of secrets.
    static <T> T within(Duration deadline, Runnable cut, PeerTrust trust, Work<T> work) {
        // never closed: closing waits for the work, and a name that hangs in the resolver would
        // outlive the deadline
        var thread = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var result =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return work.run();
                                } catch (IOException failure) {
                                    throw failure(failure, trust);
                                }
                            },
                            thread);
            try {
                return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                var _ = result.thenAccept(GuardedOutbound::discard);
                cut.run();
                throw because(
                        OutboundFailure.Kind.DEADLINE,
                        "The answer was not complete after %d s.".formatted(deadline.toSeconds()),
                        trust);
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof OutboundFailure known) {
                    throw known;
                }
                throw new IllegalStateException(failure.getCause());
            } catch (InterruptedException _) {
                var _ = result.thenAccept(GuardedOutbound::discard);
                cut.run();
                Thread.currentThread().interrupt();
                throw because(OutboundFailure.Kind.CUT, "The call was interrupted.", trust);
            }
        } finally {
            thread.shutdownNow();
        }
    }

    private static void discard(Object late) {
        if (late instanceof Answer answer) {
            answer.close();
        }
    }

    private InetAddress[] checked(String host) throws UnknownHostException {
        var addresses = resolver.resolve(host);
        for (var address : addresses) {
            var objection = policy.objection(address);
            if (objection.isPresent()) {
                throw new OutboundFailure(
                        OutboundFailure.Kind.ADDRESS_FORBIDDEN,
                        "%s may not be reached: %s.".formatted(host, objection.get()),
                        Optional.empty());
            }
        }
        return addresses;
    }

    private static HttpUriRequestBase request(Target target, Call call) {
        var host = target.host().indexOf(':') >= 0 ? "[" + target.host() + "]" : target.host();
        var request =
                new HttpUriRequestBase(
                        call.method(),
                        java.net.URI.create(
                                "https://%s:%d%s".formatted(host, target.port(), call.path())));
        call.headers().forEach(request::addHeader);
        call.body()
                .ifPresent(body ->
                        request.setEntity(
                                new ByteArrayEntity(
                                        body.use(byte[]::clone),
                                        org.apache.hc.core5.http.ContentType.parseLenient(
                                                call.headers()
                                                        .getOrDefault(
                                                                "Content-Type",
                                                                "application/json")))));
        return request;
    }

    private static CloseableHttpClient client(PeerTrust trust, InetAddress[] addresses, Call call) {
        var connect = Timeout.of(call.connect());
        var names =
                trust.checksName() ? new DefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE;
        var tls =
                new DefaultClientTlsStrategy(
                        trust.context(),
                        trust.checksName()
                                ? HostnameVerificationPolicy.BOTH
                                : HostnameVerificationPolicy.CLIENT,
                        names);
        var connections =
                PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Checked(addresses))
                        .setTlsSocketStrategy(tls)
                        .setDefaultConnectionConfig(
                                ConnectionConfig.custom()
                                        .setConnectTimeout(connect)
                                        .setSocketTimeout(Timeout.of(call.deadline()))
                                        .build())
                        .setDefaultTlsConfig(
                                TlsConfig.custom().setHandshakeTimeout(connect).build())
                        .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .setUserAgent("Holdfast")
                .build();
    }

    private static WipedAnswer read(
            ClassicHttpResponse response,
            Call call,
            HttpUriRequestBase request,
            Optional<OutputStream> to)
            throws IOException {
        var answer = new WipedAnswer(response.getCode());
        for (var header : response.getHeaders()) {
            answer.header(header.getName(), header.getValue());
        }
        var entity = response.getEntity();
        if (entity != null && to.isPresent() && response.getCode() < 300) {
            entity.getContent().transferTo(to.get());
        } else if (entity != null) {
            try {
                if (!answer.fill(entity.getContent(), call.maxBody())) {
                    answer.close();
                    request.cancel();
                    throw new OutboundFailure(
                            OutboundFailure.Kind.TOO_LARGE,
                            "The answer is larger than %,d bytes.".formatted(call.maxBody()),
                            Optional.empty());
                }
            } catch (IOException failure) {
                answer.close();
                throw failure;
            }
        }
        return answer;
    }

    private static OutboundFailure failure(IOException failure, PeerTrust trust) {
        boolean unbelieved = trust.shown().isPresent() && !trust.shown().get().trusted();
        return switch (failure) {
            case UnknownHostException _ ->
                    because(
                            OutboundFailure.Kind.NAME_UNKNOWN,
                            "The name is not known to the resolver.",
                            trust);
            case ConnectTimeoutException _ ->
                    because(
                            OutboundFailure.Kind.CONNECT_TIMEOUT,
                            "Nobody answered at this address in time.",
                            trust);
            case ConnectException _ ->
                    because(
                            OutboundFailure.Kind.CONNECT_REFUSED,
                            "The connection was refused.",
                            trust);
            case SSLException _
                    when unbelieved
                            || failure instanceof javax.net.ssl.SSLPeerUnverifiedException ->
                    because(
                            OutboundFailure.Kind.CERTIFICATE_UNTRUSTED,
                            "The certificate that was shown is not believed.",
                            trust);
            case SSLException _ ->
                    because(
                            OutboundFailure.Kind.TLS_FAILED,
                            "No TLS connection came about.",
                            trust);
            case SocketTimeoutException _ ->
                    because(
                            OutboundFailure.Kind.CONNECT_TIMEOUT,
                            "Nobody answered at this address in time.",
                            trust);
            case InterruptedIOException _ ->
                    because(OutboundFailure.Kind.CUT, "The call was cut off.", trust);
            default ->
                    because(
                            OutboundFailure.Kind.CUT,
                            "The connection was cut before the answer was complete.",
                            trust);
        };
    }

    private static OutboundFailure because(
            OutboundFailure.Kind kind, String sentence, PeerTrust trust) {
        return new OutboundFailure(kind, sentence, trust.shown());
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it was to be cut anyway
        }
    }

    /// Answers with the addresses that were checked, whatever the name resolves to by now.
    private record Checked(java.util.List<InetAddress> addresses) implements DnsResolver {
        Checked(InetAddress[] addresses) {
            this(java.util.List.of(addresses));
        }

        @Override
        public InetAddress[] resolve(String host) {
            return addresses.toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
