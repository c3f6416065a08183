package holdfast.client;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Where the server is, whom to believe there, and by which token it knows us.
///
/// @param fingerprint SHA-256 of its certificate, upper-case hex with colons; empty leaves it to the system's authorities
/// @param token       empty before there is one
/// @param tokenId     empty when the token was not made by `login`
record Login(URI url, Optional<String> fingerprint, String token, String tokenId) {
    private static final String FINGERPRINT = "([0-9A-F]{2}:){31}[0-9A-F]{2}";

    /// @param text        `https://host` or `https://host:port`; the scheme may be left out
    /// @param fingerprint with or without colons, in any case; empty for none
    static Login of(String text, String fingerprint, String token) {
        return new Login(url(text), fingerprint(fingerprint), token, "");
    }

    Login with(String token, String tokenId) {
        return new Login(url, fingerprint, token, tokenId);
    }

    Login believing(String shown) {
        return new Login(url, Optional.of(shown), token, tokenId);
    }

    int port() {
        return url.getPort() < 0 ? 443 : url.getPort();
    }

    private static URI url(String text) {
        try {
            var url = URI.create(text.contains("://") ? text : "https://" + text);
            var path = url.getRawPath();
            if ("https".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && (path == null || path.isEmpty() || path.equals("/"))) {
                return url.resolve("/");
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw Stopped.usedWrongly(
                "'%s' is no address such as https://holdfast.example.com:8443".formatted(text));
    }

    private static Optional<String> fingerprint(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var digits = text.toUpperCase(Locale.ROOT).replace(":", "");
        var colons = digits.replaceAll("(..)(?=.)", "$1:");
        if (!colons.matches(FINGERPRINT)) {
            throw Stopped.usedWrongly(
                    "the fingerprint must be the SHA-256 of the certificate: 64 hexadecimal"
                            + " digits");
        }
        return Optional.of(colons);
    }

    @Override
    public String toString() {
        return "Login[" + url + "]"; // the token never prints
    }
}
