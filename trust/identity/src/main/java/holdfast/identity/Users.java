package holdfast.identity;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.access.Role;
import holdfast.access.Roles;
import holdfast.access.Scope;
import holdfast.kernel.Ids;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.passwords.PasswordRules;
import holdfast.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// What an administrator does with users. Each change is one transaction with its event, and holds at once.
final class Users {
    /// What a new user's permit names.
    static final String NEW = "user";

    private final Database database;
    private final UserStore store;
    private final SessionStore sessionStore;
    private final TokenStore tokens;
    private final Sessions sessions;
    private final PasswordCheck check;
    private final PasswordRules rules;
    private final Lockout lockout;
    private final Roles roles;
    private final Policy policy;
    private final Ledger ledger;
    private final Ids ids;
    private final InstantSource clock;

    Users(
            Database database,
            UserStore store,
            SessionStore sessionStore,
            TokenStore tokens,
            Sessions sessions,
            PasswordCheck check,
            PasswordRules rules,
            Lockout lockout,
            Roles roles,
            Policy policy,
            Ledger ledger,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.store = store;
        this.sessionStore = sessionStore;
        this.tokens = tokens;
        this.sessions = sessions;
        this.check = check;
        this.rules = rules;
        this.lockout = lockout;
        this.roles = roles;
        this.policy = policy;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    static String resource(UUID user) {
        return "user/" + user;
    }

    /// {@return everybody in the tenant, by name}
    List<Account> all(Scope scope) {
        scope.requireFor(Action.MANAGE_USER);
        return database
                .readPlatform(tx -> {
                    var members = roles.members(tx, scope.tenant());
                    return store.all(tx).stream()
                            .filter(user -> members.contains(user.id()))
                            .map(user -> closed(tx, user))
                            .toList();
                })
                .stream()
                .map(account -> withRole(scope.tenant(), account))
                .toList();
    }

    /// @throws holdfast.kernel.Refusal NOT_FOUND
    Account read(Permit permit, UUID id) {
        permit.requireFor(Action.MANAGE_USER, resource(id));
        return stored(permit, id);
    }

    /// @throws holdfast.kernel.Refusal NOT_FOUND; CONFLICT when the user belongs to other tenants as well
    void requireOwned(Permit permit, UUID id) {
        permit.requireFor(Action.MANAGE_USER, resource(id));
        database.readPlatform(tx -> {
            var user = found(tx, permit, id);
            requireOwn(tx, permit, id);
            return user;
        });
    }

    private Account stored(Permit permit, UUID id) {
        return withRole(
                permit.tenant(), database.readPlatform(tx -> closed(tx, found(tx, permit, id))));
    }

    /// Makes a user who must change the password at the first sign-in.
    ///
    /// @throws holdfast.kernel.Refusal INVALID, CONFLICT when somebody has the name
    Account create(Permit permit, Form form) {
        permit.requireFor(Action.MANAGE_USER, NEW);
        var name =
                UserForm.requireNew(
                        rules, form.username(), form.password(), form.fullName(), form.email());
        var user =
                new User(
                        ids.next(),
                        name.value(),
                        form.fullName().orElse(""),
                        form.email().orElse(""),
                        check.hash(form.password()),
                        true,
                        false,
                        clock.instant(),
                        Optional.empty(),
                        1);
        changing(
                permit,
                tx -> {
                    if (!store.add(tx, user)) {
                        throw Problem.CONFLICT.because("somebody has this user name");
                    }
                    var role = roles.named(tx, permit.tenant(), form.role());
                    policy.requireHolds(tx, permit.principal(), role);
                    roles.assign(tx, permit.principal(), user.id(), Set.of(role));
                    ledger.append(
                            tx,
                            permit.principal(),
                            new IdentityEvent.UserCreated(user.id(), user.name(), role.name()));
                });
        return stored(permit, user.id());
    }

    /// @param seen the version that the caller saw
    /// @throws holdfast.kernel.Refusal INVALID, NOT_FOUND, VERSION_CONFLICT; CONFLICT for the last administrator
    Account update(Permit permit, UUID id, long seen, Change change) {
        permit.requireFor(Action.MANAGE_USER, resource(id));
        UserForm.requireProfile(change.fullName(), change.email());
        changing(
                permit,
                tx -> {
                    var user = found(tx, permit, id);
                    requireVersion(user, seen);
                    var was = role(tx, permit, id);
                    var role = roles.named(tx, permit.tenant(), change.role());
                    if (!was.equals(Optional.of(role))) {
                        exchange(tx, permit, id, was, role);
                    }
                    var next =
                            user.withProfile(
                                    change.fullName().orElse(""), change.email().orElse(""));
                    if (!user.fullName().equals(next.fullName())
                            || !user.email().equals(next.email())) {
                        requireOwn(tx, permit, id);
                    }
                    store.update(tx, next);
                    ledger.append(
                            tx,
                            permit.principal(),
                            new IdentityEvent.UserUpdated(
                                    id, role.name(), changed(user, next, was, role)));
                });
        return read(permit, id);
    }

    private void exchange(Handle tx, Permit permit, UUID id, Optional<Role> was, Role now) {
        policy.requireHolds(tx, permit.principal(), now);
        was.ifPresent(role -> policy.requireHolds(tx, permit.principal(), role));
        if (was.filter(Role.ADMIN::equals).isPresent()) {
            requireAnotherAdministrator(tx, permit, id);
        }
        roles.exchange(tx, permit.principal(), id, was, now);
    }

    Account disable(Permit permit, UUID id) {
        return alter(
                permit,
                id,
                user -> user.withDisabled(true),
                tx -> {
                    requireNotSelf(permit, id);
                    requireAnotherAdministrator(tx, permit, id);
                    sessionStore.deleteAll(tx, id);
                    ledger.append(tx, permit.principal(), new IdentityEvent.UserDisabled(id));
                });
    }

    Account enable(Permit permit, UUID id) {
        return alter(
                permit,
                id,
                user -> user.withDisabled(false),
                tx -> ledger.append(tx, permit.principal(), new IdentityEvent.UserEnabled(id)));
    }

    Account unlock(Permit permit, UUID id) {
        return alter(
                permit,
                id,
                UnaryOperator.identity(),
                tx -> {
                    lockout.unlock(tx, found(tx, permit, id).name());
                    ledger.append(tx, permit.principal(), new IdentityEvent.UserUnlocked(id));
                });
    }

    /// Sets a password that must be changed at the next sign-in, and ends every session. Nobody does this to somebody
    /// who may do more: they could sign in as them.
    Account reset(Permit permit, UUID id, String password) {
        var name = read(permit, id).user().name();
        rules.require(password, name, "/password");
        var hash = check.hash(password);
        return alter(
                permit,
                id,
                user -> user.withPassword(hash, true),
                tx -> {
                    roles.of(tx, permit.tenant(), id)
                            .forEach(role -> policy.requireHolds(tx, permit.principal(), role));
                    sessionStore.deleteAll(tx, id);
                    lockout.unlock(tx, name);
                    ledger.append(tx, permit.principal(), new IdentityEvent.UserReset(id));
                });
    }

    /// Deletes a user, with sessions and tokens. Who belongs to other tenants as well leaves this one only.
    void delete(Permit permit, UUID id) {
        permit.requireFor(Action.MANAGE_USER, resource(id));
        var left = new AtomicReference<Set<TenantId>>(Set.of());
        changing(
                permit,
                tx -> {
                    var user = found(tx, permit, id);
                    requireNotSelf(permit, id);
                    requireAnotherAdministrator(tx, permit, id);
                    if (!isOwn(tx, permit, id)) {
                        roles.leave(tx, permit.tenant(), id);
                        ledger.append(
                                tx,
                                permit.principal(),
                                new IdentityEvent.UserDeleted(id, user.name()));
                        return;
                    }
                    sessionStore.deleteAll(tx, id);
                    tokens.deleteAll(tx, id);
                    left.set(roles.forget(tx, id));
                    lockout.unlock(tx, user.name());
                    store.delete(tx, id);
                    ledger.append(
                            tx, permit.principal(), new IdentityEvent.UserDeleted(id, user.name()));
                });
        left.get().forEach(roles::refresh);
    }

    private Account alter(
            Permit permit,
            UUID id,
            UnaryOperator<User> change,
            java.util.function.Consumer<Handle> rest) {
        permit.requireFor(Action.MANAGE_USER, resource(id));
        changing(
                permit,
                tx -> {
                    store.update(tx, change.apply(found(tx, permit, id)));
                    requireOwn(tx, permit, id);
                    rest.accept(tx);
                });
        return read(permit, id);
    }

    private void changing(Permit permit, java.util.function.Consumer<Handle> change) {
        try {
            sessions.changing(tx -> {
                policy.recheck(tx, permit);
                change.accept(tx);
            });
        } finally {
            roles.refresh(permit.tenant());
        }
    }

    /// {@return the user, who must belong to the tenant: anybody else is not there}
    private User found(Handle tx, Permit permit, UUID id) {
        return store.find(tx, id)
                .filter(_ -> roles.isMember(tx, permit.tenant(), id))
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such user"));
    }

    /// What reaches into other tenants is for the platform, or for the only tenant somebody belongs to.
    private void requireOwn(Handle tx, Permit permit, UUID id) {
        if (!isOwn(tx, permit, id)) {
            throw Problem.CONFLICT.because(
                    "the user belongs to other tenants as well; an administrator of the platform must"
                            + " do this");
        }
    }

    private boolean isOwn(Handle tx, Permit permit, UUID id) {
        return roles.tenantsOf(tx, id).equals(Set.of(permit.tenant()))
                || policy.allowed(permit.principal()).contains(Action.MANAGE_TENANT);
    }

    private Optional<Role> role(Handle tx, Permit permit, UUID id) {
        return roles.of(tx, permit.tenant(), id).stream().findFirst();
    }

    private Account closed(Handle tx, User user) {
        return new Account(user, Optional.empty(), lockout.lockedUntil(tx, user.name()));
    }

    private Account withRole(TenantId tenant, Account account) {
        var role = roles.of(tenant, account.user().id()).stream().findFirst();
        return new Account(account.user(), role, account.lockedUntil());
    }

    private static void requireVersion(User user, long seen) {
        if (user.version() != seen) {
            throw Problem.VERSION_CONFLICT
                    .because("the user is at version " + user.version())
                    .with("version", user.version());
        }
    }

    private static void requireNotSelf(Permit permit, UUID id) {
        if (permit.principal().id().equals(id)) {
            throw Problem.CONFLICT.because("another administrator must do this to you");
        }
    }

    private void requireAnotherAdministrator(Handle tx, Permit permit, UUID id) {
        var others =
                roles.holders(tx, permit.tenant(), Role.ADMIN).stream()
                        .filter(holder -> !holder.equals(id))
                        .flatMap(holder -> store.find(tx, holder).stream())
                        .filter(user -> !user.disabled());
        if (others.findAny().isEmpty()) {
            throw Problem.CONFLICT.because("there must be another administrator who can sign in");
        }
    }

    private static List<String> changed(User user, User next, Optional<Role> was, Role role) {
        var changed = new ArrayList<String>();
        if (!user.fullName().equals(next.fullName())) {
            changed.add("fullName");
        }
        if (!user.email().equals(next.email())) {
            changed.add("email");
        }
        if (!was.equals(Optional.of(role))) {
            changed.add("role");
        }
        return changed;
    }

    /// A user with what other rooms and the lockout know.
    record Account(User user, Optional<Role> role, Optional<Instant> lockedUntil) {}

    /// A user to be made.
    record Form(
            String username,
            String password,
            String role,
            Optional<String> fullName,
            Optional<String> email) {
        @Override
        public String toString() {
            return "Form[redacted]";
        }
    }

    /// What may change.
    record Change(String role, Optional<String> fullName, Optional<String> email) {}
}
