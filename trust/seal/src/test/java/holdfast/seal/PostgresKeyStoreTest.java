package holdfast.seal;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.storage.StorageConfig;
import holdfast.testkit.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// Keys in a schema of their own on PostgreSQL.
class PostgresKeyStoreTest {
    private static final Place PLACE = new Place("secret", new UUID(1, 2), 1);

    @TempDir Path directory;

    @Test
    void two_nodes_share_their_keys_through_the_schema() {
        var config = (StorageConfig.Postgres) TestDatabase.POSTGRESQL.place().config();
        KeyStore.prepare(
                source(config.url(), config.owner().orElseThrow().name()), config.service().name());
        var source = source(config.url(), config.service().name());
        var first = room(KeyStore.postgresql(source));
        var second = room(KeyStore.postgresql(source));

        var sealed = first.seal().seal(TenantId.DEFAULT, PLACE, SecretBytes.ofUtf8("hunter2"));

        assertThat(second.seal().open(TenantId.DEFAULT, PLACE, sealed).revealUtf8())
                .isEqualTo("hunter2");
        assertThat(first.keys().rotate(TenantId.DEFAULT)).isEqualTo(2);
        assertThat(first.keys().destroy(TenantId.DEFAULT)).isEqualTo(2);
    }

    private static PGSimpleDataSource source(String url, String user) {
        var source = new PGSimpleDataSource();
        source.setURL(url);
        source.setUser(user);
        return source;
    }

    private SealRoom room(KeyStore store) {
        return SealRoom.assemble(
                new ProviderCrypto(new SecureRandom()),
                store,
                new Unsealing.KeyFile(directory.resolve("master.key")),
                InstantSource.fixed(Instant.EPOCH));
    }
}
