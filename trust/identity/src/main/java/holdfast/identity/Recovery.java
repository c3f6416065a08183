package holdfast.identity;

import holdfast.access.Role;
import holdfast.access.Roles;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.passwords.PasswordRules;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Lets whoever owns the machine back in: offline, with the server stopped, and written into the ledger.
public final class Recovery {
    private static final Principal OPERATOR =
            new Principal(
                    new UUID(0, 0),
                    Principal.Kind.SERVICE,
                    "command line",
                    TenantId.DEFAULT,
                    Origin.INTERNAL);

    private final UserStore users;
    private final SessionStore sessionStore;
    private final Sessions sessions;
    private final PasswordCheck check;
    private final PasswordRules rules;
    private final Lockout lockout;
    private final Roles roles;
    private final Ledger ledger;
    private final Ids ids;
    private final InstantSource clock;

    Recovery(
            UserStore users,
            SessionStore sessionStore,
            Sessions sessions,
            PasswordCheck check,
            PasswordRules rules,
            Lockout lockout,
            Roles roles,
            Ledger ledger,
            Ids ids,
            InstantSource clock) {
        this.users = users;
        this.sessionStore = sessionStore;
        this.sessions = sessions;
        this.check = check;
        this.rules = rules;
        this.lockout = lockout;
        this.roles = roles;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    /// Makes `username` an administrator with this password, whether or not there was such a user. Ends all sessions of
    /// the user; the password must be changed at the next sign-in.
    ///
    /// @throws holdfast.kernel.Refusal INVALID
    public void recover(String username, String password) {
        var name = new Username(username);
        rules.require(password, name.value(), "/password");
        var hash = check.hash(password);
        sessions.changing(tx -> {
            var user =
                    users.find(tx, name.folded())
                            .map(one -> one.withDisabled(false))
                            .orElseGet(() -> fresh(name, hash));
            users.add(tx, user);
            users.update(tx, user.withPassword(hash, true));
            sessionStore.deleteAll(tx, user.id());
            lockout.unlock(tx, user.name());
            roles.assign(tx, OPERATOR, user.id(), Set.of(Role.ADMIN));
            ledger.append(
                    tx, OPERATOR, new IdentityEvent.AdministratorRecovered(user.id(), user.name()));
        });
        roles.refresh(TenantId.DEFAULT);
    }

    private User fresh(Username name, String hash) {
        return new User(
                ids.next(),
                name.value(),
                "",
                "",
                hash,
                true,
                false,
                clock.instant(),
                Optional.empty(),
                0);
    }
}
