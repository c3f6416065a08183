package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holdfast.access.Action;
import holdfast.access.Assignment;
import holdfast.access.CustomRole;
import holdfast.access.Grant;
import holdfast.access.PathPattern;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.tenancy.Metadata;
import holdfast.tenancy.Quota;
import holdfast.tenancy.Rules;
import holdfast.tenancy.Settings;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tier;
import holdfast.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// PostgreSQL's row-level security stops a query whose tenant clause was forgotten.
class IsolationTest {
    private static final List<TenantId> TENANTS =
            List.of(new TenantId(new UUID(1, 1)), new TenantId(new UUID(1, 2)));

    private Office office;

    @BeforeEach
    void open() {
        office = new Office(TestDatabase.POSTGRESQL);
        TENANTS.forEach(this::fill);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void without_any_tenant_clause_each_tenant_sees_its_own_rows_only() {
        for (var table : tables()) {
            for (var tenant : TENANTS) {
                List<String> owners =
                        office.database.read(
                                tenant,
                                tx ->
                                        tx.createQuery("SELECT DISTINCT tenant_id FROM " + table)
                                                .mapTo(String.class)
                                                .list());

                assertThat(owners).as(table).isSubsetOf(tenant.toString());
            }
        }
    }

    @Test
    void the_tables_of_rights_and_quotas_hold_rows_of_both() {
        for (var table :
                List.of(
                        "access_assignment",
                        "access_grant",
                        "access_role",
                        "tenancy_tenant",
                        "tenancy_settings",
                        "tenancy_quota",
                        "tenancy_usage")) {
            List<String> owners =
                    office.database.readPlatform(tx ->
                            tx.createQuery("SELECT DISTINCT tenant_id FROM " + table)
                                    .mapTo(String.class)
                                    .list());

            assertThat(owners)
                    .as(table)
                    .contains(TENANTS.get(0).toString(), TENANTS.get(1).toString());
        }
    }

    @Test
    void without_any_tenant_clause_nothing_of_another_tenant_is_changed() {
        var first = TENANTS.get(0);
        for (var table : List.of("access_assignment", "access_grant", "tenancy_quota")) {
            int deleted =
                    office.database.write(
                            first, tx -> tx.createUpdate("DELETE FROM " + table).execute());

            assertThat(deleted).as(table).isOne();
            long left =
                    office.database.read(
                            TENANTS.get(1),
                            tx ->
                                    tx.createQuery("SELECT count(*) FROM " + table)
                                            .mapTo(Long.class)
                                            .one());
            assertThat(left).as(table).isOne();
        }
    }

    private List<String> tables() {
        List<String> tables =
                office.database.readPlatform(tx ->
                        tx.createQuery(
                                        """
                                        SELECT table_name FROM information_schema.columns
                                         WHERE column_name = 'tenant_id'
                                           AND table_schema = current_schema()
                                        """)
                                .mapTo(String.class)
                                .list());
        assumeTrue(!tables.isEmpty());
        assertThat(tables).hasSizeGreaterThan(10);
        return tables;
    }

    private void fill(TenantId id) {
        var now = office.clock.instant();
        var person = office.admin.in(id);
        office.database.writePlatform(tx -> {
            office.tenants.add(
                    tx,
                    new Tenant(
                            id,
                            "t" + id.value().getLeastSignificantBits(),
                            Tier.BASIC,
                            Tenant.Status.ACTIVE,
                            now,
                            now,
                            Rules.USUAL,
                            Metadata.NONE,
                            1));
            office.tenants.change(tx, id, Settings.USUAL);
            office.access
                    .roles()
                    .add(
                            tx,
                            id,
                            new Assignment(
                                    person.id(),
                                    Principal.Kind.USER,
                                    "USER",
                                    now,
                                    person.id(),
                                    Principal.Kind.USER,
                                    Optional.empty(),
                                    Metadata.NONE));
            office.access
                    .grants()
                    .add(
                            tx,
                            id,
                            new Grant(
                                    UUID.randomUUID(),
                                    new Grant.Subject.One(person.id()),
                                    Grant.Effect.ALLOW,
                                    Set.of(Action.READ_JOB),
                                    new PathPattern("a/b"),
                                    now,
                                    person.id(),
                                    Optional.empty()));
            office.access
                    .roles()
                    .create(
                            tx,
                            id,
                            new CustomRole(
                                    CustomRole.of("ROBOT", "", Set.of(Action.READ_JOB)),
                                    now,
                                    Metadata.NONE,
                                    1));
            office.quotas.settle(tx, id, Quota.USERS, 1);
            return id;
        });
        office.usage.called(id, "environments");
        office.usage.flush();
        office.tenants.refresh();
    }
}
