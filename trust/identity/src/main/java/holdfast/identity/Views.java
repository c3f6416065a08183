package holdfast.identity;

import holdfast.access.Role;
import holdfast.tenancy.Accent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the routes of this room answer, member by member as `openapi.yaml` says.
final class Views {
    private Views() {}

    static UserView user(Users.Account account) {
        var user = account.user();
        return new UserView(
                user.id(),
                user.name(),
                text(user.fullName()),
                text(user.email()),
                account.role().map(Role::name),
                state(account),
                user.created(),
                user.lastSignIn(),
                account.lockedUntil(),
                user.mustChange(),
                user.version());
    }

    static String state(Users.Account account) {
        if (account.user().disabled()) {
            return "DISABLED";
        }
        return account.lockedUntil().isPresent() ? "LOCKED" : "ACTIVE";
    }

    static MachineView machine(Machines.Account account) {
        var machine = account.machine();
        return new MachineView(
                machine.id(),
                machine.name(),
                text(machine.description()),
                account.role().map(Role::name),
                state(machine),
                machine.created(),
                machine.lastUsed(),
                machine.version());
    }

    static String state(Machine machine) {
        return machine.disabled() ? "DISABLED" : "ACTIVE";
    }

    static SessionView session(Session session, Optional<UUID> current) {
        return new SessionView(
                session.id(),
                session.created(),
                session.lastSeen(),
                session.expires(),
                session.address(),
                session.client(),
                current.filter(session.id()::equals).isPresent());
    }

    static TokenView token(Token token) {
        return new TokenView(
                token.id(),
                token.name(),
                token.prefix(),
                List.copyOf(token.permissions()),
                token.addresses(),
                token.created(),
                token.expires(),
                token.lastUsed(),
                token.user());
    }

    static <T> ListView<T> list(List<T> items) {
        return new ListView<>(items, Optional.empty(), items.size());
    }

    static Optional<String> text(String value) {
        return Optional.of(value).filter(one -> !one.isEmpty());
    }

    record ListView<T>(List<T> items, Optional<String> next, long total) {}

    record Me(
            UUID id,
            String kind,
            String username,
            Optional<String> fullName,
            Optional<String> email,
            Optional<String> role,
            List<String> permissions,
            TenantView tenant,
            List<TenantView> tenants,
            boolean mustChangePassword,
            Optional<Instant> stepUpUntil,
            Optional<Instant> sessionExpires,
            int dueSoonDays,
            Accent accent) {}

    record TenantView(UUID id, String name) {}

    record UserView(
            UUID id,
            String username,
            Optional<String> fullName,
            Optional<String> email,
            Optional<String> role,
            String state,
            Instant created,
            Optional<Instant> lastSignIn,
            Optional<Instant> lockedUntil,
            boolean mustChangePassword,
            long version) {}

    record MachineView(
            UUID id,
            String name,
            Optional<String> description,
            Optional<String> role,
            String state,
            Instant created,
            Optional<Instant> lastUsed,
            long version) {}

    record SessionView(
            UUID id,
            Instant created,
            Instant lastSeen,
            Instant expires,
            String address,
            String client,
            boolean current) {}

    record TokenView(
            UUID id,
            String name,
            String prefix,
            List<String> permissions,
            List<String> addresses,
            Instant created,
            Instant expires,
            Optional<Instant> lastUsed,
            UUID user) {}

    record TokenCreated(TokenView token, String secret) {
        @Override
        public String toString() {
            return "TokenCreated[" + token.id() + "]";
        }
    }
}
