package holdfast.testkit;

import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.util.List;

/// Fresh databases for tests, migrated once per JVM and set of rooms and then copied.
///
/// `@ParameterizedClass @EnumSource` with a constructor parameter of this type runs a test class once per engine.
public enum TestDatabase {
    SQLITE {
        @Override
        public Place place() {
            return new SqlitePlace(Folders.make("sqlite").resolve("state"));
        }
    },
    POSTGRESQL {
        @Override
        public Place place() {
            return new PostgresPlace(installed());
        }
    };

    /// Version of the program that the databases are opened with.
    public static final String PROGRAM = "0.1.0";

    /// {@return a new place for one database, which may be opened again and again}
    public abstract Place place();

    /// {@return a new database with the tables of `schemas`; the caller closes it}
    public Database open(Schema... schemas) {
        return place().open(schemas);
    }

    /// Where one database of a test lives.
    public interface Place {
        /// {@return what opens it; made on first use}
        StorageConfig config();

        /// Copies a migrated database when there is one with the same rooms and this place is empty.
        void prefill(List<Schema> schemas);

        default Database open(Schema... schemas) {
            prefill(List.of(schemas));
            return Storage.open(config(), PROGRAM, List.of(schemas));
        }
    }

    private static PostgresServer installed() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                PostgresServer.isInstalled(), "PostgreSQL is not installed");
        return PostgresServer.get();
    }
}
