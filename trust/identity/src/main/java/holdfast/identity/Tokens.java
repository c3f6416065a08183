package holdfast.identity;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.access.Scope;
import holdfast.identity.IdentityEvent.Holder;
import holdfast.kernel.FieldError;
import holdfast.kernel.Ids;
import holdfast.kernel.Network;
import holdfast.kernel.Principal;
import holdfast.kernel.Principal.Kind;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Keeps API tokens. The secret is shown once; its hash is kept.
final class Tokens {
    static final String NEW = "token";

    /// What every secret begins with, so that a scanner for leaked secrets can find it.
    static final String PREFIX = "hf_";

    private static final int SHOWN = 8; // characters
    private static final int MOST_PER_HOLDER = 100;

    private final Database database;
    private final TokenStore store;
    private final MachineStore machines;
    private final Sessions sessions;
    private final Policy policy;
    private final Ledger ledger;
    private final Minting minting;
    private final Ids ids;
    private final InstantSource clock;

    Tokens(
            Database database,
            TokenStore store,
            MachineStore machines,
            Sessions sessions,
            Policy policy,
            Ledger ledger,
            Minting minting,
            Ids ids,
            InstantSource clock) {
        this.database = database;
        this.store = store;
        this.machines = machines;
        this.sessions = sessions;
        this.policy = policy;
        this.ledger = ledger;
        this.minting = minting;
        this.ids = ids;
        this.clock = clock;
    }

    static String resource(UUID token) {
        return "token/" + token;
    }

    /// {@return the tokens of a user: own ones, or of anybody where the scope is everything}
    List<Token> of(Scope scope, UUID user) {
        scope.requireFor(Action.MANAGE_TOKEN);
        if (!scope.everything() && !user.equals(scope.principal().id())) {
            throw Problem.NOT_PERMITTED.because("these are the tokens of somebody else");
        }
        return database.readPlatform(tx -> store.of(tx, scope.tenant(), user));
    }

    /// {@return the tokens of a machine, newest first}
    ///
    /// @param permit MANAGE_USER on the machine
    /// @throws Refusal NOT_FOUND
    List<Token> ofMachine(Permit permit, UUID machine) {
        permit.requireFor(Action.MANAGE_USER, Machines.resource(machine));
        return database.readPlatform(tx -> {
            requireMachine(tx, permit, machine);
            return store.of(tx, permit.tenant(), machine);
        });
    }

    /// Makes a token, never above its maker: a token passes on its addresses and its end too.
    ///
    /// @param maker the token that asks; empty when a person does
    /// @throws Refusal INVALID, NOT_PERMITTED
    Created create(Permit permit, Optional<Token> maker, Form form) {
        permit.requireFor(Action.MANAGE_TOKEN, NEW);
        form.check();
        var mine = policy.allowed(permit.principal());
        if (!mine.containsAll(form.permissions())) {
            throw Problem.NOT_PERMITTED.because("a token cannot do more than you can");
        }
        return add(
                permit, maker, holder(permit.principal()), form, tx -> policy.recheck(tx, permit));
    }

    /// Makes a token of a machine. Whoever makes it has seen it: so they hold what it names in the whole tenant, whatever
    /// the machine is given later.
    ///
    /// @param permit MANAGE_USER on the machine
    /// @throws Refusal INVALID, NOT_FOUND, NOT_PERMITTED
    Created createFor(Permit permit, Optional<Token> maker, UUID machine, Form form) {
        permit.requireFor(Action.MANAGE_USER, Machines.resource(machine));
        form.check();
        return add(
                permit,
                maker,
                new Holder(Kind.MACHINE, machine),
                form,
                tx -> {
                    policy.recheck(tx, permit);
                    requireMachine(tx, permit, machine);
                    policy.requireHolds(tx, permit.principal(), Set.copyOf(form.permissions()));
                });
    }

    private Created add(
            Permit permit,
            Optional<Token> maker,
            Holder holder,
            Form form,
            Consumer<Handle> conditions) {
        var secret = minting.mint(PREFIX);
        var hash = minting.hash(secret);
        var now = clock.instant();
        var token =
                new Token(
                        permit.tenant(),
                        ids.next(),
                        holder.id(),
                        form.name(),
                        secret.substring(0, SHOWN),
                        form.permissions().stream()
                                .map(Action::name)
                                .collect(Collectors.toCollection(TreeSet::new)),
                        addresses(maker, form),
                        now,
                        ends(maker, now.plus(Duration.ofDays(form.expiresInDays()))),
                        Optional.empty());
        database.writePlatform(tx -> {
            conditions.accept(tx);
            if (store.of(tx, token.tenant(), token.user()).size() >= MOST_PER_HOLDER) {
                throw Problem.CONFLICT.because(
                        "there are %d tokens, revoke one first".formatted(MOST_PER_HOLDER));
            }
            store.add(tx, token, hash);
            ledger.append(
                    tx,
                    permit.principal(),
                    new IdentityEvent.TokenCreated(
                            holder,
                            token.id(),
                            token.name(),
                            List.copyOf(token.permissions()),
                            token.expires()));
            return token;
        });
        return new Created(token, secret);
    }

