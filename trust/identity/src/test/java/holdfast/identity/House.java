package holdfast.identity;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.AccessRoom;
import holdfast.access.Action;
import holdfast.access.Role;
import holdfast.cluster.Counters;
import holdfast.crypto.Argon2Cost;
import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.http.Content;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.Bytes;
import holdfast.kernel.Ids;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.LedgerRoom;
import holdfast.ledger.Search;
import holdfast.seal.Place;
import holdfast.seal.Seal;
import holdfast.seal.SealStatus;
import holdfast.storage.Database;
import holdfast.tenancy.Quotas;
import holdfast.tenancy.TenancyRoom;
import holdfast.tenancy.Tenants;
import holdfast.testkit.Await;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// The rooms up to identity on one database, and the handlers as functions.
final class House implements AutoCloseable {
    static final String OTHER = "purple-monkey-dishwasher-42";
    static final String PASSWORD = "correct-horse-battery-staple";
    static final IdentityRoom.Hashing QUICK =
            new IdentityRoom.Hashing(2, Optional.of(Argon2Cost.LEAST));

    final TestClock clock = new TestClock();
    final Crypto crypto = new ProviderCrypto(new SecureRandom());
    final TestDatabase.Place place;
    Database database;
    LedgerRoom ledger;
    Tenants tenants;
    Quotas quotas;
    AccessRoom access;
    IdentityRoom room;

    private final UnaryOperator<Database> around;

    House(TestDatabase engine) {
        this(engine, UnaryOperator.identity());
    }

    /// @param around sees every statement that is sent
    House(TestDatabase engine, UnaryOperator<Database> around) {
        this.around = around;
        place = engine.place();
        database = database();
        ledger = LedgerRoom.assemble(database, crypto, ids(), clock);
        var tenancy = TenancyRoom.assemble(database, ledger.ledger(), clock);
        tenants = tenancy.tenants();
        quotas = tenancy.quotas();
        access = AccessRoom.assemble(database, ledger.ledger(), tenancy, clock);
        room = identity();
    }

    private Database database() {
        return around.apply(
                place.open(
                        LedgerRoom.schema(),
                        TenancyRoom.SCHEMA,
                        AccessRoom.SCHEMA,
                        IdentityRoom.SCHEMA));
    }

    /// {@return another node on the same database}
    IdentityRoom node() {
        return identity();
    }

    private IdentityRoom identity() {
        return IdentityRoom.assemble(
                new IdentityRoom.Ground(
                        database,
                        ledger.ledger(),
                        tenants,
                        quotas,
                        access,
                        new OneKey(),
                        new Once(),
                        crypto,
                        clock,
                        ids()),
                QUICK);
    }

    private Ids ids() {
        return new Ids(clock, new Random(crypto.hashCode()));
    }

    void restart() {
        close();
        database = database();
        ledger = LedgerRoom.assemble(database, crypto, ids(), clock);
        var tenancy = TenancyRoom.assemble(database, ledger.ledger(), clock);
        tenants = tenancy.tenants();
        quotas = tenancy.quotas();
        access = AccessRoom.assemble(database, ledger.ledger(), tenancy, clock);
        room = identity();
    }

    @Override
    public void close() {
        room.close();
        ledger.close();
        database.close();
    }

    /// Does what the dispatcher does: route, sign-in, handler.
    Response send(TestRequest request) {
        return send(room, request);
    }

    static Response send(IdentityRoom node, TestRequest request) {
        for (var route : node.routes()) {
            var parameters = request.match(route);
            if (parameters.isPresent()) {
                var bare = request.with(parameters.get());
                return route.handler().handle(bare.proved(node.signIn().prove(bare)));
            }
        }
        throw new AssertionError("no route for " + request);
    }

    Optional<Route> route(String method, String path) {
        return room.routes().stream()
                .filter(one -> one.method().equals(method) && one.path().equals(path))
                .findFirst();
    }

    /// First run, and the cookie of the administrator `ada`.
    String setUp() {
        var code = room.firstRun().newCode().orElseThrow();
        var form = new FirstRun.Form(code, "ada", PASSWORD, Optional.empty(), Optional.empty());
        return cookie(send(TestRequest.post("/api/setup", form)));
    }

