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
                .map(postgresql -> shared(postgresql, schemas))
                .orElseGet(() -> alone(config, schemas));
    }

    private static Grounds alone(Config config, List<Schema> schemas) {
        var keys = KeyStore.sqlite(config.stateDir());
        var database =
                Storage.open(StorageConfig.sqlite(config.stateDir()), Version.text(), schemas);
        var cluster = ClusterRoom.onOneNode(database, config.stateDir(), Chance.CLOCK, node());
        return new Grounds(database, keys, cluster);
    }

    private static Grounds shared(Config.PostgreSql config, List<Schema> schemas) {
        var service = new StorageConfig.Role(config.user(), config.password());
        var owner = new StorageConfig.Role(config.owner(), config.ownerPassword());
        KeyStore.prepare(source(config.url(), owner, "public"), config.user());
        var database =
                Storage.open(
                        new StorageConfig.Postgres(
                                config.url(), SCHEMA, service, Optional.of(owner), CONNECTIONS),
                        Version.text(),
                        schemas);
        var source = source(config.url(), service, SCHEMA);
        var keys = KeyStore.postgresql(source);
        return new Grounds(
                database,
                keys,
                ClusterRoom.onSharedDatabase(database, source, Chance.CLOCK, node()));
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
