package holdfast.identity;

import holdfast.access.AccessRoom;
import holdfast.cluster.Counters;
import holdfast.cluster.Job;
import holdfast.crypto.Argon2Cost;
import holdfast.crypto.Crypto;
import holdfast.http.Repeats;
import holdfast.http.Route;
import holdfast.http.SignIn;
import holdfast.kernel.Ids;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.passwords.BreachedList;
import holdfast.passwords.Calibration;
import holdfast.passwords.HashPool;
import holdfast.passwords.PasswordHashes;
import holdfast.passwords.PasswordRules;
import holdfast.passwords.ProofOfWork;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.tenancy.Quotas;
import holdfast.tenancy.Tenants;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Puts the room together.
///
/// @param signIn   for the dispatcher
/// @param firstRun to be asked for a setup code at start
/// @param people   for rooms that know people by id
/// @param recovery for the command line, with the server stopped
public record IdentityRoom(
        SignIn signIn,
        List<Route> routes,
        List<Job> jobs,
        FirstRun firstRun,
        Recovery recovery,
        People people,
        Runnable stop)
        implements AutoCloseable {
    /// The tables of this room, to be migrated before [#assemble].
    public static final Schema SCHEMA = new Schema("identity", IdentityRoom.class);

    /// What the room stands on.
    public record Ground(
            Database database,
            Ledger ledger,
            Tenants tenants,
            Quotas quotas,
            AccessRoom access,
            Seal seal,
            Counters counters,
            Crypto crypto,
            InstantSource clock,
            Ids ids) {}

    /// How passwords are hashed.
    ///
    /// @param threads how many at once
    /// @param cost    of new hashes; empty measures the machine at the first start and keeps what was chosen
    public record Hashing(int threads, Optional<Argon2Cost> cost) {
        public static final Hashing MEASURED = new Hashing(2, Optional.empty());
    }

    /// What passwords must be beyond their length and strength.
    ///
    /// @param classes  how many of small letters, capital letters, digits and others; 0 asks for none
    /// @param breached a file of passwords that nobody may choose, one a line
    public record Passwords(int classes, Optional<Path> breached) {
        public static final Passwords USUAL = new Passwords(0, Optional.empty());
    }

    public static IdentityRoom assemble(Ground ground, Hashing hashing) {
        return assemble(ground, hashing, Passwords.USUAL);
    }

    public static IdentityRoom assemble(Ground ground, Hashing hashing, Passwords passwords) {
        return new Assembly(ground, hashing, passwords).room();
    }

    /// {@return what remembers the outcome of writes that clients may repeat, for the dispatcher}
    public static Repeats repeats(Database database, Seal seal, InstantSource clock) {
        return new KeptRepeats(database, seal, clock);
    }

    /// Stores when sessions were last used, and stops hashing.
    @Override
    public void close() {
        stop.run();
    }

    /// Makes each part once, from bottom to top.
    private static final class Assembly {
        private final Ground ground;
        private final UserStore users = new UserStore();
        private final SessionStore sessionStore = new SessionStore();
        private final MachineStore machines = new MachineStore();
        private final TokenStore tokenStore = new TokenStore();
        private final StateStore state = new StateStore();
        private final PasswordRules rules;
        private final Minting minting;
        private final HashPool pool;
        private final Lockout lockout;
        private final Proofs proofs;
        private final Sessions sessions;
        private final PasswordCheck check;

        Assembly(Ground ground, Hashing hashing, Passwords passwords) {
            this.ground = ground;
            rules =
                    new PasswordRules(
                            passwords.classes(), passwords.breached().map(BreachedList::new));
            var database = ground.database();
            var clock = ground.clock();
            minting = new Minting(ground.crypto());
            pool = new HashPool(hashing.threads());
            lockout = new Lockout(database, new FailureStore(), minting, clock);
            proofs = new Proofs(database, state, sessionStore, tokenStore, users, machines, clock);
            sessions =
                    new Sessions(
                            database,
                            sessionStore,
                            state,
                            proofs,
                            ground.ledger(),
                            ground.tenants(),
                            ground.access().roles(),
                            minting,
                            ground.ids(),
                            clock);
            var hashes = new PasswordHashes(ground.crypto(), cost(hashing));
            check = new PasswordCheck(database, users, hashes, pool, lockout, ground.ledger());
        }

        IdentityRoom room() {
            var firstRun = firstRun();
            return new IdentityRoom(
                    new RequestSignIn(
                            proofs,
                            minting,
                            ground.tenants(),
                            ground.access().roles(),
                            ground.clock()),
                    routes(firstRun),
                    jobs(),
                    firstRun,
                    recovery(),
                    new Known(users, machines),
                    () -> {
                        proofs.flush();
                        pool.close();
                    });
        }

        private List<Route> routes(FirstRun firstRun) {
            var policy = ground.access().policy();
            var proof =
                    new ProofOfWork(
                            ground.crypto(), ground.seal(), ground.counters(), ground.clock());
            var signIn =
                    new PasswordSignIn(
                            ground.database(),
                            users,
                            sessions,
                            check,
                            rules,
                            minting,
                            lockout,
                            proof,
                            ground.ledger(),
                            ground.clock());
            var signedIn =
                    new SignedIn(
                            ground.database(),
                            users,
                            machines,
                            ground.access().roles(),
                            policy,
                            ground.tenants(),
                            ground.clock());
            return Stream.of(
                            new SignInRoutes(
                                            signIn, firstRun, sessions, signedIn, rules, proof,
                                            lockout)
                                    .routes(),
                            new MeRoutes(signedIn, signIn, sessions).routes(),
                            new UserRoutes(policy, users(), sessions).routes(),
                            new MachineRoutes(policy, machines(), tokens()).routes(),
                            new TokenRoutes(policy, tokens()).routes())
                    .flatMap(List::stream)
                    .toList();
        }

        private List<Job> jobs() {
            return List.of(
                    new Job("session-use", Duration.ofSeconds(30), proofs::flush),
                    new Job(
                            "session-tidy",
                            Duration.ofHours(1),
                            () -> {
                                sessions.tidy();
                                lockout.tidy();
                            }));
        }

        private FirstRun firstRun() {
            return new FirstRun(
                    ground.database(),
                    users,
                    state,
                    sessions,
                    check,
                    rules,
                    lockout,
                    ground.access().roles(),
                    ground.ledger(),
                    ground.crypto(),
                    ground.ids(),
                    ground.clock());
        }

        private Recovery recovery() {
            return new Recovery(
                    users,
                    sessionStore,
                    sessions,
                    check,
                    rules,
                    lockout,
                    ground.access().roles(),
                    ground.ledger(),
                    ground.ids(),
                    ground.clock());
        }

        private Users users() {
            return new Users(
                    ground.database(),
                    users,
                    sessionStore,
                    tokenStore,
                    sessions,
                    check,
                    rules,
                    lockout,
                    ground.access().roles(),
                    ground.access().policy(),
                    ground.ledger(),
                    ground.ids(),
                    ground.clock());
        }

        private Machines machines() {
            return new Machines(
                    ground.database(),
                    machines,
                    tokenStore,
                    sessions,
                    ground.access().roles(),
                    ground.access().policy(),
                    ground.quotas(),
                    ground.ledger(),
                    ground.ids(),
                    ground.clock());
        }

        private Tokens tokens() {
            return new Tokens(
                    ground.database(),
                    tokenStore,
                    machines,
                    sessions,
                    ground.access().policy(),
                    ground.ledger(),
                    minting,
                    ground.ids(),
                    ground.clock());
        }

        private Argon2Cost cost(Hashing hashing) {
            return hashing.cost().orElseGet(this::remembered);
        }

        /// The cost chosen at the first start holds until somebody deletes it, so that hashes do not change with the load.
        private Argon2Cost remembered() {
            var stored = ground.database().readPlatform(tx -> state.read(tx, StateStore.COST));
            if (stored.isPresent()) {
                var numbers = stored.get().split(",", -1);
                return new Argon2Cost(
                        Integer.parseInt(numbers[0]),
                        Integer.parseInt(numbers[1]),
                        Integer.parseInt(numbers[2]));
            }
            var chosen = Calibration.choose(ground.crypto(), System::nanoTime);
            var text = "%d,%d,%d".formatted(chosen.kibibytes(), chosen.passes(), chosen.lanes());
            ground.database()
                    .writePlatform(tx -> {
                        state.write(tx, StateStore.COST, text);
                        return text;
                    });
            return chosen;
        }
    }

    /// Everybody whose row is kept.
    private record Known(UserStore users, MachineStore machines) implements People {
        @Override
        public Optional<String> name(Handle tx, UUID user) {
            return users.find(tx, user).map(User::name);
        }

        @Override
        public Map<UUID, String> names(Handle tx, Collection<UUID> wanted) {
            var names = new HashMap<UUID, String>();
            for (var id : wanted) {
                name(tx, id).ifPresent(name -> names.put(id, name));
            }
            return names;
        }

        @Override
        public Optional<UUID> named(Handle tx, String username) {
            return users.find(tx, Username.fold(username)).map(User::id);
        }

        @Override
        public Map<UUID, String> machines(Handle tx, TenantId tenant, Collection<UUID> ids) {
            var names = new HashMap<UUID, String>();
            for (var id : ids) {
                machines.find(tx, tenant, id).ifPresent(one -> names.put(id, one.name()));
            }
            return names;
        }

        @Override
        public Optional<UUID> machine(Handle tx, TenantId tenant, String name) {
            return machines.named(tx, tenant, name);
        }

        @Override
        public boolean canSignIn(Handle tx, UUID user) {
            return users.find(tx, user).filter(one -> !one.disabled()).isPresent();
        }
    }
}