    private void requireMachine(Handle tx, Permit permit, UUID machine) {
        if (machines.find(tx, permit.tenant(), machine).isEmpty()) {
            throw Problem.NOT_FOUND.because("there is no such machine");
        }
    }

    private static Holder holder(Principal principal) {
        return new Holder(principal.kind(), principal.id());
    }

    private Holder holder(Handle tx, Token token) {
        var machine = machines.find(tx, token.tenant(), token.user());
        return new Holder(machine.isPresent() ? Kind.MACHINE : Kind.USER, token.user());
    }

    private static List<String> addresses(Optional<Token> maker, Form form) {
        var wanted = form.addresses().orElse(List.of());
        var most = maker.map(Token::addresses).orElse(List.of());
        if (most.isEmpty()) {
            return wanted;
        }
        var ranges = most.stream().flatMap(range -> Network.read(range).stream()).toList();
        boolean inside =
                wanted.stream()
                        .flatMap(range -> Network.read(range).stream())
                        .allMatch(one -> ranges.stream().anyMatch(range -> range.contains(one)));
        if (!inside) {
            throw Problem.NOT_PERMITTED.because(
                    "a token cannot be used from more addresses than the one that made it");
        }
        return wanted.isEmpty() ? most : wanted;
    }

    private static Instant ends(Optional<Token> maker, Instant wanted) {
        return maker.map(Token::expires).filter(end -> end.isBefore(wanted)).orElse(wanted);
    }

    /// Revokes at once.
    ///
    /// @throws Refusal NOT_FOUND, also for somebody else's token where the scope is not everything
    void revoke(Scope scope, UUID id) {
        scope.requireFor(Action.MANAGE_TOKEN);
        sessions.changing(tx -> {
            var token =
                    store.find(tx, scope.tenant(), id)
                            .filter(one ->
                                    scope.everything() || one.user().equals(scope.principal().id()))
                            .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such token"));
            delete(tx, scope.principal(), token);
        });
    }

    /// Revokes a token of a machine at once.
    ///
    /// @param permit MANAGE_USER on the machine
    /// @throws Refusal NOT_FOUND
    void revoke(Permit permit, UUID machine, UUID id) {
        permit.requireFor(Action.MANAGE_USER, Machines.resource(machine));
        sessions.changing(tx -> {
            policy.recheck(tx, permit);
            requireMachine(tx, permit, machine);
            var token =
                    store.find(tx, permit.tenant(), id)
                            .filter(one -> one.user().equals(machine))
                            .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such token"));
            delete(tx, permit.principal(), token);
        });
    }

    private void delete(Handle tx, Principal actor, Token token) {
        store.delete(tx, token.tenant(), token.id());
        ledger.append(
                tx,
                actor,
                new IdentityEvent.TokenRevoked(holder(tx, token), token.id(), token.name()));
    }

    /// @param secret shown in one answer and kept nowhere
    record Created(Token token, String secret) {
        @Override
        public String toString() {
            return "Created[" + token.id() + "]";
        }
    }

    /// A token to be made.
    ///
    /// @param expiresInDays 1 to 365
    /// @param addresses     CIDR ranges
    record Form(
            String name,
            List<Action> permissions,
            int expiresInDays,
            Optional<List<String>> addresses) {
        private void check() {
            var errors = new ArrayList<FieldError>();
            if (name.isBlank() || name.length() > 100 || name.chars().anyMatch(c -> c < ' ')) {
                errors.add(FieldError.of("/name", "malformed", "1 to 100 characters"));
            }
            if (permissions.isEmpty()) {
                errors.add(FieldError.of("/permissions", "required", "name at least one"));
            }
            if (expiresInDays < 1 || expiresInDays > 365) {
                errors.add(FieldError.of("/expiresInDays", "out-of-range", "1 to 365"));
            }
            var ranges = addresses.orElse(List.of());
            for (int i = 0; i < ranges.size(); i++) {
                if (Network.read(ranges.get(i)).isEmpty()) {
                    errors.add(
                            FieldError.of(
                                    "/addresses/" + i,
                                    "malformed",
                                    "an address or a range such as 10.0.0.0/8"));
                }
            }
            if (ranges.size() > 50) {
                errors.add(FieldError.of("/addresses", "too-long", "at most 50"));
            }
            if (!errors.isEmpty()) {
                throw Refusal.of(errors);
            }
        }
    }
}
