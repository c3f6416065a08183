package holdfast.identity;

import holdfast.kernel.TenantId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Who people and machines are, for rooms that know them by id. Users belong to no tenant: what a caller may know is
/// decided by its room; machines belong to one. Only for transactions of the platform.
public interface People {
    /// {@return the name of a user}
    Optional<String> name(Handle tx, UUID user);

    /// {@return the names of those that exist}
    Map<UUID, String> names(Handle tx, Collection<UUID> users);

    /// {@return the user who signs in by that name}
    Optional<UUID> named(Handle tx, String username);

    /// {@return the names of those that are machines of the tenant}
    Map<UUID, String> machines(Handle tx, TenantId tenant, Collection<UUID> ids);

    /// {@return the machine of the tenant that is called so}
    Optional<UUID> machine(Handle tx, TenantId tenant, String name);

    /// {@return whether the user exists and is not disabled}
    boolean canSignIn(Handle tx, UUID user);
}
