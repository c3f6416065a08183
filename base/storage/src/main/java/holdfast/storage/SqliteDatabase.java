package holdfast.storage;

import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One SQLite file: many readers, one writer that commits in groups.
final class SqliteDatabase implements Database {
    private static final int MIN_READERS = 4;

    private final SqliteFiles files;
    private final SqliteReaders readers;
    private final Checkpoints checkpoints;
    private final GroupCommit writer;
    private final Counting counting = new Counting();

    private SqliteDatabase(SqliteFiles files, SqliteConnections connections) {
        this.files = files;
        int size = Math.max(MIN_READERS, 2 * Runtime.getRuntime().availableProcessors());
        this.readers = new SqliteReaders(Dialect.sqlite(connections::reader, false), size);
        var writing = Dialect.sqlite(connections::writer, true);
        this.checkpoints = new Checkpoints(connections::copier);
        this.writer = new GroupCommit(new SqliteWriter(writing, checkpoints::committed), counting);
    }

    static Database open(StorageConfig.Sqlite config, String program, List<Scripts> rooms) {
        var files = SqliteFiles.claim(config);
        try {
            var connections = new SqliteConnections(files.database(), config.secureDelete());
            migrate(files, connections, program, rooms);
            var database = new SqliteDatabase(files, connections);
            database.writer.start();
            database.checkpoints.start();
            return database;
        } catch (SQLException e) {
            files.close();
            throw Failures.translated(e);
        } catch (IOException e) {
            files.close();
            throw new UncheckedIOException("cannot use " + files.database(), e);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    @Override
    public <T extends @Nullable Object> T read(TenantId tenant, Function<Handle, T> work) {
        long started = System.nanoTime();
        try {
            return readers.read(work);
        } finally {
            counting.read(System.nanoTime() - started);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(TenantId tenant, Function<Handle, T> work) {
        long started = System.nanoTime();
        try {
            return writer.write(work);
        } finally {
            counting.wrote(System.nanoTime() - started);
        }
    }

    @Override
    public Engine engine() {
        return Engine.SQLITE;
    }

    @Override
    public Figures figures() {
        return counting.figures(writer.waiting(), readers.working());
    }

    @Override
    public void close() {
        writer.close();
        checkpoints.close();
        readers.close();
        files.close();
    }

    private static void migrate(
            SqliteFiles files, SqliteConnections connections, String program, List<Scripts> rooms)
            throws SQLException, IOException {
        boolean isNew = files.isNew();
        try (var connection = connections.migrator().getConnection()) {
            SchemaBook.create(connection);
            var held = SchemaBook.read(connection);
            var due = SchemaBook.due(held, rooms, program);
            if (due.isEmpty()) {
                return;
            }
            if (!isNew) {
                copy(files, connection, held);
            }
            for (var room : due) {
                Migration.run(
                        flyway -> flyway.dataSource(connections.migrator()), Engine.SQLITE, room);
                SchemaBook.put(connection, room);
            }
            requireForeignKeys(connection);
            if (connections.secureDelete()) {
                Files.deleteIfExists(
                        files.copy(SchemaBook.state(held))); // it would keep what was destroyed
            }
            files.thinCopies();
        }
    }

    private static void copy(
            SqliteFiles files, Connection connection, Map<String, SchemaBook.Held> held)
            throws SQLException, IOException {
        var copy = files.copy(SchemaBook.state(held));
        if (Files.exists(copy)) {
            return; // an earlier start made it and then failed: that copy is the older one
        }
        var unfinished = files.unfinished(copy);
        try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, unfinished.toString());
            statement.execute();
        }
        files.keep(unfinished, copy);
    }

    private static void requireForeignKeys(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var broken = statement.executeQuery("PRAGMA foreign_key_check")) {
            if (broken.next()) {
                throw Problem.UNAVAILABLE.because(
                        "the migration left rows of %s without their parent: restore the copy"
                                .formatted(broken.getString(1)));
            }
        }
    }
}
