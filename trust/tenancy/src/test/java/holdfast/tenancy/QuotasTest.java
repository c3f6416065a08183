package holdfast.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What quotas promise, on both databases.
@ParameterizedClass
@EnumSource
class QuotasTest {
    private static final int WRITERS = 64;

    private final TestClock clock = new TestClock();
    private final Told told = new Told();
    private final Database database;
    private final TenancyRoom room;

    QuotasTest(TestDatabase engine) {
        database = engine.open(TenancyRoom.SCHEMA);
        room = TenancyRoom.assemble(database, told, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void racing_writers_never_pass_the_limit() throws Exception {
        var tenant = tenant(Tier.FREE);
        var start = new CountDownLatch(1);
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            var races =
                    IntStream.range(0, WRITERS)
                            .mapToObj(_ ->
                                    writers.submit(() -> {
                                        start.await();
                                        return outcome(tenant);
                                    }))
                            .toList();
            start.countDown();
            int passed = 0;
            int refused = 0;
            for (Future<String> race : races) {
                switch (race.get()) {
                    case "passed" -> passed++;
                    case "quota-exceeded" -> refused++;
                    default -> throw new AssertionError(race.get());
                }
            }

            assertThat(passed).isEqualTo(10);
            assertThat(refused).isEqualTo(WRITERS - 10);
            assertThat(use(tenant, Quota.CREDENTIALS).used()).isEqualTo(10);
        }
    }

    @Test
    void a_refusal_names_quota_limit_and_use() {
        var tenant = tenant(Tier.FREE);
        take(tenant, Quota.CREDENTIALS, 9);

        var refusal = catchThrowableOfType(Refusal.class, () -> take(tenant, Quota.CREDENTIALS, 2));

        assertThat(refusal.problem()).isEqualTo(Problem.QUOTA_EXCEEDED);
        assertThat(refusal.params())
                .containsOnly(
                        Map.entry("quota", "CREDENTIALS"),
                        Map.entry("limit", "10"),
                        Map.entry("used", "9"));
        assertThat(use(tenant, Quota.CREDENTIALS).used()).isEqualTo(9);
    }

    @Test
    void a_change_that_rolls_back_gives_back_what_it_took() {
        var tenant = tenant(Tier.FREE);

        var failure =
                catchThrowableOfType(
                        IllegalStateException.class,
                        () ->
                                database.write(
                                        tenant,
                                        tx -> {
                                            room.quotas().take(tx, tenant, Quota.CREDENTIALS, 10);
                                            throw new IllegalStateException("the rest failed");
                                        }));

        assertThat(failure).hasMessage("the rest failed");
        assertThat(use(tenant, Quota.CREDENTIALS).used()).isZero();
    }

    @Test
    void what_is_given_back_can_be_taken_again_and_never_more() {
        var tenant = tenant(Tier.FREE);
        take(tenant, Quota.STORAGE_BYTES, 1 << 20);
        give(tenant, Quota.STORAGE_BYTES, 100);
        take(tenant, Quota.STORAGE_BYTES, 100);
        give(tenant, Quota.STORAGE_BYTES, Long.MAX_VALUE);

        assertThat(use(tenant, Quota.STORAGE_BYTES).used()).isZero();
    }

    @Test
    void at_80_percent_there_is_one_event_and_again_after_it_fell() {
        var tenant = tenant(Tier.FREE);
        take(tenant, Quota.CREDENTIALS, 7);
        assertThat(told.events()).isEmpty();
        take(tenant, Quota.CREDENTIALS, 1);
        take(tenant, Quota.CREDENTIALS, 2);
        assertThat(told.events())
                .containsExactly(
                        new TenancyEvent.QuotaNearlyUsed(tenant, Quota.CREDENTIALS, 8, 10));

        give(tenant, Quota.CREDENTIALS, 5);
        take(tenant, Quota.CREDENTIALS, 3);

        assertThat(told.events()).hasSize(2);
    }

    @Test
    void the_tenant_of_the_first_start_has_no_limits() {
        take(TenantId.DEFAULT, Quota.CREDENTIALS, 1_000_000);

        assertThat(use(TenantId.DEFAULT, Quota.CREDENTIALS))
                .isEqualTo(
                        new Quotas.Use(Quota.CREDENTIALS, 1_000_000, OptionalLong.empty(), false));
        assertThat(told.events()).isEmpty();
    }

    @Test
    void the_tiers_are_as_agreed() {
        var table =
                """
                FREE 10 1 1048576 100
                BASIC 100 10 10485760 1000
                PROFESSIONAL 1000 25 104857600 10000
                """;
        for (var line : table.lines().toList()) {
            var words = line.split(" ", -1);
            var found =
                    Arrays.stream(Quota.values())
                            .map(quota -> Tier.valueOf(words[0]).most(quota).orElseThrow())
                            .map(String::valueOf)
                            .toList();

            assertThat(words[0] + " " + String.join(" ", found)).isEqualTo(line);
        }
        for (var quota : Quota.values()) {
            assertThat(Tier.ENTERPRISE.most(quota)).isEmpty();
        }
    }

    @Test
    void a_tenant_may_have_other_limits_than_its_tier_and_follows_the_tier_again() {
        var tenant = tenant(Tier.FREE);
        take(tenant, Quota.CREDENTIALS, 10);
        limit(tenant, Map.of(Quota.CREDENTIALS, OptionalLong.of(12)));
        take(tenant, Quota.CREDENTIALS, 2);
        limit(tenant, Map.of(Quota.CREDENTIALS, OptionalLong.empty()));
        take(tenant, Quota.CREDENTIALS, 500);
        limit(tenant, Map.of());

        assertThat(use(tenant, Quota.CREDENTIALS))
                .isEqualTo(new Quotas.Use(Quota.CREDENTIALS, 512, OptionalLong.of(10), false));
        assertThat(outcome(tenant)).isEqualTo("quota-exceeded");
    }

    @Test
    void another_tier_moves_the_limits_that_are_not_set_apart() {
        var tenant = tenant(Tier.FREE);
        limit(tenant, Map.of(Quota.API_CALLS, OptionalLong.of(7)));

        var now = room.tenants().find(tenant).orElseThrow();
        database.writePlatform(tx -> {
            room.tenants()
                    .replace(
                            tx,
                            now.with(
                                    Tier.BASIC,
                                    now.status(),
                                    now.rules(),
                                    now.metadata(),
                                    clock.instant()));
            return 0;
        });
        room.tenants().refresh();

        assertThat(use(tenant, Quota.CREDENTIALS).limit()).hasValue(100);
        assertThat(room.quotas().callsPerHour(tenant)).hasValue(7);
    }

    private TenantId tenant(Tier tier) {
        var id = new TenantId(UUID.randomUUID());
        var now = clock.instant();
        database.writePlatform(tx -> {
            room.tenants()
                    .add(
                            tx,
                            new Tenant(
                                    id,
                                    "t-" + id.toString().substring(0, 8),
                                    tier,
                                    Tenant.Status.ACTIVE,
                                    now,
                                    now,
                                    Rules.USUAL,
                                    Metadata.NONE,
                                    1));
            return 0;
        });
        room.tenants().refresh();
        return id;
    }

    private String outcome(TenantId tenant) {
        try {
            take(tenant, Quota.CREDENTIALS, 1);
            return "passed";
        } catch (Refusal refusal) {
            return refusal.problem().code();
        }
    }

    private void take(TenantId tenant, Quota quota, long amount) {
        database.write(
                tenant,
                tx -> {
                    room.quotas().take(tx, tenant, quota, amount);
                    return 0;
                });
    }

    private void give(TenantId tenant, Quota quota, long amount) {
        database.write(
                tenant,
                tx -> {
                    room.quotas().give(tx, tenant, quota, amount);
                    return 0;
                });
    }

    private void limit(TenantId tenant, Map<Quota, OptionalLong> limits) {
        database.writePlatform(tx -> {
            room.tenants().limit(tx, tenant, limits);
            return 0;
        });
        room.tenants().refresh();
    }

    private Quotas.Use use(TenantId tenant, Quota quota) {
        return database.read(tenant, tx -> room.quotas().uses(tx, tenant)).stream()
                .filter(use -> use.quota() == quota)
                .findFirst()
                .orElseThrow();
    }
}
