package holdfast.storage;

import java.nio.file.Path;
import java.util.Optional;

/// Where rows are kept.
public sealed interface StorageConfig {
    /// {@return the database that needs no configuration: `holdfast.db` in the state directory}
    static Sqlite sqlite(Path directory) {
        return new Sqlite(directory, "holdfast.db", false);
    }

    /// One file, one node.
    ///
    /// @param directory    made with mode 0700 when it is not there
    /// @param file         name of the file in it
    /// @param secureDelete overwrites what is deleted, and keeps no copy from before a migration
    record Sqlite(Path directory, String file, boolean secureDelete) implements StorageConfig {}

    /// A server that many nodes share.
    ///
    /// @param url         `jdbc:postgresql://host:port/database`
    /// @param schema      where the tables are; made by the owner when it is not there
    /// @param service     the role that serves; owns nothing, is no superuser
    /// @param owner       the role that owns the tables and migrates them; may be absent while no migration is due
    /// @param connections upper limit of each of the two pools (readers, writers)
    /// @param backedUp    what the operator keeps a backup of: one state of the tables, [#ALWAYS], or nothing
    record Postgres(
            String url,
            String schema,
            Role service,
            Optional<Role> owner,
            int connections,
            String backedUp)
            implements StorageConfig {
        /// The operator sees to backups, whatever is migrated when.
        public static final String ALWAYS = "always";

        /// Nobody has said that there is a backup: rows are not migrated.
        public Postgres(
                String url, String schema, Role service, Optional<Role> owner, int connections) {
            this(url, schema, service, owner, connections, "");
        }
    }

    /// A login of PostgreSQL. Never prints its password.
    record Role(String name, String password) {
        @Override
        public String toString() {
            return "Role[" + name + "]";
        }
    }
}
