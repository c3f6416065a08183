package holdfast.identity;

import holdfast.access.Roles;
import holdfast.kernel.Bytes;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tenant.Status;
import holdfast.tenancy.Tenants;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Keeps who is signed in where.
final class Sessions {
    private static final int CLIENT = 200; // characters

    private final Database database;
    private final SessionStore store;
    private final StateStore state;
    private final Proofs proofs;
    private final Ledger ledger;
    private final Tenants tenants;
    private final Roles roles;
    private final Minting minting;
    private final Ids ids;
    private final InstantSource clock;

    Sessions(
            Database database,
            SessionStore store,
            StateStore state,
            Proofs proofs,
            Ledger ledger,
            Tenants tenants,
            Roles roles,
            Minting minting,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.store = store;
        this.state = state;
        this.proofs = proofs;
        this.ledger = ledger;
        this.tenants = tenants;
        this.roles = roles;
        this.minting = minting;
        this.ids = ids;
        this.clock = clock;
    }

    /// {@return a session with a new id and token, not stored yet}
    Started prepare(User user, Origin origin, String client) {
        var now = clock.instant();
        var tenant = home(user);
        var token = minting.mint("");
        var session =
                new Session(
                        tenant,
                        ids.next(),
                        user.id(),
                        now,
                        now,
                        now.plus(tenants.settings(tenant).sessionAbsolute()),
                        now,
                        origin.address(),
                        client.substring(0, Math.min(CLIENT, client.length())));
        return new Started(session, user, token, minting.hash(token));
    }

    /// {@return the tenant somebody signs in to: `default` if it is one of theirs, else the first by name that is active}
    private TenantId home(User user) {
        var theirs = database.readPlatform(tx -> roles.tenantsOf(tx, user.id()));
        return theirs.isEmpty() || theirs.contains(TenantId.DEFAULT)
                ? TenantId.DEFAULT
                : tenants.all().stream()
                        .filter(tenant -> theirs.contains(tenant.id()))
                        .min(Comparator.comparing(tenant -> tenant.status() != Status.ACTIVE))
                        .map(Tenant::id)
                        .orElse(TenantId.DEFAULT);
    }

    void add(Handle tx, Started started) {
        store.add(tx, started.session(), started.hash());
    }

    /// {@return the sessions of a user that are not over, newest use first}
    List<Session> of(UUID user) {
        var now = clock.instant();
        return database.readPlatform(tx -> store.of(tx, user)).stream()
                .map(proofs::lastUse)
                .filter(session -> session.expires().isAfter(now))
                .filter(session -> session.lastSeen().plus(idle(session)).isAfter(now))
                .sorted(java.util.Comparator.comparing(Session::lastSeen).reversed())
                .toList();
    }

    /// Ends the session that the actor is signed in by.
    void signOut(Principal actor, Session session) {
        changing(tx -> {
            if (store.delete(tx, session.user(), session.id())) {
                ledger.append(tx, actor, new IdentityEvent.SignedOut(session.user(), session.id()));
            }
        });
    }

    /// @throws holdfast.kernel.Refusal NOT_FOUND
    void end(Principal actor, UUID user, UUID session) {
        changing(tx -> {
            if (!store.delete(tx, user, session)) {
                throw Problem.NOT_FOUND.because("there is no such session");
            }
            ledger.append(tx, actor, new IdentityEvent.SignedOut(user, session));
        });
    }

    void endAll(Principal actor, UUID user) {
        changing(tx -> {
            int count = store.deleteAll(tx, user);
            ledger.append(tx, actor, new IdentityEvent.SessionsEnded(user, count));
        });
    }

    void endOthers(Principal actor, Session kept) {
        changing(tx -> {
            int count = store.deleteOthers(tx, kept.user(), kept.id());
            ledger.append(tx, actor, new IdentityEvent.SessionsEnded(kept.user(), count));
        });
    }

    /// Notes that the password was given again, and answers until when that counts.
    Instant confirm(Handle tx, Session session) {
        var now = clock.instant();
        store.confirm(tx, session.id(), now);
        return now;
    }

    /// Gives the session a new token and ends every other of its user.
    ///
    /// @return how many others there were
    int renew(Handle tx, Session session, Bytes hash) {
        store.renew(tx, session.id(), hash, clock.instant());
        return store.deleteOthers(tx, session.user(), session.id());
    }

    /// Deletes what is over.
    void tidy() {
        database.writePlatform(tx -> store.deleteExpired(tx, clock.instant()));
    }

    /// Runs a change that takes proofs away; holds at once when it returns.
    void changing(java.util.function.Consumer<Handle> change) {
        try {
            database.writePlatform(tx -> {
                change.accept(tx);
                state.advance(tx);
                return tx;
            });
        } finally {
            proofs.forget();
        }
    }

    private java.time.Duration idle(Session session) {
        return tenants.settings(session.tenant()).sessionIdle();
    }

    /// A session that begins.
    ///
    /// @param token what the cookie carries; kept nowhere else
    record Started(Session session, User user, String token, Bytes hash) {
        @Override
        public String toString() {
            return "Started[" + session.id() + "]";
        }
    }
}
