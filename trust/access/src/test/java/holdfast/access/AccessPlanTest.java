package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.ledger.LedgerRoom;
import holdfast.storage.Database;
import holdfast.tenancy.Metadata;
import holdfast.tenancy.TenancyRoom;
import holdfast.testkit.Statements;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// No statement of this room walks through assignments or grants, on both databases, but those that want every row.
@ParameterizedClass
@EnumSource
class AccessPlanTest {
    private static final Set<String> GROWING = Set.of("access_assignment", "access_grant");
    private static final TenantId TENANT = TenantId.DEFAULT;

    /// What wants every row of the tenant, or of all: the snapshot that decides, the end of a tenant, the first count.
    private static final List<String> WANTED_WHOLE =
            List.of(
                    "ORDER BY principal_id, role",
                    "ORDER BY grant_id",
                    "DELETE FROM access_assignment WHERE tenant_id = ?\n",
                    "DELETE FROM access_grant WHERE tenant_id = ?\n",
                    "count(DISTINCT principal_id)");

    private final TestClock clock = new TestClock();
    private final Statements statements = new Statements();
    private final Database database;
    private final LedgerRoom ledger;
    private final AccessRoom room;
    private final Principal ada =
            new Principal(new UUID(1, 1), Principal.Kind.USER, "ada", TENANT, Origin.INTERNAL);

    AccessPlanTest(TestDatabase engine) {
        database =
                statements.around(
                        engine.open(LedgerRoom.schema(), TenancyRoom.SCHEMA, AccessRoom.SCHEMA));
        var crypto = new ProviderCrypto(new SecureRandom());
        var ids = new Ids(clock, new SecureRandom());
        ledger = LedgerRoom.assemble(database, crypto, ids, clock);
        var tenancy = TenancyRoom.assemble(database, ledger.ledger(), clock);
        room = AccessRoom.assemble(database, ledger.ledger(), tenancy, clock);
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() {
        useEverything();

        var found = statements.walks(database, GROWING);

        assertThat(found.walks())
                .filteredOn(walk -> WANTED_WHOLE.stream().noneMatch((walk + "\n")::contains))
                .isEmpty();
        assertThat(found.looked()).isGreaterThan(10);
    }

    /// The check can fail: a condition that no index begins with is found out.
    @Test
    void a_statement_without_an_index_is_found_out() {
        database.readPlatform(tx ->
                tx.createQuery("SELECT pattern FROM access_grant WHERE pattern = 'x'")
                        .mapTo(String.class)
                        .list());

        assertThat(statements.walks(database, GROWING).walks()).isNotEmpty();
    }

    private void useEverything() {
        var roles = room.roles();
        var bob = new UUID(2, 2);
        in(tx -> roles.assign(tx, ada, ada.id(), Set.of(Role.ADMIN)));
        in(tx -> roles.assign(tx, ada, bob, Set.of(Role.USER)));
        in(tx -> roles.exchange(tx, ada, bob, Optional.of(Role.USER), Role.OPERATOR));
        in(tx -> roles.add(tx, TENANT, assignment(bob, "USER")));
        in(tx -> roles.remove(tx, TENANT, bob, "USER"));
        in(tx -> roles.of(tx, TENANT, bob));
        in(tx -> roles.holders(tx, TENANT, Role.ADMIN));
        in(tx -> roles.assignments(tx, TENANT));
        in(tx -> roles.isMember(tx, TENANT, bob));
        in(tx -> roles.members(tx, TENANT));
        in(tx -> roles.requireKeeper(tx, TENANT, _ -> true));
        custom(roles);
        loans(bob);
        database.writePlatform(tx -> roles.tenantsOf(tx, bob));
        database.writePlatform(tx -> roles.forget(tx, bob));
        in(tx -> roles.leave(tx, TENANT, bob));
        in(tx -> roles.dissolve(tx, TENANT));
    }

    private void custom(Roles roles) {
        var role = CustomRole.of("KEEPER", "", Set.of(Action.READ_SECRET));
        var now = clock.instant();
        in(tx -> roles.create(tx, TENANT, new CustomRole(role, now, Metadata.NONE, 1)));
        in(tx -> roles.change(tx, TENANT, new CustomRole(role, now, Metadata.NONE, 2)));
        in(tx -> roles.delete(tx, TENANT, "KEEPER"));
    }

    private void loans(UUID bob) {
        var loan =
                new Grant.Loan(
                        ada.id(),
                        Principal.Kind.USER,
                        Set.of(Action.READ_SECRET),
                        "secrets/a/b",
                        Optional.of(clock.instant().plus(Duration.ofHours(1))));
        var lent = Grant.lent(new UUID(3, 1), new Grant.Subject.One(bob), loan, clock.instant());
        in(tx -> room.grants().lend(tx, TENANT, lent));
        in(tx -> room.grants().takeBack(tx, TENANT, lent.id()));
        in(tx -> room.grants().add(tx, TENANT, lent));
        in(tx -> room.grants().all(tx, TENANT));
        in(tx -> room.grants().remove(tx, TENANT, lent.id()));
    }

    private Assignment assignment(UUID principal, String role) {
        var kind = Principal.Kind.USER;
        Instant now = clock.instant();
        return new Assignment(
                principal, kind, role, now, ada.id(), kind, Optional.empty(), Metadata.NONE);
    }

    private void in(Consumer<Handle> work) {
        database.write(
                TENANT,
                tx -> {
                    work.accept(tx);
                    return true;
                });
    }
}
