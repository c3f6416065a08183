package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Role;
import holdfast.crypto.Tampered;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.Upkeep;
import holdfast.storage.Database;
import holdfast.tenancy.Metadata;
import holdfast.tenancy.Rules;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tier;
import holdfast.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Two tenants trying to reach each other, on both databases.
@ParameterizedClass
@EnumSource
class TwoTenantsTest {
    private final Site site;
    private final Principal bob; // may do everything, elsewhere
    private final Secret secret;

    TwoTenantsTest(TestDatabase engine) {
        site = new Site(engine);
        bob = site.person("bob").in(another());
        site.database.write(
                bob.tenant(),
                tx -> {
                    site.access.roles().assign(tx, bob, bob.id(), Set.of(Role.ADMIN));
                    return true;
                });
        site.access.roles().refresh(bob.tenant());
        secret = site.create("prod", "db", "of ada");
    }

    private TenantId another() {
        var id = new TenantId(UUID.randomUUID());
        var now = site.clock.instant();
        var tenant =
                new Tenant(
                        id,
                        "another",
                        Tier.ENTERPRISE,
                        Tenant.Status.ACTIVE,
                        now,
                        now,
                        Rules.USUAL,
                        Metadata.NONE,
                        1);
        site.database.writePlatform(tx -> {
            site.tenants.add(tx, tenant);
            return true;
        });
        site.tenants.refresh();
        return id;
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void another_tenants_id_is_answered_like_one_that_never_was() {
        var permits = site.permits();
        permits.on(site.ada, Action.READ_SECRET, secret.id()); // the path is remembered
        for (var action : List.of(Action.READ_SECRET, Action.REVEAL_SECRET, Action.WRITE_SECRET)) {
            var other =
                    catchThrowableOfType(Refusal.class, () -> permits.on(bob, action, secret.id()));
            var never =
                    catchThrowableOfType(
                            Refusal.class, () -> permits.on(bob, action, UUID.randomUUID()));

            assertThat(other.problem()).isEqualTo(Problem.NOT_FOUND).isEqualTo(never.problem());
            assertThat(other.detail()).isEqualTo(never.detail());
        }
    }

    @Test
    void a_permit_for_the_same_path_elsewhere_opens_nothing_here() {
        var permit = site.policy.permit(bob, Action.REVEAL_SECRET, Site.path(secret));
        var use = new Secrets.Use(Optional.empty(), Set.of(), Optional.empty());

        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () -> site.secrets().open(permit, secret.id(), use))
                                .problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void lists_counts_folders_and_batches_hold_nothing_of_another_tenant() {
        var read = site.policy.scope(bob, Action.READ_SECRET);
        var listing = site.secrets().list(read, Site.everything());
        assertThat(listing.items()).isEmpty();
        assertThat(listing.total()).contains(0L);
        assertThat(site.secrets().folders(read, Optional.empty())).isEmpty();

        var target = new Batches.Target(Optional.of(secret.id()), Optional.empty());
        var named = new Batches.Target(Optional.empty(), Optional.of(new SecretName("prod", "db")));
        var answers =
                site.room
                        .batches()
                        .read(
                                site.policy.scope(bob, Action.REVEAL_SECRET),
                                List.of(
                                        new Batches.Item.Good<>(target),
                                        new Batches.Item.Good<>(named)),
                                false);
        assertThat(answers).extracting(Batches.Answer::status).containsExactly(404, 404);
    }

    @Test
    void both_may_use_the_same_name_and_a_ciphertext_that_is_swapped_opens_for_neither() {
        var name = new SecretName("prod", "db");
        var his =
                site.secrets()
                        .create(
                                site.policy.permit(bob, Action.WRITE_SECRET, name.resource()),
                                new Secrets.Draft(
                                        name, Site.text("of bob"), Details.NONE, Upkeep.USUAL));
        assertThat(site.open(bob, his, Optional.empty())).isEqualTo("of bob");
        assertThat(site.open(secret)).isEqualTo("of ada");

        site.database.writePlatform(tx ->
                tx.execute(
                        "UPDATE vault_version SET value = (SELECT value FROM vault_version"
                                + " WHERE secret_id = ?), version = 2 WHERE secret_id = ?",
                        bound(secret.id()),
                        bound(his.id())));

        assertThat(
                        catchThrowableOfType(
                                RuntimeException.class, () -> site.open(bob, his, Optional.of(2))))
                .isInstanceOf(Tampered.class);
    }

    private Object bound(UUID id) {
        return site.database.engine() == Database.Engine.SQLITE ? id.toString() : id;
    }
}
