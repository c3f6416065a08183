package holdfast.storage;

import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import java.nio.file.Files;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One SQLite file, read beside the node that holds it: takes no lock, migrates nothing, writes nothing.
final class SqliteLook implements Database {
    private static final int CONNECTIONS = 2;

    private final SqliteReaders readers;

    private SqliteLook(SqliteConnections connections) {
        this.readers = new SqliteReaders(Dialect.sqlite(connections::reader, false), CONNECTIONS);
    }

    static Database open(StorageConfig.Sqlite config) {
        var file = config.directory().resolve(config.file());
        if (!Files.exists(file)) {
            throw Problem.UNAVAILABLE.because("there is no database %s".formatted(file));
        }
        return new SqliteLook(new SqliteConnections(file, config.secureDelete()));
    }

    @Override
    public <T extends @Nullable Object> T read(TenantId tenant, Function<Handle, T> work) {
        return readers.read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(TenantId tenant, Function<Handle, T> work) {
        throw Problem.UNAVAILABLE.because("the database is open for reading only");
    }

    @Override
    public Engine engine() {
        return Engine.SQLITE;
    }

    @Override
    public Figures figures() {
        return new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {
        readers.close();
    }
}
