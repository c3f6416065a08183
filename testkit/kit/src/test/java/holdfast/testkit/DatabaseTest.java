package holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.kernel.Bytes;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.storage.Rows;
import holdfast.storage.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class DatabaseTest {
    private static final Schema SCHEMA = new Schema("sample", DatabaseTest.class);
    private static final TenantId OURS = TenantId.DEFAULT;
    private static final TenantId THEIRS = new TenantId(new UUID(0x7000L, 0x8000000000000005L));
    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.000007Z");

    private final TestDatabase engine;
    private Database database;

    DatabaseTest(TestDatabase engine) {
        this.engine = engine;
        this.database = engine.open(SCHEMA);
    }

    @BeforeEach
    void fresh() {
        database.close();
        database = engine.open(SCHEMA);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_takes_long_is_counted_and_what_works_is_seen() {
        long before = database.figures().slow();
        long working =
                database.read(
                        OURS,
                        tx -> {
                            long started = System.nanoTime();
                            while (System.nanoTime() - started <= Database.SLOW.toNanos()) {
                                tx.createQuery("SELECT 1").mapTo(Integer.class).one();
                            }
                            return database.figures().connections();
                        });

        assertThat(working).isPositive();
        assertThat(database.figures().slow()).isEqualTo(before + 1);
        assertThat(database.figures().connections()).isZero();
    }

    @Test
    void values_come_back_as_they_went_in() {
        var id = new UUID(1, 2);
        database.write(OURS, tx -> insert(tx, OURS, id, "first"));

        var back =
                database.read(
                        OURS,
                        tx ->
                                tx.createQuery(
                                                "SELECT tenant_id, id, content, extra, at FROM sample_note WHERE id = :id")
                                        .bind("id", id)
                                        .map((row, _) ->
                                                List.of(
                                                        Rows.tenant(row, "tenant_id"),
                                                        Rows.uuid(row, "id"),
                                                        Rows.bytes(row, "content"),
                                                        row.getString("extra"),
                                                        Rows.instant(row, "at")))
                                        .one());

        assertThat(back).isEqualTo(List.of(OURS, id, Bytes.ofHex("00ff10"), "{\"a\": 1}", AT));
    }

    @Test
    void a_write_that_throws_leaves_nothing() {
        assertThatThrownBy(() ->
                        database.write(
                                OURS,
                                tx -> {
                                    insert(tx, OURS, new UUID(1, 1), "gone");
                                    throw Problem.VERSION_CONFLICT.because("too late");
                                }))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal ->
                                assertThat(refusal.problem()).isEqualTo(Problem.VERSION_CONFLICT));

        assertThat(titles(OURS)).isEmpty();
    }

    @Test
    void a_refused_write_does_not_take_its_group_along() throws Exception {
        var calls = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 60; i++) {
            int number = i;
            calls.add(() -> writeOrRefuse(number));
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : threads.invokeAll(calls)) {
                assertThat(call.get()).isTrue();
            }
        }

        assertThat(titles(OURS)).hasSize(40);
        var figures = database.figures();
        assertThat(figures.writes()).isEqualTo(40);
        assertThat(figures.refused()).isEqualTo(20);
        assertThat(figures.waiting()).isZero();
        assertThat(figures.writeNanos()).isPositive();
    }

    @Test
    void the_same_key_twice_is_a_conflict_in_our_own_words() {
        database.write(OURS, tx -> insert(tx, OURS, new UUID(1, 1), "hunter2"));

        assertThatThrownBy(() ->
                        database.write(OURS, tx -> insert(tx, OURS, new UUID(1, 2), "hunter2")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.problem()).isEqualTo(Problem.CONFLICT);
                            assertThat(refusal.detail()).isEqualTo("it is there already");
                        });
    }

    @Test
    void no_failure_carries_a_bound_value_or_the_words_of_a_driver() {
        assertThatThrownBy(() ->
                        database.write(
                                OURS,
                                tx ->
                                        tx.createUpdate(
                                                        """
                                                        INSERT INTO sample_note (tenant_id, id, title, at)
                                                        VALUES (:tenant, :id, :title, :at)
                                                        """)
                                                .bind("tenant", OURS)
                                                .bind("id", new UUID(4, 4))
                                                .bind("title", "hunter2")
                                                .bindNull("at", java.sql.Types.BIGINT)
                                                .execute()))
                .satisfies(failure -> {
                    assertThat(failure.toString())
                            .contains("VALUES (:tenant, :id, :title, :at)")
                            .doesNotContain("hunter2")
                            .doesNotContain("Failing row")
                            .doesNotContain("NOT NULL constraint");
                    assertThat(failure.getCause()).isNull();
                });
    }

    @Test
    void a_read_sees_one_snapshot() {
        long[] seen =
                database.read(
                        OURS,
                        tx -> {
                            long before = count(tx);
                            CompletableFuture.runAsync(() ->
                                            database.write(
                                                    OURS,
                                                    late ->
                                                            insert(
                                                                    late,
                                                                    OURS,
                                                                    new UUID(9, 9),
                                                                    "late")))
                                    .join();
                            return new long[] {before, count(tx)};
                        });

        assertThat(seen).containsExactly(0, 0);
        assertThat(titles(OURS)).containsExactly("late");
    }

    @Test
    void a_read_cannot_write() {
        assertThatThrownBy(() -> database.read(OURS, tx -> insert(tx, OURS, new UUID(1, 1), "sly")))
                .hasNoCause();
        assertThat(titles(OURS)).isEmpty();
    }

    @Test
    void numbered_keys_are_given_by_the_database() {
        database.writePlatform(
                tx -> tx.execute("INSERT INTO sample_number (note) VALUES ('a'), ('b')"));

        var numbers =
                database.readPlatform(tx ->
                        tx.createQuery("SELECT number FROM sample_number ORDER BY number")
                                .mapTo(Long.class)
                                .list());
        assertThat(numbers).containsExactly(1L, 2L);
    }

    @Test
    void the_platform_sees_the_rows_of_every_tenant() {
        database.write(OURS, tx -> insert(tx, OURS, new UUID(1, 1), "ours"));
        database.write(THEIRS, tx -> insert(tx, THEIRS, new UUID(1, 1), "theirs"));

        assertThat(titles(TenantId.PLATFORM)).containsExactlyInAnyOrder("ours", "theirs");
    }

    private boolean writeOrRefuse(int number) {
        boolean refused = number % 3 == 0;
        try {
            database.write(
                    OURS,
                    tx -> {
                        insert(tx, OURS, new UUID(7, number), "note " + number);
                        if (refused) {
                            throw Problem.CONFLICT.because("no");
                        }
                        return number;
                    });
            return !refused;
        } catch (Refusal _) {
            return refused;
        }
    }

    private List<String> titles(TenantId tenant) {
        return database.read(
                tenant,
                tx -> tx.createQuery("SELECT title FROM sample_note").mapTo(String.class).list());
    }

    private static long count(Handle tx) {
        return tx.createQuery("SELECT count(*) FROM sample_note").mapTo(Long.class).one();
    }

    private static int insert(Handle tx, TenantId tenant, UUID id, String title) {
        return tx.createUpdate(
                        """
                        INSERT INTO sample_note (tenant_id, id, title, content, extra, at)
                        VALUES (:tenant, :id, :title, :content, :extra, :at)
                        """)
                .bind("tenant", tenant.value())
                .bind("id", id)
                .bind("title", title)
                .bind("content", Bytes.ofHex("00ff10"))
                .bind("extra", "{\"a\": 1}")
                .bind("at", AT)
                .execute();
    }
}
