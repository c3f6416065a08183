package holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PostgresTest {
    private static final TenantId OURS = TenantId.DEFAULT;
    private static final TenantId THEIRS = new TenantId(new UUID(0x7000L, 0x8000000000000005L));

    @Test
    void row_level_security_stops_a_query_that_forgot_its_tenant() {
        try (var database = TestDatabase.POSTGRESQL.open(Sample.NOTES)) {
            database.write(OURS, tx -> Sample.insert(tx, OURS, new UUID(1, 1), "ours"));
            database.write(THEIRS, tx -> Sample.insert(tx, THEIRS, new UUID(1, 1), "theirs"));

            assertThat(database.<List<String>>read(OURS, Sample::titles)).containsExactly("ours");
            int deleted = database.write(OURS, tx -> tx.execute("DELETE FROM sample_note"));
            assertThat(deleted).isOne();
            assertThat(database.<List<String>>read(THEIRS, Sample::titles))
                    .containsExactly("theirs");
        }
    }

    @Test
    void a_text_that_it_cannot_hold_is_refused_in_our_own_words() {
        try (var database = TestDatabase.POSTGRESQL.open(Sample.NOTES)) {
            assertThatThrownBy(() ->
                            database.read(
                                    OURS,
                                    tx ->
                                            tx.createQuery("SELECT :text")
                                                    .bind("text", "a\0b")
                                                    .mapTo(String.class)
                                                    .one()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.MALFORMED));
        }
    }

    @Test
    void nobody_writes_a_row_for_another_tenant() {
        try (var database = TestDatabase.POSTGRESQL.open(Sample.NOTES)) {
            assertThatThrownBy(() ->
                            database.write(
                                    OURS,
                                    tx -> Sample.insert(tx, THEIRS, new UUID(1, 1), "planted")))
                    .hasMessageContaining("SQLSTATE 42501");
        }
    }

    @Test
    void the_service_may_not_touch_what_migrations_keep() {
        try (var database = TestDatabase.POSTGRESQL.open(Sample.NOTES)) {
            for (var statement :
                    List.of(
                            "UPDATE storage_schema SET version = 0",
                            "DELETE FROM sample_schema_history",
                            "ALTER TABLE sample_note DISABLE ROW LEVEL SECURITY",
                            "CREATE TABLE sly (x INTEGER)")) {
                assertThatThrownBy(() -> database.writePlatform(tx -> tx.execute(statement)))
                        .as(statement)
                        .hasMessageContaining("SQLSTATE 42501");
            }
        }
    }

    @Test
    void a_service_that_owns_the_tables_is_refused() {
        var place = TestDatabase.POSTGRESQL.place();
        place.open(Sample.NOTES).close();
        var config = (StorageConfig.Postgres) place.config();
        var owner = config.owner().orElseThrow();
        var mighty =
                new StorageConfig.Postgres(
                        config.url(), config.schema(), owner, Optional.of(owner), 2);

        assertThatThrownBy(() -> Storage.open(mighty, TestDatabase.PROGRAM, List.of(Sample.NOTES)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("own no table");
    }

    @Test
    void tables_to_migrate_without_their_owner_are_refused() {
        var config = (StorageConfig.Postgres) TestDatabase.POSTGRESQL.place().config();
        var ownerless =
                new StorageConfig.Postgres(
                        config.url(), config.schema(), config.service(), Optional.empty(), 2);

        assertThatThrownBy(
                        () -> Storage.open(ownerless, TestDatabase.PROGRAM, List.of(Sample.NOTES)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("name the role that owns them");
    }

    @Test
    void rows_are_not_migrated_before_the_operator_names_a_backup_of_that_very_state() {
        var place = TestDatabase.POSTGRESQL.place();
        var config = (StorageConfig.Postgres) place.config();
        open(config, "", Sample.NOTES).close();
        open(config, "", Sample.NOTES, Sample.COUNTERS).close(); // no rows yet
        var third = new Schema("third", Sample.class);
        try (var database = open(config, "", Sample.NOTES, Sample.COUNTERS)) {
            database.write(OURS, tx -> Sample.insert(tx, OURS, new UUID(1, 1), "kept"));
        }

        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () -> open(config, "migration-0", Sample.NOTES, Sample.COUNTERS, third));
        assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(refusal.detail()).contains("pg_dump", "database-backed-up");
        var named = refusal.detail().substring(refusal.detail().lastIndexOf(' ') + 1);

        open(config, "", Sample.NOTES, Sample.COUNTERS).close(); // nothing to migrate
        try (var database = open(config, named, Sample.NOTES, Sample.COUNTERS, third)) {
            assertThat(database.<List<String>>read(OURS, Sample::titles)).containsExactly("kept");
        }
    }

    private static Database open(
            StorageConfig.Postgres config, String backedUp, Schema... schemas) {
        var told =
                new StorageConfig.Postgres(
                        config.url(),
                        config.schema(),
                        config.service(),
                        config.owner(),
                        2,
                        backedUp);
        return Storage.open(told, TestDatabase.PROGRAM, List.of(schemas));
    }

    @Test
    void colliding_transactions_are_run_again_until_each_has_counted() {
        try (var database = TestDatabase.POSTGRESQL.open(Sample.COUNTERS)) {
            database.writePlatform(
                    tx -> tx.execute("INSERT INTO second_counter (name, value) VALUES ('a', 0)"));

            IntStream.range(0, 40).parallel().forEach(_ -> increment(database));

            long counted =
                    database.readPlatform(tx ->
                            tx.createQuery("SELECT value FROM second_counter")
                                    .mapTo(Long.class)
                                    .one());
            assertThat(counted).isEqualTo(40);
        }
    }

    private static void increment(Database database) {
        database.writePlatform(tx -> {
            long value = tx.createQuery("SELECT value FROM second_counter").mapTo(Long.class).one();
            return tx.execute("UPDATE second_counter SET value = ?", value + 1);
        });
    }
}
