package holdfast.identity;

import holdfast.kernel.Bytes;
import holdfast.kernel.Principal;
import holdfast.kernel.Standing;
import holdfast.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// What proves who sends a request, remembered by hash so that a request costs no read.
///
/// Whoever takes a proof away calls [#forget] after the commit. One process owns a SQLite file, so its memory is the
/// truth; on PostgreSQL another node may have taken a proof away, so the room's sequence is compared first.
final class Proofs {
    private static final int MOST = 10_000;
    private static final Duration NOTED =
            Duration.ofSeconds(1); // how exact the last use of a token is

    private final Database database;
    private final StateStore state;
    private final SessionStore sessions;
    private final TokenStore tokens;
    private final UserStore users;
    private final MachineStore machines;
    private final InstantSource clock;
    private final Map<Bytes, Proof> known = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> seen = new ConcurrentHashMap<>();
    private final Map<UUID, Instant> used = new ConcurrentHashMap<>();
    private final Set<UUID> unsaved = ConcurrentHashMap.newKeySet();
    private long generation;
    private volatile long sequence;

    Proofs(
            Database database,
            StateStore state,
            SessionStore sessions,
            TokenStore tokens,
            UserStore users,
            MachineStore machines,
            InstantSource clock) {
        this.database = database;
        this.state = state;
        this.sessions = sessions;
        this.tokens = tokens;
        this.users = users;
        this.machines = machines;
        this.clock = clock;
    }

    /// {@return the session behind a cookie and its user, however old}
    Optional<OfSession> session(Bytes hash) {
        return proof(hash, OfSession.class, this::loadSession).map(this::withLastUse);
    }

    /// As [#session], past the memory: another node may have seen it used.
    Optional<OfSession> reread(Bytes hash) {
        known.remove(hash);
        return session(hash);
    }

    Optional<OfToken> token(Bytes hash) {
        return proof(hash, OfToken.class, this::loadToken);
    }

    /// Notes that a session was used; stored by the next [#flush].
    void seen(Session session) {
        seen.merge(session.id(), clock.instant(), Proofs::later);
        unsaved.add(session.id());
    }

    /// To the second: a program may come thousands of times in one.
    void used(Token token) {
        var now = clock.instant();
        var noted = used.get(token.id());
        if (noted == null
                || !unsaved.contains(token.id())
                || Duration.between(noted, now).compareTo(NOTED) >= 0) {
            used.merge(token.id(), now, Proofs::later);
            unsaved.add(token.id());
        }
    }

    /// Forgets every proof, so that each is read again. Called after a commit that took one away or changed it.
    void forget() {
        synchronized (this) {
            generation++;
            known.clear();
        }
    }

    /// Stores when sessions and tokens were last used.
    void flush() {
        var due = Set.copyOf(unsaved);
        if (due.isEmpty()) {
            return;
        }
        unsaved.removeAll(due);
        database.writePlatform(tx -> {
            for (var id : due) {
                Optional.ofNullable(seen.get(id)).ifPresent(at -> sessions.seen(tx, id, at));
                Optional.ofNullable(used.get(id)).ifPresent(at -> tokens.used(tx, id, at));
            }
            return due.size();
        });
        if (seen.size() + used.size() > MOST) {
            seen.keySet().retainAll(unsaved);
            used.keySet().retainAll(unsaved);
            forget();
        }
    }

    /// {@return the last use of a session: stored, or newer and not stored yet}
    Session lastUse(Session session) {
        var latest = seen.get(session.id());
        return latest == null ? session : session.seenAt(later(latest, session.lastSeen()));
    }

    private OfSession withLastUse(OfSession proof) {
        return new OfSession(lastUse(proof.session()), proof.user());
    }

    private <P extends Proof> Optional<P> proof(
            Bytes hash, Class<P> kind, Function<Bytes, Optional<P>> load) {
        requireCurrent();
        var held = known.get(hash);
        if (held != null) {
            return kind.isInstance(held) ? Optional.of(kind.cast(held)) : Optional.empty();
        }
        long before = generation();
        var found = load.apply(hash);
        found.ifPresent(proof -> remember(hash, proof, before));
        return found;
    }

    private void requireCurrent() {
        if (database.engine() == Database.Engine.SQLITE) {
            return;
        }
        long now = database.readPlatform(state::sequence);
        if (now != sequence) {
            sequence = now;
            forget();
        }
    }

    private synchronized long generation() {
        return generation;
    }

    /// What was loaded before something was taken away is not kept.
    private synchronized void remember(Bytes hash, Proof proof, long before) {
        if (generation != before) {
            return;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(hash, proof);
    }

    private Optional<OfSession> loadSession(Bytes hash) {
        return database.readPlatform(tx ->
                sessions.find(tx, hash)
                        .flatMap(session ->
                                users.find(tx, session.user())
                                        .map(user -> new OfSession(session, user))));
    }

    private Optional<OfToken> loadToken(Bytes hash) {
        return database.readPlatform(tx ->
                tokens.find(tx, hash)
                        .flatMap(
                                token -> actor(tx, token).map(actor -> new OfToken(token, actor))));
    }

    private Optional<Actor> actor(Handle tx, Token token) {
        return users.find(tx, token.user())
                .map(Actor::of)
                .or(() -> machines.find(tx, token.tenant(), token.user()).map(Actor::of));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// Something that proves who sends a request.
    sealed interface Proof {}

    record OfSession(Session session, User user) implements Proof {}

    /// @param standing what the token is narrowed to
    record OfToken(Token token, Actor actor, Standing standing) implements Proof {
        OfToken(Token token, Actor actor) {
            this(token, actor, Standing.ofToken(actor.open() ? token.permissions() : Set.of()));
        }
    }

    /// Who acts by a token.
    ///
    /// @param open whether a token may do what it names: not while its user must change the password
    record Actor(UUID id, Principal.Kind kind, String name, boolean disabled, boolean open) {
        static Actor of(User user) {
            return new Actor(
                    user.id(),
                    Principal.Kind.USER,
                    user.name(),
                    user.disabled(),
                    !user.mustChange());
        }

        static Actor of(Machine machine) {
            return new Actor(
                    machine.id(), Principal.Kind.MACHINE, machine.name(), machine.disabled(), true);
        }
    }
}
