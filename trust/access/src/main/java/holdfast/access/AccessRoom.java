package holdfast.access;

import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.tenancy.TenancyRoom;
import java.time.InstantSource;

/// Puts the room together.
public record AccessRoom(Policy policy, Roles roles, Grants grants, Explanations explanations) {
    /// The tables of this room, to be migrated before [#assemble].
    public static final Schema SCHEMA = new Schema("access", AccessRoom.class);

    public static AccessRoom assemble(
            Database database, Ledger ledger, TenancyRoom tenancy, InstantSource clock) {
        var rights = new RememberedRights(database, tenancy.quotas(), clock);
        rights.countMembers();
        return new AccessRoom(
                new RolePolicy(rights, tenancy.tenants(), ledger, clock),
                rights,
                rights,
                new RightsExplained(rights, clock));
    }
}
