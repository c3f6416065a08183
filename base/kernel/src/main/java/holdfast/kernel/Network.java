package holdfast.kernel;

import java.net.InetAddress;
import java.util.Optional;

/// Addresses that share their first bits (CIDR, RFC 4632 §3.1), for example `10.0.0.0/8` or `2001:db8::/32`.
///
/// @param bits leading bits that must agree
public record Network(InetAddress address, int bits) {
    /// @param text a network, or one address without `/`; names are never resolved
    /// @throws IllegalArgumentException when it is neither
    public static Network of(String text) {
        return read(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'%s' is no network such as 10.0.0.0/8".formatted(text)));
    }

    /// {@return as [#of]; empty when the text is neither a network nor an address}
    public static Optional<Network> read(String text) {
        int slash = text.indexOf('/');
        try {
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int most = address.getAddress().length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > most
                    ? Optional.empty()
                    : Optional.of(new Network(address, bits));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// {@return whether all of `other` lies in here; false for a text that is no network}
    public boolean contains(String other) {
        return read(other).filter(this::contains).isPresent();
    }

    public boolean contains(InetAddress one) {
        return contains(new Network(one, one.getAddress().length * 8));
    }

    public boolean contains(Network other) {
        byte[] theirs = other.address.getAddress();
        byte[] mine = address.getAddress();
        if (theirs.length != mine.length || other.bits < bits) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((theirs[bit / 8] ^ mine[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
