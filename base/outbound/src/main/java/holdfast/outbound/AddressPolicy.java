package holdfast.outbound;

import holdfast.kernel.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which addresses the outbound client may connect to. Judged after resolving, on the address that is then used.
///
/// Forms that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo) are judged by the inner one as well.
public final class AddressPolicy {
    private static final List<Network> NEVER =
            List.of(
                    Network.of("0.0.0.0/8"),
                    Network.of("169.254.0.0/16"), // link-local, cloud metadata
                    Network.of("192.0.0.0/24"),
                    Network.of("192.0.2.0/24"),
                    Network.of("192.88.99.0/24"), // 6to4 relays
                    Network.of("198.18.0.0/15"),
                    Network.of("198.51.100.0/24"),
                    Network.of("203.0.113.0/24"),
                    Network.of("224.0.0.0/3"), // multicast and reserved
                    Network.of("::/128"),
                    Network.of("64:ff9b:1::/48"), // local NAT64: the address inside is anywhere
                    Network.of("100::/64"),
                    Network.of("2001:db8::/32"),
                    Network.of("fe80::/10"),
                    Network.of("ff00::/8"),
                    Network.of("fd00:ec2::254/128")); // cloud metadata over IPv6
    private static final List<Network> LOOPBACK =
            List.of(Network.of("127.0.0.0/8"), Network.of("::1/128"));

    private final boolean loopback;
    private final List<Network> denied;

    /// @param loopback whether loopback may be reached: for trials only
    /// @param denied   further networks (CIDR) that may not
    /// @throws IllegalArgumentException when a network is not one
    public AddressPolicy(boolean loopback, List<String> denied) {
        this.loopback = loopback;
        this.denied = denied.stream().map(Network::of).toList();
    }

    /// {@return why the address is forbidden; empty when it may be used}
    Optional<String> objection(InetAddress address) {
        if (matches(NEVER, address)) {
            return Optional.of("the address is link-local, reserved or for documentation");
        }
        if (!loopback && matches(LOOPBACK, address)) {
            return Optional.of("the address is this machine itself");
        }
        if (matches(denied, address)) {
            return Optional.of("the address is in a network the operator forbids");
        }
        return inner(address).flatMap(this::objection);
    }

    private static boolean matches(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /// RFC 4291 §2.5.5, RFC 6052 §2.1, RFC 3056 §2, RFC 4380 §4.
    private static Optional<InetAddress> inner(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return Optional.empty();
        }
        byte[] octets = address.getAddress();
        int first = ((octets[0] & 0xff) << 8) | (octets[1] & 0xff);
        int second = ((octets[2] & 0xff) << 8) | (octets[3] & 0xff);
        if (first == 0x2002) {
            return Optional.of(v4(Arrays.copyOfRange(octets, 2, 6)));
        }
        if (first == 0x2001 && second == 0) {
            byte[] client = Arrays.copyOfRange(octets, 12, 16);
            for (int i = 0; i < client.length; i++) {
                client[i] = (byte) ~client[i];
            }
            return Optional.of(v4(client));
        }
        boolean nat64 = first == 0x64 && second == 0xff9b;
        boolean leadingZeros = true;
        for (int i = 0; i < 10; i++) {
            leadingZeros &= octets[i] == 0;
        }
        return nat64 || (leadingZeros && !address.isLoopbackAddress())
                ? Optional.of(v4(Arrays.copyOfRange(octets, 12, 16)))
                : Optional.empty();
    }

    private static InetAddress v4(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
