package holdfast.app;

import holdfast.seal.KeyStore;
import holdfast.storage.Database;
import holdfast.storage.Storage;

/// State that is only looked at, also while a server uses it: no lock, no migration, no write.
record Glance(Database database, KeyStore keys) implements AutoCloseable {
    /// @throws holdfast.kernel.Refusal UNAVAILABLE when there is nothing to look at
    static Glance open(Config config) {
        var database = Storage.look(Grounds.storage(config));
        return new Glance(database, Grounds.keys(config));
    }

    @Override
    public void close() {
        keys.close();
        database.close();
    }
}
