package holdfast.access;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Refusal;
import holdfast.kernel.Standing;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.storage.Database;
import holdfast.tenancy.TenancyRoom;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// The room of access on a database of its own, and people who hold roles and grants.
final class Policies implements AutoCloseable {
    static final String THING = "environment/1";

    final TestClock clock = new TestClock();
    final List<Event> recorded = new CopyOnWriteArrayList<>();
    final Database database;
    final AccessRoom room;

    Policies(TestDatabase engine) {
        database = engine.open(TenancyRoom.SCHEMA, AccessRoom.SCHEMA);
        room = node();
    }

    UUID grant(Principal to, Grant.Effect effect, String pattern) {
        var id = UUID.randomUUID();
        var grant =
                new Grant(
                        id,
                        new Grant.Subject.One(to.id()),
                        effect,
                        Set.of(Action.REVEAL_CREDENTIAL),
                        new PathPattern(pattern),
                        clock.instant(),
                        to.id(),
                        Optional.empty());
        change(tx -> room.grants().add(tx, TenantId.DEFAULT, grant));
        return id;
    }

    void change(Consumer<Handle> work) {
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    work.accept(tx);
                    return 0;
                });
        room.roles().refresh(TenantId.DEFAULT);
    }

    AccessRoom node() {
        var ledger = new Recorder(recorded);
        return AccessRoom.assemble(
                database, ledger, TenancyRoom.assemble(database, ledger, clock), clock);
    }

    Principal holder(Role role) {
        var id = UUID.randomUUID();
        assign(room, id, Set.of(role));
        return person(id, Standing.ofSession(clock.instant()));
    }

    void assign(AccessRoom where, UUID subject, Set<Role> roles) {
        var actor = person(UUID.randomUUID(), Standing.PLAIN);
        database.write(
                TenantId.DEFAULT,
                tx -> {
                    where.roles().assign(tx, actor, subject, roles);
                    return 0;
                });
        where.roles().refresh(TenantId.DEFAULT);
    }

    static Principal person(UUID id, Standing standing) {
        return new Principal(
                id, Principal.Kind.USER, "ada", TenantId.DEFAULT, Origin.INTERNAL, standing);
    }

    /// Reading the audit of all is asked for by scope, so it is left out here.
    boolean isAllowed(Principal person, Action action) {
        try {
            room.policy().scope(person, action);
            return true;
        } catch (Refusal _) {
            return false;
        }
    }

    Refusal refused(Principal person, Action action) {
        return catchThrowableOfType(
                Refusal.class, () -> room.policy().permit(person, action, THING));
    }

    @Override
    public void close() {
        database.close();
    }
}
