package holdfast.server;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.tomcat.websocket.server.DefaultServerEndpointConfigurator;
import org.apache.tomcat.websocket.server.UpgradeUtil;
import org.apache.tomcat.websocket.server.WsContextListener;
import org.apache.tomcat.websocket.server.WsServerContainer;
import org.jspecify.annotations.Nullable;

/// The live streams that speak WebSocket (RFC 6455), by Tomcat's implementation: loaded with the first of them, and never
/// in the way of an ordinary request.
final class WebSockets {
    private final Duration quiet;
    private final Duration slow;
    private final Set<SocketStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private @Nullable WsServerContainer container;

    /// @param quiet after which a subscriber is pinged
    /// @param slow  how long one event may wait for its subscriber
    WebSockets(Duration quiet, Duration slow) {
        this.quiet = quiet;
        this.slow = slow;
    }

    /// {@return whether a request asks for a WebSocket; HTTP/2 has no `Upgrade` (RFC 9113 §8.2.2)}
    static boolean isAsked(HttpServletRequest from) {
        return "websocket".equalsIgnoreCase(from.getHeader("Upgrade"))
                && from.getProtocol().startsWith("HTTP/1.");
    }

    /// Answers 101 and feeds the subscriber on a thread of its own; a broken handshake is refused (RFC 6455 §4.2.2).
    void open(Streams.Place place, UUID id, HttpServletRequest from, HttpServletResponse to)
            throws IOException {
        var stream = new SocketStream(place, id, quiet, slow, this::ended);
        streams.add(stream);
        try {
            to.setHeader("X-Request-Id", id.toString());
            var config =
                    ServerEndpointConfig.Builder.create(SocketStream.class, "/")
                            .configurator(new Lending(stream))
                            .build();
            UpgradeUtil.doUpgrade(container(from.getServletContext()), from, to, config, Map.of());
        } catch (ServletException failure) {
            throw new IOException("the connection was not upgraded", failure);
        } finally {
            if (to.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
                stream.watch();
            } else {
                ended(stream);
            }
        }
        if (stopping) {
            stream.stop();
        }
    }

    private void ended(SocketStream stream) {
        streams.remove(stream);
        stream.place().close();
    }

    /// {@return how many streams have not ended}
    int open() {
        return streams.size();
    }

    /// Ends every stream with 1012 (service restart): whoever comes back goes on after its last event.
    void stop() {
        stopping = true;
        streams.forEach(SocketStream::stop);
    }

    private synchronized WsServerContainer container(ServletContext context) {
        if (container == null) {
            var event = new ServletContextEvent(unfiltered(context));
            new WsContextListener().contextInitialized(event);
            container =
                    (WsServerContainer)
                            context.getAttribute("jakarta.websocket.server.ServerContainer");
        }
        return container;
    }

    /// Tomcat would put a filter before every request of the server; the dispatcher knows by itself who asks for a socket.
    private static ServletContext unfiltered(ServletContext context) {
        return (ServletContext)
                Proxy.newProxyInstance(
                        WebSockets.class.getClassLoader(),
                        new Class<?>[] {ServletContext.class},
                        (_, method, given) ->
                                switch (method.getName()) {
                                    case "addFilter" -> nowhere();
                                    case "addListener" -> null;
                                    default -> method.invoke(context, given);
                                });
    }

    private static FilterRegistration.Dynamic nowhere() {
        return (FilterRegistration.Dynamic)
                Proxy.newProxyInstance(
                        WebSockets.class.getClassLoader(),
                        new Class<?>[] {FilterRegistration.Dynamic.class},
                        (_, _, _) -> null);
    }

    /// Hands Tomcat the stream that was made for this request.
    private static final class Lending extends DefaultServerEndpointConfigurator {
        private final Endpoint endpoint;

        Lending(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(endpoint);
        }

        /// No compression: what others wrote and what only this subscriber may see stand in one message.
        @Override
        public List<Extension> getNegotiatedExtensions(
                List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        /// [CrossSite] has looked.
        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }
    }
}
