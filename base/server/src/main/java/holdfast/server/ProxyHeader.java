package holdfast.server;

/// In which header a proxy tells who its client is. One only: what the proxy does not write, it passes on unread.
public enum ProxyHeader {
    /// `X-Forwarded-For: 192.0.2.7, 10.0.0.1`.
    X_FORWARDED_FOR("X-Forwarded-For"),
    /// `Forwarded: for=192.0.2.7, for="[2001:db8::1]:4711"`, RFC 7239.
    FORWARDED("Forwarded");

    private final String header;

    ProxyHeader(String header) {
        this.header = header;
    }

    /// {@return the name on the wire}
    public String header() {
        return header;
    }
}
