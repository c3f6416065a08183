package holdfast.identity;

import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.passwords.HashPool;
import holdfast.passwords.PasswordHashes;
import holdfast.storage.Database;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// Looks at a password: counted before, recorded when wrong, and as slow for a name that nobody has.
final class PasswordCheck {
    private final Database database;
    private final UserStore users;
    private final PasswordHashes hashes;
    private final HashPool pool;
    private final Lockout lockout;
    private final Ledger ledger;
    private final String nobody;

    PasswordCheck(
            Database database,
            UserStore users,
            PasswordHashes hashes,
            HashPool pool,
            Lockout lockout,
            Ledger ledger) {
        this.database = database;
        this.users = users;
        this.hashes = hashes;
        this.pool = pool;
        this.lockout = lockout;
        this.ledger = ledger;
        this.nobody = hashes.ofNobody();
    }

    /// {@return the hash to store for a new password}
    String hash(String password) {
        return pool.run(() -> {
            try (var secret = SecretBytes.ofUtf8(password)) {
                return hashes.hash(secret);
            }
        });
    }

    /// {@return whose password it is}
    ///
    /// @throws holdfast.kernel.Refusal SIGN_IN_REFUSED, TOO_MANY_REQUESTS, STORAGE_FULL, UNAVAILABLE
    Verified verify(String username, String password, Origin origin) {
        var closes = attempt(username, origin);
        var user = unlessItFails(username, origin, () -> find(username));
        var stored = user.map(User::password).orElse(nobody);
        var outcome = unlessItFails(username, origin, () -> pool.run(() -> look(password, stored)));
        var good = user.filter(_ -> outcome.matches());
        if (good.isEmpty()) {
            throw refuse(user.map(User::id), "wrong-password", closes, origin);
        }
        if (good.get().disabled()) {
            throw refuse(user.map(User::id), "disabled", closes, origin);
        }
        return new Verified(good.get(), outcome.fresh());
    }

    /// Does what a right password opens, which has to [#settle] it. Should this fail for any reason but the password, the
    /// attempt does not count: a full disk leads nobody to a proof of work or a closed account.
    <T> T open(Verified verified, Origin origin, Supplier<T> work) {
        return unlessItFails(verified.user().name(), origin, work);
    }

    /// Takes the counted attempt back and keeps the stronger hash, in the transaction that uses what was verified.
    ///
    /// @return the user as the transaction sees it
    /// @throws holdfast.kernel.Refusal SIGN_IN_REFUSED when password or account changed in the meantime
    User settle(Handle tx, Verified verified, Origin origin) {
        var user = verified.user();
        var now =
                users.find(tx, user.id())
                        .filter(one -> !one.disabled() && one.password().equals(user.password()))
                        .orElseThrow(Lockout::refused);
        lockout.succeeded(tx, user.name(), origin.address());
        verified.fresh().ifPresent(hash -> users.rehash(tx, user.id(), user.password(), hash));
        return now;
    }

    private <T> T unlessItFails(String username, Origin origin, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            boolean wrong =
                    failure instanceof holdfast.kernel.Refusal refusal
                            && refusal.problem() == Problem.SIGN_IN_REFUSED;
            if (!wrong) {
                lockout.pardon(username, origin.address());
            }
            throw failure;
        }
    }

    private Optional<User> find(String username) {
        return database.readPlatform(tx -> users.find(tx, Username.fold(username)));
    }

    private Optional<Instant> attempt(String username, Origin origin) {
        try {
            return lockout.attempt(username, origin.address());
        } catch (holdfast.kernel.Refusal closed) {
            refuse(Optional.empty(), "closed", Optional.empty(), origin);
            throw closed;
        }
    }

    private Outcome look(String password, String stored) {
        try (var secret = SecretBytes.ofUtf8(password)) {
            boolean matches = hashes.verify(secret, stored);
            return new Outcome(
                    matches,
                    matches && hashes.isOutdated(stored)
                            ? Optional.of(hashes.hash(secret))
                            : Optional.empty());
        }
    }

    private holdfast.kernel.Refusal refuse(
            Optional<UUID> user, String reason, Optional<Instant> closes, Origin origin) {
        ledger.record(
                Principal.anonymous(origin).in(TenantId.DEFAULT),
                new IdentityEvent.SignInRefused(user, reason, closes));
        return Lockout.refused();
    }

    private record Outcome(boolean matches, Optional<String> fresh) {}

    /// A user whose password was right.
    ///
    /// @param fresh a stronger hash of the same password, to be kept
    record Verified(User user, Optional<String> fresh) {}
}
