package holdfast.identity;

import holdfast.access.Policy;
import holdfast.identity.Sessions.Started;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.ledger.Ledger;
import holdfast.passwords.PasswordRules;
import holdfast.passwords.ProofOfWork;
import holdfast.storage.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Signs people in by password, lets them confirm it and change it.
final class PasswordSignIn {
    private final Database database;
    private final UserStore users;
    private final Sessions sessions;
    private final PasswordCheck check;
    private final PasswordRules rules;
    private final Minting minting;
    private final Lockout lockout;
    private final ProofOfWork proof;
    private final Ledger ledger;
    private final InstantSource clock;

    PasswordSignIn(
            Database database,
            UserStore users,
            Sessions sessions,
            PasswordCheck check,
            PasswordRules rules,
            Minting minting,
            Lockout lockout,
            ProofOfWork proof,
            Ledger ledger,
            InstantSource clock) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
        this.check = check;
        this.rules = rules;
        this.minting = minting;
        this.lockout = lockout;
        this.proof = proof;
        this.ledger = ledger;
        this.clock = clock;
    }

    /// {@return a new session}
    ///
    /// @throws holdfast.kernel.Refusal SIGN_IN_REFUSED, PROOF_REQUIRED, TOO_MANY_REQUESTS
    Started signIn(Attempt attempt) {
        var origin = attempt.origin();
        proof.require(lockout.strain(attempt.username(), origin.address()), attempt.solution());
        var verified = check.verify(attempt.username(), attempt.password(), origin);
        return check.open(verified, origin, () -> start(attempt, verified));
    }

    private Started start(Attempt attempt, PasswordCheck.Verified verified) {
        var origin = attempt.origin();
        var started = sessions.prepare(verified.user(), origin, attempt.client());
        return database.writePlatform(tx -> {
            var user = check.settle(tx, verified, origin);
            sessions.add(tx, started);
            users.signedIn(tx, user.id(), clock.instant());
            ledger.append(
                    tx,
                    RequestSignIn.principal(started.session(), user, origin),
                    new IdentityEvent.SignedIn(user.id(), started.session().id()));
            return started;
        });
    }

    /// Opens what asks for a fresh password.
    ///
    /// @return until when
    Instant confirm(Principal caller, Session session, String password) {
        var verified = own(caller, session, password);
        return check.open(verified, caller.origin(), () -> confirm(caller, session, verified));
    }

    private Instant confirm(Principal caller, Session session, PasswordCheck.Verified verified) {
        var confirmed = new Instant[1];
        sessions.changing(tx -> {
            check.settle(tx, verified, caller.origin());
            confirmed[0] = sessions.confirm(tx, session);
            ledger.append(tx, caller, new IdentityEvent.Confirmed(session.user(), session.id()));
        });
        return confirmed[0].plus(Policy.STEP_UP);
    }

    /// Changes the own password; ends every other session and gives this one a new token.
    ///
    /// @return the new token
    String changePassword(Principal caller, Session session, String current, String fresh) {
        var verified = own(caller, session, current);
        return check.open(
                verified,
                caller.origin(),
                () -> {
                    rules.require(fresh, verified.user().name(), "/newPassword");
                    if (fresh.equals(current)) {
                        throw Problem.CONFLICT.because("the new password is the old one");
                    }
                    return change(caller, session, verified, fresh);
                });
    }

    private String change(
            Principal caller, Session session, PasswordCheck.Verified verified, String fresh) {
        var hash = check.hash(fresh);
        var token = minting.mint("");
        var tokenHash = minting.hash(token);
        sessions.changing(tx -> {
            var user = check.settle(tx, verified, caller.origin());
            users.update(tx, user.withPassword(hash, false));
            int ended = sessions.renew(tx, session, tokenHash);
            ledger.append(tx, caller, new IdentityEvent.PasswordChanged(user.id(), ended));
        });
        return token;
    }

    private PasswordCheck.Verified own(Principal caller, Session session, String password) {
        var verified = check.verify(nameOf(session), password, caller.origin());
        if (!verified.user().id().equals(session.user())) {
            throw Lockout.refused();
        }
        return verified;
    }

    private String nameOf(Session session) {
        return database.readPlatform(tx -> users.find(tx, session.user()))
                .map(User::name)
                .orElseThrow(Lockout::refused);
    }

    /// What somebody sends to sign in.
    record Attempt(
            String username,
            String password,
            Optional<ProofOfWork.Solution> solution,
            Origin origin,
            String client) {
        @Override
        public String toString() {
            return "Attempt[" + origin.address() + "]";
        }
    }
}