    String signIn(String name, String password) {
        return cookie(attempt(name, password));
    }

    Response attempt(String name, String password) {
        return send(
                TestRequest.post(
                        "/api/auth/sign-in",
                        new SignInRoutes.SignInBody(name, password, Optional.empty())));
    }

    static String cookie(Response response) {
        var header = response.headers().get("Set-Cookie");
        if (header == null) {
            throw new AssertionError("no cookie in " + response);
        }
        return header.substring(header.indexOf('=') + 1, header.indexOf(';'));
    }

    boolean isSignedIn(String cookie) {
        return prove(TestRequest.get("/api/me").by(cookie));
    }

    boolean prove(Request request) {
        return room.signIn().prove(request).isPresent();
    }

    void create(String admin, String name, Role role) {
        send(
                TestRequest.post(
                                "/api/users",
                                new Users.Form(
                                        name,
                                        PASSWORD,
                                        role.name(),
                                        Optional.empty(),
                                        Optional.empty()))
                        .by(admin));
    }

    /// {@return the cookie of a new user who has changed the password to [#OTHER]}
    String ready(String admin, String name, Role role) {
        create(admin, name, role);
        return changePassword(signIn(name, PASSWORD), PASSWORD, OTHER);
    }

    String changePassword(String cookie, String from, String to) {
        return cookie(
                send(
                        TestRequest.post("/api/me/password", new MeRoutes.Change(from, to))
                                .by(cookie)));
    }

    Views.Me me(String cookie) {
        var content = send(TestRequest.get("/api/me").by(cookie)).content();
        return (Views.Me) ((Content.Json) content).body();
    }

    Views.TokenCreated token(String cookie, List<Action> actions, List<String> addresses) {
        var form = new Tokens.Form("ci", actions, 30, Optional.of(addresses));
        return (Views.TokenCreated) body(send(TestRequest.post("/api/tokens", form).by(cookie)));
    }

    static Object body(Response response) {
        return ((Content.Json) response.content()).body();
    }

    /// {@return the problem that `work` was refused with}
    static Problem problem(Runnable work) {
        return refusal(work).problem();
    }

    static Refusal refusal(Runnable work) {
        return catchThrowableOfType(Refusal.class, work::run);
    }

    /// Waits until these are the newest events, newest first: on PostgreSQL a sequencer puts them in order a little later.
    void requireNewest(String... actions) {
        var wanted = List.of(actions);
        Await.until(
                "events " + wanted,
                () -> entries(wanted.size()).stream().map(Entry::action).toList().equals(wanted));
    }

    List<Entry> entries(int limit) {
        return ledger.ledger()
                .search(
                        TenantId.DEFAULT,
                        new Search(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                limit))
                .items();
    }

    /// Lets each key pass once.
    private static final class Once implements Counters {
        private final Set<String> used = ConcurrentHashMap.newKeySet();

        @Override
        public Verdict slidingWindow(String key, long limit, Duration window) {
            return new Verdict(used.add(key), limit, 0, window);
        }

        @Override
        public Verdict tokenBucket(String key, long burst, Duration refill) {
            return slidingWindow(key, burst, refill);
        }

        @Override
        public Verdict look(String key, long burst, Duration refill) {
            return new Verdict(true, burst, burst, refill);
        }
    }

    /// Has one service key and seals nothing.
    static final class OneKey implements Seal {
        @Override
        public Bytes seal(TenantId tenant, Place place, SecretBytes value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SecretBytes open(TenantId tenant, Place place, Bytes sealed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Sealing sealing(TenantId tenant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Bytes fingerprint(TenantId tenant, String purpose, SecretBytes value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Fingerprints fingerprints(TenantId tenant, String purpose) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SecretBytes serviceKey(String purpose, int length) {
            return SecretBytes.owning(new byte[length]);
        }

        @Override
        public List<ServiceKey> serviceKeys(String purpose, int length) {
            return List.of(new ServiceKey(1, serviceKey(purpose, length)));
        }

        @Override
        public SealStatus status() {
            return new SealStatus("key-file", true, "", Optional.empty());
        }
    }
}
