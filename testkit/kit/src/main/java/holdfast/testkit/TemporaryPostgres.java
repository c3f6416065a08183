package holdfast.testkit;

import java.util.Optional;

/// A database of its own on the PostgreSQL of this JVM, for programs that bring their own connections.
///
/// @param url     JDBC
/// @param owner   the role that owns it
/// @param service a role that owns nothing and is no superuser
public record TemporaryPostgres(String url, String owner, String service) {
    /// Makes a database; starts the server when it does not run yet.
    public static TemporaryPostgres fresh() {
        return on(PostgresServer.get());
    }

    /// As [#fresh], on a server that loses nothing when the machine does: for what is measured.
    public static TemporaryPostgres durable() {
        return on(PostgresServer.durable());
    }

    private static TemporaryPostgres on(PostgresServer server) {
        var name = server.create(Optional.empty());
        return new TemporaryPostgres(
                server.url(name), PostgresServer.OWNER, PostgresServer.SERVICE);
    }
}
