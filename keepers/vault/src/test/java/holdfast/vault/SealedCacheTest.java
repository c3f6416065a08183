package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What was read lately stays in memory where the tenant lets it.
@ParameterizedClass
@EnumSource
class SealedCacheTest {
    private final Site site;

    SealedCacheTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_tenant_may_forbid_that_ciphertext_stays_in_memory() {
        site.caching(false);
        var secret = site.create("prod/db", "app", "höchst geheim");

        assertThat(site.open(secret)).isEqualTo("höchst geheim");
        assertThat(site.open(secret)).isEqualTo("höchst geheim");

        assertThat(site.events("secret.read", 2)).hasSize(2);
        assertThat(site.room.cache().hits()).isZero();
        assertThat(site.room.cache().size()).isZero();
    }
}
