package holdfast.identity;

import holdfast.access.Action;
import holdfast.access.Assignment;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.access.Role;
import holdfast.access.Roles;
import holdfast.access.Scope;
import holdfast.kernel.FieldError;
import holdfast.kernel.Ids;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import holdfast.tenancy.Metadata;
import holdfast.tenancy.Quota;
import holdfast.tenancy.Quotas;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// What an administrator does with machines. Each change is one transaction with its event, and holds at once.
final class Machines {
    /// What a new machine's permit names.
    static final String NEW = "machine";

    private static final int LONGEST = 500; // characters of a description

    private final Database database;
    private final MachineStore store;
    private final TokenStore tokens;
    private final Sessions sessions;
    private final Roles roles;
    private final Policy policy;
    private final Quotas quotas;
    private final Ledger ledger;
    private final Ids ids;
    private final InstantSource clock;

    Machines(
            Database database,
            MachineStore store,
            TokenStore tokens,
            Sessions sessions,
            Roles roles,
            Policy policy,
            Quotas quotas,
            Ledger ledger,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.store = store;
        this.tokens = tokens;
        this.sessions = sessions;
        this.roles = roles;
        this.policy = policy;
        this.quotas = quotas;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    static String resource(UUID machine) {
        return "machine/" + machine;
    }

    /// {@return every machine of the tenant, by name}
    List<Account> all(Scope scope) {
        scope.requireFor(Action.MANAGE_USER);
        var tenant = scope.tenant();
        return database.read(tenant, tx -> store.all(tx, tenant)).stream()
                .map(this::withRole)
                .toList();
    }

    /// @throws Refusal NOT_FOUND
    Account read(Permit permit, UUID id) {
        permit.requireFor(Action.MANAGE_USER, resource(id));
        return withRole(database.read(permit.tenant(), tx -> found(tx, permit, id)));
    }

    /// Makes a machine. Without a role it may do what grants and shares allow.
    ///
    /// @throws Refusal INVALID, NOT_PERMITTED, QUOTA_EXCEEDED; CONFLICT when a machine has the name
    Account create(Permit permit, Form form) {
        permit.requireFor(Action.MANAGE_USER, NEW);
        var errors = new ArrayList<>(errors(form.description()));
        errors.addAll(Username.errors(form.name(), "/name"));
        requireNone(errors);
        var machine =
                new Machine(
                        permit.tenant(),
                        ids.next(),
                        form.name(),
                        form.description().orElse(""),
                        false,
                        clock.instant(),
                        Optional.empty(),
                        1);
        changing(
                permit,
                tx -> {
                    if (!store.add(tx, machine)) {
                        throw Problem.CONFLICT.because("a machine has this name");
                    }
                    quotas.take(tx, permit.tenant(), Quota.USERS, 1);
                    exchange(tx, permit, machine.id(), Optional.empty(), form.role());
                    ledger.append(
                            tx,
                            permit.principal(),
                            new IdentityEvent.MachineCreated(
                                    machine.id(), machine.name(), form.role()));
                });
        return withRole(machine);
    }

    /// @param seen the version that the caller saw
    /// @throws Refusal INVALID, NOT_FOUND, NOT_PERMITTED, VERSION_CONFLICT
    Account update(Permit permit, UUID id, long seen, Change change) {
        requireNone(errors(change.description()));
        return alter(
                permit,
                id,
                machine -> {
                    if (machine.version() != seen) {
                        throw Problem.VERSION_CONFLICT
                                .because("the machine is at version " + machine.version())
                                .with("version", machine.version());
                    }
                    return machine.withDescription(change.description().orElse(""));
                },
                (tx, was) -> {
                    var before = roles.of(tx, permit.tenant(), id).stream().findFirst();
                    exchange(tx, permit, id, before, change.role());
                    var changed = new ArrayList<String>();
                    if (!was.description().equals(change.description().orElse(""))) {
                        changed.add("description");
                    }
                    if (!before.map(Role::name).equals(change.role())) {
                        changed.add("role");
                    }
                    ledger.append(
                            tx,
                            permit.principal(),
                            new IdentityEvent.MachineUpdated(id, change.role(), changed));
                });
    }

    /// Puts a role in the place of the strongest; both must be held by whoever does it.
    private void exchange(
            Handle tx, Permit permit, UUID id, Optional<Role> was, Optional<String> wanted) {
        if (was.map(Role::name).equals(wanted)) {
            return;
        }
        var tenant = permit.tenant();
        was.ifPresent(role -> {
            policy.requireHolds(tx, permit.principal(), role);
            roles.remove(tx, tenant, id, role.name());
        });
        wanted.ifPresent(name -> {
            var role = roles.named(tx, tenant, name);
            policy.requireHolds(tx, permit.principal(), role);
            roles.add(tx, tenant, assignment(permit.principal(), id, role));
        });
    }

    private Assignment assignment(Principal actor, UUID id, Role role) {
        return new Assignment(
                id,
                Principal.Kind.MACHINE,
                role.name(),
                clock.instant(),
                actor.id(),
                actor.kind(),
                Optional.empty(),
                Metadata.NONE);
    }

    Account disable(Permit permit, UUID id) {
        return alter(
                permit,
                id,
                machine -> machine.withDisabled(true),
                (tx, _) ->
                        ledger.append(
                                tx, permit.principal(), new IdentityEvent.MachineDisabled(id)));
    }

    Account enable(Permit permit, UUID id) {
        return alter(
                permit,
                id,
                machine -> machine.withDisabled(false),
                (tx, _) ->
                        ledger.append(
                                tx, permit.principal(), new IdentityEvent.MachineEnabled(id)));
    }

    /// Deletes a machine with its tokens, roles, grants and what is shared with it.
    void delete(Permit permit, UUID id) {
        permit.requireFor(Action.MANAGE_USER, resource(id));
        changing(
                permit,
                tx -> {
                    var machine = found(tx, permit, id);
                    tokens.deleteAll(tx, id);
                    roles.leave(tx, permit.tenant(), id);
                    store.delete(tx, permit.tenant(), id);
                    quotas.give(tx, permit.tenant(), Quota.USERS, 1);
                    ledger.append(
                            tx,
                            permit.principal(),
                            new IdentityEvent.MachineDeleted(id, machine.name()));
                });
    }

    private Account alter(
            Permit permit,
            UUID id,
            UnaryOperator<Machine> change,
            java.util.function.BiConsumer<Handle, Machine> rest) {
        permit.requireFor(Action.MANAGE_USER, resource(id));
        changing(
                permit,
                tx -> {
                    var machine = found(tx, permit, id);
                    store.update(tx, change.apply(machine));
                    rest.accept(tx, machine);
                });
        return read(permit, id);
    }

    private void changing(Permit permit, Consumer<Handle> change) {
        try {
            sessions.changing(tx -> {
                policy.recheck(tx, permit);
                change.accept(tx);
            });
        } finally {
            roles.refresh(permit.tenant());
        }
    }

    private Machine found(Handle tx, Permit permit, UUID id) {
        return store.find(tx, permit.tenant(), id)
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such machine"));
    }

    private Account withRole(Machine machine) {
        var role = roles.of(machine.tenant(), machine.id()).stream().findFirst();
        return new Account(machine, role);
    }

    private static List<FieldError> errors(Optional<String> description) {
        return description
                .filter(text -> !UserForm.isPlain(text, LONGEST))
                .map(_ ->
                        FieldError.of(
                                "/description",
                                "malformed",
                                "at most 500 characters, none of them a control character"))
                .stream()
                .toList();
    }

    private static void requireNone(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Refusal.of(errors);
        }
    }

    /// A machine with its strongest role.
    record Account(Machine machine, Optional<Role> role) {}

    /// A machine to be made.
    record Form(String name, Optional<String> description, Optional<String> role) {}

    /// What may change.
    record Change(Optional<String> description, Optional<String> role) {}
}
