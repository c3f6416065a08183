package holdfast.health;

import holdfast.storage.Database;
import org.jdbi.v3.core.Handle;

/// The SQL that asks a database how large it is.
final class SizeStore {
    private SizeStore() {}

    /// {@return bytes}
    static long bytes(Handle tx, Database.Engine engine) {
        return tx.createQuery(
                        switch (engine) {
                            case SQLITE ->
                                    "SELECT page_count * page_size FROM pragma_page_count(),"
                                            + " pragma_page_size()";
                            case POSTGRESQL -> "SELECT pg_database_size(current_database())";
                        })
                .mapTo(Long.class)
                .one();
    }
}
