package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.secret.Details;
import holdfast.secret.Upkeep;
import holdfast.tenancy.Quota;
import holdfast.tenancy.Quotas;
import holdfast.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A tenant keeps as much as it may and no more, on both databases.
@ParameterizedClass
@EnumSource
class SecretQuotaTest {
    private final Site site;

    SecretQuotaTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void of_racing_writers_no_more_get_in_than_there_is_room_for() throws Exception {
        limit(Map.of(Quota.CREDENTIALS, OptionalLong.of(5)));
        var writers = new ArrayList<Callable<Object>>();
        for (int i = 0; i < 12; i++) {
            var account = "n" + i;
            writers.add(() -> {
                try {
                    return site.create("race", account, "x").version();
                } catch (Refusal refusal) {
                    return refusal.problem();
                }
            });
        }
        var outcomes = new ArrayList<Object>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(writers)) {
                outcomes.add(future.get());
            }
        }

        assertThat(outcomes).filteredOn(one -> one.equals(1)).hasSize(5);
        assertThat(outcomes).filteredOn(Problem.QUOTA_EXCEEDED::equals).hasSize(7);
        assertThat(used(Quota.CREDENTIALS)).isEqualTo(5);
    }

    @Test
    void every_version_counts_its_bytes_and_what_goes_gives_them_back() {
        var upkeep =
                new Upkeep(
                        java.util.Optional.empty(),
                        Upkeep.OnExpiry.MARK,
                        2,
                        java.util.Optional.empty());
        var secret = site.create("prod", "db", "12345", Details.NONE, upkeep);
        site.put(secret, "1234567", 1);
        assertThat(used(Quota.STORAGE_BYTES)).isEqualTo(12);

        site.put(secret, "1", 2);
        assertThat(used(Quota.STORAGE_BYTES)).isEqualTo(8);

        limit(Map.of(Quota.STORAGE_BYTES, OptionalLong.of(10)));
        assertThat(catchThrowableOfType(Refusal.class, () -> site.put(secret, "123", 3)).problem())
                .isEqualTo(Problem.QUOTA_EXCEEDED);
        assertThat(site.open(secret)).isEqualTo("1");

        var permit = site.policy.permit(site.ada, Action.DELETE_SECRET, Site.path(secret));
        site.secrets().delete(permit, secret.id(), 3);
        assertThat(used(Quota.CREDENTIALS)).isEqualTo(1);
        site.secrets().destroy(permit, secret.id());
        assertThat(List.of(used(Quota.STORAGE_BYTES), used(Quota.CREDENTIALS)))
                .containsExactly(0L, 0L);
    }

    private void limit(Map<Quota, OptionalLong> limits) {
        site.database.writePlatform(tx -> {
            site.tenants.limit(tx, TenantId.DEFAULT, limits);
            return true;
        });
        site.tenants.refresh();
    }

    private long used(Quota quota) {
        return site
                .database
                .read(TenantId.DEFAULT, tx -> site.quotas.uses(tx, TenantId.DEFAULT))
                .stream()
                .filter(use -> use.quota() == quota)
                .mapToLong(Quotas.Use::used)
                .findFirst()
                .orElseThrow();
    }
}
