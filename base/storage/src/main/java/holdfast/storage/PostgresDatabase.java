package holdfast.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import holdfast.kernel.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server: reads are snapshots, writes are serialisable transactions that are run again when they collide.
///
/// Every transaction names its tenant first; row-level security shows it that tenant's rows, and the platform all.
final class PostgresDatabase implements Database {
    private static final int ATTEMPTS = 20;
    private static final Duration PAUSE =
            Duration.ofMillis(2); // doubled up to 64 times, half of it by chance

    private final HikariDataSource reading;
    private final HikariDataSource writing;
    private final Jdbi readers;
    private final Jdbi writers;
    private final Counting counting = new Counting();

    private PostgresDatabase(StorageConfig.Postgres config) {
        var snapshot = "repeatable\\ read -c default_transaction_read_only=on";
        int most = config.connections();
        this.reading = new HikariDataSource(pool(config, "read", snapshot, most));
        this.writing = new HikariDataSource(pool(config, "write", "serializable", most));
        this.readers = Dialect.jdbi(Engine.POSTGRESQL, reading::getConnection);
        this.writers = Dialect.jdbi(Engine.POSTGRESQL, writing::getConnection);
    }

    static Database open(StorageConfig.Postgres config, String program, List<Scripts> rooms) {
        new PostgresSchema(config).prepare(program, rooms);
        return new PostgresDatabase(config);
    }

    /// As the service's role, which owns nothing; the caller only reads.
    static Database look(StorageConfig.Postgres config) {
        return new PostgresDatabase(config);
    }

    @Override
    public <T extends @Nullable Object> T read(TenantId tenant, Function<Handle, T> work) {
        long started = System.nanoTime();
        try {
            return inTransaction(readers, tenant, work);
        } catch (RuntimeException failure) {
            throw Failures.translated(failure);
        } finally {
            counting.read(System.nanoTime() - started);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(TenantId tenant, Function<Handle, T> work) {
        long started = System.nanoTime();
        try {
            T result = untilSerialised(tenant, work);
            counting.committed(1);
            return result;
        } catch (RuntimeException failure) {
            counting.lost(1);
            throw Failures.translated(failure);
        } finally {
            counting.wrote(System.nanoTime() - started);
        }
    }

    @Override
    public Engine engine() {
        return Engine.POSTGRESQL;
    }

    @Override
    public Figures figures() {
        var reads = reading.getHikariPoolMXBean();
        var writes = writing.getHikariPoolMXBean();
        return counting.figures(
                writes.getThreadsAwaitingConnection(),
                reads.getActiveConnections() + writes.getActiveConnections());
    }

    @Override
    public void close() {
        writing.close();
        reading.close();
    }

    private <T extends @Nullable Object> T untilSerialised(
            TenantId tenant, Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return inTransaction(writers, tenant, work);
            } catch (RuntimeException failure) {
                if (attempt == ATTEMPTS || !Failures.isWorthAnotherTry(failure)) {
                    throw failure;
                }
                counting.retried();
                pause(attempt);
            }
        }
    }

    private static <T extends @Nullable Object> T inTransaction(
            Jdbi jdbi, TenantId tenant, Function<Handle, T> work) {
        try (var tx = jdbi.open()) { // its connection has begun; closing it rolls back what is not
            // committed
            tx.createQuery("SELECT set_config('holdfast.tenant', :tenant, true)")
                    .bind("tenant", tenant.toString())
                    .mapTo(String.class)
                    .one();
            T result = work.apply(tx);
            tx.commit();
            return result;
        }
    }

    private static void pause(int attempt) {
        long longest = PAUSE.toNanos() << Math.min(attempt, 6);
        LockSupport.parkNanos(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2));
    }

    static HikariConfig pool(
            StorageConfig.Postgres config, String name, String isolation, int most) {
        var pool = new HikariConfig();
        pool.setPoolName("holdfast-" + name);
        pool.setJdbcUrl(PostgresSchema.url(config, isolation));
        pool.setUsername(config.service().name());
        pool.setPassword(config.service().password());
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(most);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        return pool;
    }
}
