package holdfast.server;

import holdfast.kernel.Network;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Finds the client behind the proxies that the operator declared. From anybody else the headers count for nothing.
final class Proxies {
    private final List<Network> trusted;
    private final ProxyHeader header;

    /// @param trusted addresses or networks (CIDR)
    /// @throws IllegalArgumentException when one of them is neither
    Proxies(List<String> trusted, ProxyHeader header) {
        this.header = header;
        this.trusted = trusted.stream().map(Network::of).toList();
    }

    /// {@return the name of the header that counts}
    String header() {
        return header.header();
    }

    /// Walks the hops from the nearest hop outwards, past every declared proxy.
    ///
    /// @param peer      who connected
    /// @param forwarded values of the header, in order
    /// @return the first address that no declared proxy has
    String client(String peer, List<String> forwarded) {
        if (trusted.isEmpty()) {
            return peer;
        }
        var client = peer;
        var hops = String.join(",", forwarded).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            var hop = hop(hops[i].strip());
            if (!isAddress(hop)) {
                break; // unknown or forged: the last proxy is all we know
            }
            client = hop;
        }
        return client;
    }

    /// {@return the address that one element names, or what it says instead}
    private String hop(String element) {
        var node = element;
        if (header == ProxyHeader.FORWARDED) {
            node =
                    Arrays.stream(element.split(";", -1)) // RFC 7239 §4
                            .map(String::strip)
                            .filter(pair -> pair.regionMatches(true, 0, "for=", 0, 4))
                            .map(pair -> pair.substring(4).replace("\"", ""))
                            .findFirst()
                            .orElse("");
        }
        if (node.startsWith("[")) {
            return node.substring(1, Math.max(1, node.indexOf(']')));
        }
        int colon = node.indexOf(':');
        return colon > 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
    }

    private boolean isTrusted(String address) {
        try {
            var parsed = InetAddress.getByName(address); // a literal: nothing is resolved
            return trusted.stream().anyMatch(network -> network.contains(parsed));
        } catch (UnknownHostException _) {
            return false;
        }
    }

    private static boolean isAddress(String text) {
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    }
}
