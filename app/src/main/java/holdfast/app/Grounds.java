package holdfast.app;

import holdfast.cluster.ClusterRoom;
import holdfast.seal.KeyStore;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/// Where state is kept: the database, the key store beside it, the clock of jobs. Close it last.
///
/// @param cluster stands on the database
record Grounds(Database database, KeyStore keys, ClusterRoom cluster) implements AutoCloseable {
    private static final String SCHEMA = "holdfast";
    private static final int CONNECTIONS = 16; // of each pool

    static Grounds open(Config config, List<Schema> schemas) {
        return config.database()
                .map(postgresql -> shared(config, postgresql, schemas))
                .orElseGet(() -> alone(config, schemas));
    }

    private static Grounds alone(Config config, List<Schema> schemas) {
        var keys = keys(config);
        var database = Storage.open(storage(config), Version.text(), schemas);
        var cluster = ClusterRoom.onOneNode(database, config.stateDir(), Chance.CLOCK, node());
        return new Grounds(database, keys, cluster);
    }

    private static Grounds shared(
            Config config, Config.PostgreSql postgresql, List<Schema> schemas) {
        var owner = new StorageConfig.Role(postgresql.owner(), postgresql.ownerPassword());
        KeyStore.prepare(source(postgresql.url(), owner, "public"), postgresql.user());
        var database = Storage.open(storage(config), Version.text(), schemas);
        return new Grounds(
                database,
                keys(config),
                ClusterRoom.onSharedDatabase(database, source(postgresql), Chance.CLOCK, node()));
    }

    static StorageConfig storage(Config config) {
        return config.database()
                .<StorageConfig>map(postgresql ->
                        new StorageConfig.Postgres(
                                postgresql.url(),
                                SCHEMA,
                                service(postgresql),
                                Optional.of(
                                        new StorageConfig.Role(
                                                postgresql.owner(), postgresql.ownerPassword())),
                                CONNECTIONS,
                                postgresql.backedUp()))
                .orElseGet(() -> StorageConfig.sqlite(config.stateDir()));
    }

    static KeyStore keys(Config config) {
        return config.database()
                .map(postgresql -> KeyStore.postgresql(source(postgresql)))
                .orElseGet(() -> KeyStore.sqlite(config.stateDir()));
    }

    private static StorageConfig.Role service(Config.PostgreSql config) {
        return new StorageConfig.Role(config.user(), config.password());
    }

    private static PGSimpleDataSource source(Config.PostgreSql config) {
        return source(config.url(), service(config), SCHEMA);
    }

    private static PGSimpleDataSource source(String url, StorageConfig.Role role, String schema) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(role.name());
        source.setPassword(role.password());
        source.setCurrentSchema(schema);
        source.setLogServerErrorDetail(false); // a detail would print the row
        return source;
    }

    private static String node() {
        return "node-" + ProcessHandle.current().pid();
    }

    @Override
    public void close() {
        keys.close();
        database.close();
    }
}
