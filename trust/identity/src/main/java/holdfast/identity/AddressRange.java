package holdfast.identity;

import java.net.InetAddress;
import java.util.Optional;

/// A range of addresses in CIDR form (RFC 4632 §3.1), for example `10.0.0.0/8` or `2001:db8::/32`; without `/`, one address.
///
/// @param bits leading bits that must agree
public record AddressRange(InetAddress network, int bits) {
    public static Optional<AddressRange> of(String text) {
        int slash = text.indexOf('/');
        try {
            var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int most = network.getAddress().length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > most
                    ? Optional.empty()
                    : Optional.of(new AddressRange(network, bits));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public boolean contains(String address) {
        return of(address).filter(this::contains).isPresent();
    }

    boolean contains(AddressRange other) {
        var theirs = other.network.getAddress();
        var mine = network.getAddress();
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
