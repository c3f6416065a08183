package holdfast.server;

import java.nio.file.Path;
import java.util.List;

/// Where the server listens.
///
/// @param address        to bind, for example `0.0.0.0`
/// @param port           HTTPS; 0 takes any free one
/// @param chain          PEM, leaf first
/// @param key            PEM, PKCS #8
/// @param plainPort      plain HTTP on 127.0.0.1 for a proxy in front; 0 is off
/// @param trustedProxies addresses or networks (CIDR) whose `proxyHeader` counts
/// @param proxyHeader    which header those proxies write; the other may come from anybody
/// @param scratch        a private directory Tomcat may call its own
public record ServerConfig(
        String address,
        int port,
        Path chain,
        Path key,
        int plainPort,
        List<String> trustedProxies,
        ProxyHeader proxyHeader,
        Path scratch) {
    public ServerConfig {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
