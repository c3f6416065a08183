package holdfast.kernel;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Addresses that share their first bits (CIDR, RFC 4632).
///
/// @param prefix 4 or 16 octets
/// @param bits   how many of them count
public record Network(Bytes prefix, int bits) {
    /// @param text `10.0.0.0/8`, `fe80::/10`, or one address
    /// @throws IllegalArgumentException when it is neither
    public static Network of(String text) {
        int slash = text.indexOf('/');
        var literal = slash < 0 ? text : text.substring(0, slash);
        if (!literal.matches("[0-9a-fA-F:.]+")) {
            throw new IllegalArgumentException(
                    "'%s' is no network such as 10.0.0.0/8".formatted(text));
        }
        try {
            byte[] octets = InetAddress.getByName(literal).getAddress();
            int bits = slash < 0 ? octets.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > octets.length * 8) {
                throw new IllegalArgumentException(
                        "'%s' has no valid prefix length".formatted(text));
            }
            return new Network(Bytes.owning(octets), bits);
        } catch (UnknownHostException | NumberFormatException _) {
            throw new IllegalArgumentException(
                    "'%s' is no network such as 10.0.0.0/8".formatted(text));
        }
    }

    /// {@return whether the text is an address or a network}
    public static boolean isNetwork(String text) {
        try {
            of(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if ((address instanceof Inet4Address) != (prefix.length() == 4)) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((octets[bit / 8] & mask) != (prefix.at(bit / 8) & mask)) {
                return false;
            }
        }
        return true;
    }
}
