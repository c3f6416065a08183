package holdfast.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.testkit.Statements;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.time.LocalDate;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// No statement of this room walks through what grows, on both databases.
///
/// Tenants and their settings are kept in memory: reading them all is meant. A tenant has a handful of quotas.
@ParameterizedClass
@EnumSource
class TenancyPlanTest {
    private static final Set<String> GROWING = Set.of("tenancy_usage", "tenancy_quota");
    private static final Set<String> FEW =
            Set.of("SELECT quota, used", "DELETE FROM tenancy_", "INSERT");

    private final TestClock clock = new TestClock();
    private final Statements statements = new Statements();
    private final Database database;
    private final TenancyRoom room;

    TenancyPlanTest(TestDatabase engine) {
        database = statements.around(engine.open(TenancyRoom.SCHEMA));
        room = TenancyRoom.assemble(database, new Told(), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() {
        useEverything();

        var found = statements.walks(database, GROWING);

        assertThat(found.walks())
                .filteredOn(walk -> FEW.stream().noneMatch(walk::contains))
                .isEmpty();
        assertThat(found.looked()).isGreaterThan(8);
    }

    /// The check can fail: a condition that no index begins with is found out.
    @Test
    void a_statement_without_an_index_is_found_out() {
        database.readPlatform(tx ->
                tx.createQuery("SELECT day FROM tenancy_usage WHERE amount = 1")
                        .mapTo(Long.class)
                        .list());

        assertThat(statements.walks(database, GROWING).walks()).isNotEmpty();
    }

    private void useEverything() {
        var now = clock.instant();
        var id = new TenantId(new UUID(1, 1));
        var tenant =
                new Tenant(
                        id,
                        "one",
                        Tier.FREE,
                        Tenant.Status.ACTIVE,
                        now,
                        now,
                        Rules.USUAL,
                        Metadata.NONE,
                        1);
        in(tx -> room.tenants().add(tx, tenant));
        room.tenants().refresh();
        in(tx -> room.quotas().take(tx, id, Quota.USERS, 1));
        in(tx -> room.quotas().give(tx, id, Quota.USERS, 1));
        in(tx -> room.quotas().settle(tx, id, Quota.USERS, 1));
        in(tx -> room.quotas().uses(tx, id));
        in(tx -> room.quotas().counted(tx, Quota.USERS));
        in(tx -> room.tenants().limit(tx, id, Map.of(Quota.API_CALLS, OptionalLong.of(5))));
        room.usage().called(id, "secrets");
        room.usage().flush();
        var day = LocalDate.ofEpochDay(0);
        in(tx -> room.usage().days(tx, id, day, day.plusDays(9)));
        in(tx -> room.tenants().remove(tx, id));
    }

    private void in(Consumer<Handle> work) {
        database.writePlatform(tx -> {
            work.accept(tx);
            return true;
        });
    }
}
