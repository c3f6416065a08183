package holdfast.testkit;

import holdfast.storage.Schema;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A database of one test on the server that all tests of this JVM share.
final class PostgresPlace implements TestDatabase.Place {
    private static final Map<List<Schema>, String> MIGRATED = new ConcurrentHashMap<>();
    private static final int CONNECTIONS = 8;

    private final PostgresServer server;
    private @Nullable String database;

    PostgresPlace(PostgresServer server) {
        this.server = server;
    }

    @Override
    public synchronized StorageConfig config() {
        if (database == null) {
            database = server.create(Optional.empty());
        }
        return config(server, database);
    }

    @Override
    public synchronized void prefill(List<Schema> schemas) {
        if (database == null) {
            var template = MIGRATED.computeIfAbsent(schemas, this::migrated);
            database = server.create(Optional.of(template));
        }
    }

    private String migrated(List<Schema> schemas) {
        var template = server.create(Optional.empty());
        Storage.open(config(server, template), TestDatabase.PROGRAM, schemas).close();
        return template;
    }

    private static StorageConfig config(PostgresServer server, String database) {
        return new StorageConfig.Postgres(
                server.url(database),
                "holdfast",
                new StorageConfig.Role(PostgresServer.SERVICE, "unused"),
                Optional.of(new StorageConfig.Role(PostgresServer.OWNER, "unused")),
                CONNECTIONS,
                StorageConfig.Postgres.ALWAYS);
    }
}
