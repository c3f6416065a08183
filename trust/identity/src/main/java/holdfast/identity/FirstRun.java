package holdfast.identity;

import holdfast.access.Role;
import holdfast.access.Roles;
import holdfast.crypto.Crypto;
import holdfast.identity.Sessions.Started;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Problem;
import holdfast.ledger.Ledger;
import holdfast.passwords.PasswordRules;
import holdfast.storage.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Makes the first administrator for whoever can read the server's console. There is no default password.
public final class FirstRun {
    private static final String ALPHABET =
            "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; // 32, none that looks like another
    private static final int LENGTH = 20; // characters of 5 random bits

    private final Database database;
    private final UserStore users;
    private final StateStore state;
    private final Sessions sessions;
    private final PasswordCheck check;
    private final PasswordRules rules;
    private final Lockout lockout;
    private final Roles roles;
    private final Ledger ledger;
    private final Crypto crypto;
    private final Ids ids;
    private final InstantSource clock;
    private volatile boolean done;

    FirstRun(
            Database database,
            UserStore users,
            StateStore state,
            Sessions sessions,
            PasswordCheck check,
            PasswordRules rules,
            Lockout lockout,
            Roles roles,
            Ledger ledger,
            Crypto crypto,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.users = users;
        this.state = state;
        this.sessions = sessions;
        this.check = check;
        this.rules = rules;
        this.lockout = lockout;
        this.roles = roles;
        this.ledger = ledger;
        this.crypto = crypto;
        this.ids = ids;
        this.clock = clock;
    }

    /// {@return whether nobody can sign in yet}
    public boolean isDue() {
        if (!done) {
            done = !database.readPlatform(users::isEmpty);
        }
        return !done;
    }

    /// Makes a new setup code in the place of any earlier one.
    ///
    /// @return the code, to be printed to the console and nowhere else; empty when first run is done
    public Optional<String> newCode() {
        if (!isDue()) {
            return Optional.empty();
        }
        var code = mint();
        var hash = hash(code);
        database.writePlatform(tx -> {
            state.write(tx, StateStore.SETUP, hash);
            return hash;
        });
        return Optional.of(code.replaceAll("(.{4})(?!$)", "$1-"));
    }

    /// Makes the first administrator and signs in.
    ///
    /// @throws holdfast.kernel.Refusal CONFLICT when it was done before; SIGN_IN_REFUSED for another code; INVALID
    Started complete(Form form, Origin origin, String client) {
        if (!isDue()) {
            throw Problem.CONFLICT.because("the first administrator exists already");
        }
        var given = hash(plain(form.code()));
        requireCode(given, origin);
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
                        false,
                        false,
                        clock.instant(),
                        Optional.of(clock.instant()),
                        1);
        var started = sessions.prepare(user, origin, client);
        store(started, given, origin);
        roles.refresh(started.session().tenant());
        done = true;
        return started;
    }

    private void store(Started started, String code, Origin origin) {
        var user = started.user();
        var actor = RequestSignIn.principal(started.session(), user, origin);
        database.writePlatform(tx -> {
            boolean open =
                    users.isEmpty(tx)
                            && state.read(tx, StateStore.SETUP).filter(code::equals).isPresent();
            if (!open || !users.add(tx, user)) {
                throw Problem.CONFLICT.because("the first administrator exists already");
            }
            state.delete(tx, StateStore.SETUP);
            roles.assign(tx, actor, user.id(), Set.of(Role.ADMIN));
            sessions.add(tx, started);
            ledger.append(tx, actor, new IdentityEvent.SetUp(user.id(), user.name()));
            return user;
        });
    }

    private void requireCode(String given, Origin origin) {
        var subject = StateStore.SETUP + ":" + origin.address();
        lockout.attempt(subject, origin.address());
        var right =
                database.readPlatform(tx -> state.read(tx, StateStore.SETUP))
                        .filter(stored ->
                                MessageDigest.isEqual(
                                        stored.getBytes(StandardCharsets.US_ASCII),
                                        given.getBytes(StandardCharsets.US_ASCII)));
        if (right.isEmpty()) {
            throw Problem.SIGN_IN_REFUSED.because(
                    "this is not the setup code that the server printed at its last start");
        }
        try {
            database.writePlatform(tx -> {
                lockout.succeeded(tx, subject, origin.address());
                return subject;
            });
        } catch (RuntimeException failure) {
            lockout.pardon(subject, origin.address());
            throw failure;
        }
    }

    private String mint() {
        try (var random = crypto.random(LENGTH)) {
            return random.use(bytes -> {
                var code = new StringBuilder();
                for (byte one : bytes) {
                    code.append(ALPHABET.charAt(one & 31));
                }
                return code.toString();
            });
        }
    }

    private String hash(String code) {
        return java.util.HexFormat.of()
                .formatHex(crypto.sha256(code.getBytes(StandardCharsets.UTF_8)));
    }

    private static String plain(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z2-9]", "");
    }

    /// What the first administrator fills in.
    record Form(
            String code,
            String username,
            String password,
            Optional<String> fullName,
            Optional<String> email) {
        @Override
        public String toString() {
            return "Form[redacted]";
        }
    }
}
