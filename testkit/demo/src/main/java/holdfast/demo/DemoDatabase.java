package holdfast.demo;

import holdfast.testkit.TemporaryPostgres;
import java.util.Map;
import java.util.Optional;

/// Where the demo's server keeps its rows.
///
/// @param name        for people
/// @param environment what the server is told
record DemoDatabase(String name, Map<String, String> environment) implements AutoCloseable {
    private static final String GIVEN = "HOLDFAST_DATABASE_URL";

    /// @param wanted empty for SQLite; `postgresql` for the one that `HOLDFAST_DATABASE_URL` names, else a new one
    static DemoDatabase of(Optional<String> wanted) {
        return switch (wanted.orElse("sqlite")) {
            case "sqlite" -> new DemoDatabase("SQLite", Map.of(GIVEN, ""));
            case "postgresql" -> postgresql();
            default -> throw new Client.Failed("--database must be sqlite or postgresql");
        };
    }

    private static DemoDatabase postgresql() {
        if (!System.getenv().getOrDefault(GIVEN, "").isEmpty()) {
            return new DemoDatabase("the given PostgreSQL", Map.of());
        }
        var made = TemporaryPostgres.fresh();
        return new DemoDatabase(
                "PostgreSQL",
                Map.of(
                        GIVEN,
                        made.url(),
                        "HOLDFAST_DATABASE_USER",
                        made.service(),
                        "HOLDFAST_DATABASE_OWNER",
                        made.owner()));
    }

    @Override
    public void close() {
        // a server that was started here ends with this program
    }
}
