package holdfast.identity;

import holdfast.ledger.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// What identity tells the ledger. Names somebody typed at sign-in are left out: they may be mistyped passwords.
sealed interface IdentityEvent extends Event {
    /// The first administrator was made with the setup code.
    record SetUp(UUID user, String name) implements IdentityEvent {}

    record SignedIn(UUID user, UUID session) implements IdentityEvent {}

    /// @param user   absent when nobody has the name
    /// @param locked until when the account or address is refused without a look at the password
    record SignInRefused(Optional<UUID> user, String reason, Optional<Instant> locked)
            implements IdentityEvent {}

    record SignedOut(UUID user, UUID session) implements IdentityEvent {}

    record SessionsEnded(UUID user, int count) implements IdentityEvent {}

    record Confirmed(UUID user, UUID session) implements IdentityEvent {}

    record PasswordChanged(UUID user, int sessionsEnded) implements IdentityEvent {}

    record UserCreated(UUID user, String name, String role) implements IdentityEvent {}

    record UserUpdated(UUID user, String role, List<String> changed) implements IdentityEvent {}

    record UserDisabled(UUID user) implements IdentityEvent {}

    record UserEnabled(UUID user) implements IdentityEvent {}

    record UserUnlocked(UUID user) implements IdentityEvent {}

    record UserReset(UUID user) implements IdentityEvent {}

    record UserDeleted(UUID user, String name) implements IdentityEvent {}

    record TokenCreated(
            UUID user, UUID token, String name, List<String> permissions, Instant expires)
            implements IdentityEvent {}

    record TokenRevoked(UUID user, UUID token, String name) implements IdentityEvent {}

    /// An administrator was made or reset from the command line, with the server stopped.
    record AdministratorRecovered(UUID user, String name) implements IdentityEvent {}

    @Override
    default String action() {
        return switch (this) {
            case SetUp _ -> "setup.complete";
            case SignedIn _ -> "session.start";
            case SignInRefused _ -> "session.refuse";
            case SignedOut _, SessionsEnded _ -> "session.end";
            case Confirmed _ -> "session.confirm";
            case PasswordChanged _ -> "user.password";
            case UserCreated _ -> "user.create";
            case UserUpdated _ -> "user.update";
            case UserDisabled _ -> "user.disable";
            case UserEnabled _ -> "user.enable";
            case UserUnlocked _ -> "user.unlock";
            case UserReset _ -> "user.reset";
            case UserDeleted _ -> "user.delete";
            case TokenCreated _ -> "token.create";
            case TokenRevoked _ -> "token.revoke";
            case AdministratorRecovered _ -> "user.recover";
        };
    }

    @Override
    default String resource() {
        return switch (this) {
            case SignInRefused(var user, _, _) -> user.map(IdentityEvent::user).orElse("");
            case SetUp(var user, _) -> user(user);
            case SignedIn(var user, _) -> user(user);
            case SignedOut(var user, _) -> user(user);
            case SessionsEnded(var user, _) -> user(user);
            case Confirmed(var user, _) -> user(user);
            case PasswordChanged(var user, _) -> user(user);
            case UserCreated(var user, _, _) -> user(user);
            case UserUpdated(var user, _, _) -> user(user);
            case UserDisabled(var user) -> user(user);
            case UserEnabled(var user) -> user(user);
            case UserUnlocked(var user) -> user(user);
            case UserReset(var user) -> user(user);
            case UserDeleted(var user, _) -> user(user);
            case TokenCreated(_, var token, _, _, _) -> "token/" + token;
            case TokenRevoked(_, var token, _) -> "token/" + token;
            case AdministratorRecovered(var user, _) -> user(user);
        };
    }

    @Override
    default Map<String, Object> body() {
        return switch (this) {
            case SetUp(_, var name) -> Map.of("name", name);
            case SignedIn(_, var session) -> Map.of("session", session.toString());
            case SignInRefused(_, var reason, var locked) -> refused(reason, locked);
            case SignedOut(_, var session) -> Map.of("session", session.toString());
            case SessionsEnded(_, var count) -> Map.of("count", count);
            case Confirmed(_, var session) -> Map.of("session", session.toString());
            case PasswordChanged(_, var ended) -> Map.of("sessionsEnded", ended);
            case UserCreated(_, var name, var role) -> Map.of("name", name, "role", role);
            case UserUpdated(_, var role, var changed) -> Map.of("role", role, "changed", changed);
            case UserDisabled _, UserEnabled _, UserUnlocked _, UserReset _ -> Map.of();
            case UserDeleted(_, var name) -> Map.of("name", name);
            case TokenCreated(var user, _, var name, var permissions, var expires) ->
                    Map.of(
                            "user",
                            user.toString(),
                            "name",
                            name,
                            "permissions",
                            permissions,
                            "expires",
                            expires.toString());
            case TokenRevoked(var user, _, var name) ->
                    Map.of("user", user.toString(), "name", name);
            case AdministratorRecovered(_, var name) -> Map.of("name", name);
        };
    }

    @Override
    default Outcome outcome() {
        return this instanceof SignInRefused ? Outcome.REFUSED : Outcome.SUCCESS;
    }

    @Override
    default Severity severity() {
        return switch (this) {
            case SignInRefused _ -> Severity.WARNING;
            case AdministratorRecovered _ -> Severity.CRITICAL;
            default -> Severity.INFO;
        };
    }

    private static String user(UUID id) {
        return "user/" + id;
    }

    private static Map<String, Object> refused(String reason, Optional<Instant> locked) {
        var body = new TreeMap<String, Object>();
        body.put("reason", reason);
        locked.ifPresent(until -> body.put("lockedUntil", until.toString()));
        return body;
    }
}
