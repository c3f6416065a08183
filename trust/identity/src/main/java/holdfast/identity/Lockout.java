package holdfast.identity;

import holdfast.identity.FailureStore.Failures;
import holdfast.kernel.Problem;
import holdfast.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Slows down guessing, per account name and per address, whether or not the name exists.
///
/// An attempt is counted before the password is looked at and taken back when it was right, so that many at once
/// cannot pass the limit together. Where taking back cannot be stored (a full disk), it is remembered: see [Pardons].
final class Lockout {
    /// Sign-in is limited to 5 failures of an account and 50 of an address in 5 minutes.
    static final int ACCOUNT_LIMIT = 5;

    static final int ADDRESS_LIMIT = 50;
    private static final int ACCOUNT_PROOF = 3;
    private static final int ADDRESS_PROOF = 10;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Database database;
    private final FailureStore store;
    private final Minting minting;
    private final InstantSource clock;
    private final Pardons pardons = new Pardons();

    Lockout(Database database, FailureStore store, Minting minting, InstantSource clock) {
        this.database = database;
        this.store = store;
        this.minting = minting;
        this.clock = clock;
    }

    /// {@return how many failures stand against the account or, if that asks for more, the address; 0 while no proof of work is due}
    int strain(String username, String address) {
        return database.readPlatform(tx -> {
            int account = standing(tx, account(username), LONGEST).count() - ACCOUNT_PROOF;
            int from = standing(tx, address(address), WINDOW).count() - ADDRESS_PROOF;
            return Math.max(0, Math.max(account, from) + 1);
        });
    }

    /// Counts one attempt.
    ///
    /// @return until when account or address are closed should this attempt fail
    /// @throws holdfast.kernel.Refusal SIGN_IN_REFUSED while the account is closed; TOO_MANY_REQUESTS while the address is
    Optional<Instant> attempt(String username, String address) {
        int ofAccount = pardons.take(account(username));
        int ofAddress = pardons.take(address(address));
        try {
            var closes =
                    database.writePlatform(tx -> {
                        var account = current(tx, account(username), LONGEST, ofAccount);
                        var from = current(tx, address(address), WINDOW, ofAddress);
                        return count(tx, username, account, address, from);
                    });
            pardons.spend(account(username), ofAccount);
            pardons.spend(address(address), ofAddress);
            return closes;
        } catch (RuntimeException failure) {
            pardons.back(account(username), ofAccount);
            pardons.back(address(address), ofAddress);
            throw failure;
        }
    }

    private Optional<Instant> count(
            Handle tx, String username, Failures account, String address, Failures from) {
        var now = clock.instant();
        if (from.lockedUntil().isAfter(now)) {
            throw Problem.TOO_MANY_REQUESTS
                    .because("too many failed sign-ins from this address")
                    .with("retryAfter", Duration.between(now, from.lockedUntil()).toSeconds() + 1);
        }
        if (account.lockedUntil().isAfter(now)) {
            throw refused();
        }
        var accountNext = next(account, ACCOUNT_LIMIT, now);
        var fromNext = next(from, ADDRESS_LIMIT, now);
        store.put(tx, account(username), accountNext);
        store.put(tx, address(address), fromNext);
        return Optional.of(later(accountNext.lockedUntil(), fromNext.lockedUntil()))
                .filter(until -> until.isAfter(now));
    }

    /// The attempt does not count, though the database cannot be told now: the password was right, or nobody looked at it.
    void pardon(String username, String address) {
        var now = clock.instant();
        pardons.add(account(username), now);
        pardons.add(address(address), now);
    }

    /// Takes the attempt back: the password was right.
    void succeeded(Handle tx, String username, String address) {
        store.delete(tx, account(username));
        store.find(tx, address(address))
                .ifPresent(failures -> store.put(tx, address(address), failures.without(1)));
    }

    /// {@return until when the account is closed}
    Optional<Instant> lockedUntil(Handle tx, String username) {
        return Optional.of(standing(tx, account(username), LONGEST).lockedUntil())
                .filter(until -> until.isAfter(clock.instant()));
    }

    void unlock(Handle tx, String username) {
        store.delete(tx, account(username));
    }

    /// Forgets what no longer counts.
    void tidy() {
        var before = clock.instant().minus(LONGEST);
        pardons.tidy(before);
        database.writePlatform(tx -> store.deleteBefore(tx, before));
    }

    /// The one answer to whoever does not sign in with the right password, for whatever reason.
    static holdfast.kernel.Refusal refused() {
        return Problem.SIGN_IN_REFUSED.because(
                "user name or password is wrong, or the account is closed for a while");
    }

    private Failures standing(Handle tx, String subject, Duration memory) {
        return current(tx, subject, memory, pardons.of(subject));
    }

    private Failures current(Handle tx, String subject, Duration memory, int pardoned) {
        var now = clock.instant();
        return store.find(tx, subject)
                .filter(failures ->
                        failures.last().plus(memory).isAfter(now)
                                || failures.lockedUntil().plus(memory).isAfter(now))
                .map(failures -> pardoned > 0 ? failures.without(pardoned) : failures)
                .orElse(Failures.NONE);
    }

    /// From the limit on, each failure doubles the delay.
    private static Failures next(Failures failures, int limit, Instant now) {
        int count = failures.count() + 1;
        if (count < limit) {
            return new Failures(count, now, Instant.EPOCH);
        }
        var delay = WINDOW.multipliedBy(1L << Math.min(count - limit, 3));
        return new Failures(count, now, now.plus(delay.compareTo(LONGEST) > 0 ? LONGEST : delay));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private String account(String username) {
        return "account:" + minting.hash(Username.fold(username)).toHex();
    }

    private String address(String address) {
        return "address:" + minting.hash(address).toHex();
    }
}
