package holdfast.identity;

import holdfast.kernel.Principal;
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

    record MachineCreated(UUID machine, String name, Optional<String> role)
            implements IdentityEvent {}

    record MachineUpdated(UUID machine, Optional<String> role, List<String> changed)
            implements IdentityEvent {}

    record MachineDisabled(UUID machine) implements IdentityEvent {}

    record MachineEnabled(UUID machine) implements IdentityEvent {}

    record MachineDeleted(UUID machine, String name) implements IdentityEvent {}

    record TokenCreated(
            Holder holder, UUID token, String name, List<String> permissions, Instant expires)
            implements IdentityEvent {}

    record TokenRevoked(Holder holder, UUID token, String name) implements IdentityEvent {}

    /// Whose a token is.
    ///
    /// @param kind USER or MACHINE
    record Holder(Principal.Kind kind, UUID id) {
        String member() {
            return kind == Principal.Kind.MACHINE ? "machine" : "user";
        }
    }

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
            case MachineCreated _ -> "machine.create";
            case MachineUpdated _ -> "machine.update";
            case MachineDisabled _ -> "machine.disable";
            case MachineEnabled _ -> "machine.enable";
            case MachineDeleted _ -> "machine.delete";
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
            case MachineCreated(var machine, _, _) -> Machines.resource(machine);
            case MachineUpdated(var machine, _, _) -> Machines.resource(machine);
            case MachineDisabled(var machine) -> Machines.resource(machine);
            case MachineEnabled(var machine) -> Machines.resource(machine);
            case MachineDeleted(var machine, _) -> Machines.resource(machine);
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
            case MachineCreated(_, var name, var role) -> with(Map.of("name", name), role);
            case MachineUpdated(_, var role, var changed) -> with(Map.of("changed", changed), role);
            case MachineDisabled _, MachineEnabled _ -> Map.of();
            case MachineDeleted(_, var name) -> Map.of("name", name);
            case TokenCreated(var holder, _, var name, var permissions, var expires) ->
                    Map.of(
                            holder.member(),
                            holder.id().toString(),
                            "name",
                            name,
                            "permissions",
                            permissions,
                            "expires",
                            expires.toString());
            case TokenRevoked(var holder, _, var name) ->
                    Map.of(holder.member(), holder.id().toString(), "name", name);
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

    private static Map<String, Object> with(Map<String, Object> body, Optional<String> role) {
        var all = new TreeMap<>(body);
        role.ifPresent(name -> all.put("role", name));
        return all;
    }

    private static Map<String, Object> refused(String reason, Optional<Instant> locked) {
        var body = new TreeMap<String, Object>();
        body.put("reason", reason);
        locked.ifPresent(until -> body.put("lockedUntil", until.toString()));
        return body;
    }
}
