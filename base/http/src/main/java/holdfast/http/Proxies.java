package holdfast.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Finds the client behind the proxies that the operator declared. From anybody else the headers count for nothing.
final class Proxies {
    private final List<AddressPolicy.Network> trusted;

    /// @param trusted addresses or networks (CIDR)
    /// @throws IllegalArgumentException when one of them is neither
    Proxies(List<String> trusted) {
        this.trusted = trusted.stream().map(AddressPolicy.Network::of).toList();
    }

    /// Walks `X-Forwarded-For` from the nearest hop outwards, past every declared proxy.
    ///
    /// @param peer      who connected
    /// @param forwarded values of `X-Forwarded-For`, in order
    /// @return the first address that no declared proxy has
    String client(String peer, List<String> forwarded) {
        var client = peer;
        var hops = String.join(",", forwarded).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            var hop = hops[i].strip();
            if (!isAddress(hop)) {
                break; // unknown or forged: the last proxy is all we know
            }
            client = hop;
        }
        return client;
    }

    private boolean isTrusted(String address) {
        if (trusted.isEmpty()) {
            return false;
        }
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
