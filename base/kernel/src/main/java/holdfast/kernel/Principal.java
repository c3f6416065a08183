package holdfast.kernel;

import java.util.UUID;

/// Who acts, in one tenant. Made by `identity` for people and machines, by a room for its own jobs.
///
/// @param id   the user, machine or service
/// @param kind what `id` names
/// @param name what people call it, for example `ada`; for display and the ledger, never a key
/// @param tenant the tenant the principal acts in
/// @param origin where the request came from
/// @param standing what the sign-in proves beyond the name; policy reads it
public record Principal(
        UUID id, Kind kind, String name, TenantId tenant, Origin origin, Standing standing) {
    /// Somebody whose sign-in proves nothing beyond the name.
    public Principal(UUID id, Kind kind, String name, TenantId tenant, Origin origin) {
        this(id, kind, name, tenant, origin, Standing.PLAIN);
    }

    /// What sort of thing acts.
    public enum Kind {
        USER,
        MACHINE,
        SERVICE,
        /// A temporary link: whoever holds it, and nobody else.
        LINK,
        /// Everybody of another tenant. It holds rights, and never acts itself.
        TENANT,
        /// Nobody signed in: the actor of a refused sign-in or of first run.
        ANONYMOUS
    }

    private static final UUID NOBODY = new UUID(0, 0);

    /// {@return the actor of what happens before anybody is signed in}
    public static Principal anonymous(Origin origin) {
        return new Principal(NOBODY, Kind.ANONYMOUS, "anonymous", TenantId.PLATFORM, origin);
    }

    /// {@return the same principal acting in another tenant}
    public Principal in(TenantId other) {
        return new Principal(id, kind, name, other, origin, standing);
    }
}
