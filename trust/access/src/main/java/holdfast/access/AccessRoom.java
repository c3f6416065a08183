package holdfast.access;

import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.tenancy.Tenants;
import java.time.InstantSource;

/// Puts the room together.
public record AccessRoom(Policy policy, Roles roles, Grants grants) {
    /// The tables of this room, to be migrated before [#assemble].
    public static final Schema SCHEMA = new Schema("access", AccessRoom.class);

    public static AccessRoom assemble(
            Database database, Ledger ledger, Tenants tenants, InstantSource clock) {
        var rights = new RememberedRights(database, clock);
        return new AccessRoom(new RolePolicy(rights, tenants, ledger, clock), rights, rights);
    }
}
