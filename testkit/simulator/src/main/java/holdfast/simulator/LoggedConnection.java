package holdfast.simulator;

/// One TCP connection that the simulator accepted.
///
/// @param number   from 1
/// @param protocol of TLS, for example `TLSv1.3`; empty while or when the handshake did not succeed
/// @param requests that were read in whole
/// @param bytes    of plaintext received; known when the connection has ended, 0 until then
/// @param ended    whether it is over
public record LoggedConnection(
        long number, String protocol, int requests, long bytes, boolean ended) {
    static LoggedConnection opened(long number) {
        return new LoggedConnection(number, "", 0, 0, false);
    }

    LoggedConnection secured(String by) {
        return new LoggedConnection(number, by, requests, bytes, ended);
    }

    LoggedConnection oneMore() {
        return new LoggedConnection(number, protocol, requests + 1, bytes, ended);
    }

    LoggedConnection ended(long received) {
        return new LoggedConnection(number, protocol, requests, received, true);
    }
}
