package holdfast.sharing;

import holdfast.access.AccessRoom;
import holdfast.crypto.Crypto;
import holdfast.http.Route;
import holdfast.identity.People;
import holdfast.kernel.Ids;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import holdfast.tenancy.Tenants;
import holdfast.vault.Farewell;
import holdfast.vault.VaultRoom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Puts the room together.
public record SharingRoom(Shares shares, SharedSecrets shared, Links links, List<Route> routes) {
    /// The tables of this room, to be migrated before [#assemble].
    public static final Schema SCHEMA = new Schema("sharing", SharingRoom.class);

    private static final UUID SERVICE = new UUID(0x7000L, 0x8000000000000103L);

    /// The rooms below.
    public record Below(
            Database database,
            Crypto crypto,
            Ledger ledger,
            Tenants tenants,
            AccessRoom access,
            People people,
            VaultRoom vault,
            InstantSource clock,
            Ids ids) {}

    public static SharingRoom assemble(Below below) {
        var ground =
                new Ground(
                        below.database(),
                        below.ledger(),
                        below.tenants(),
                        below.access(),
                        below.people(),
                        below.vault(),
                        below.clock(),
                        below.ids());
        var shareStore = new ShareStore();
        var visits = new Visits(ground, shareStore);
        var shares = new KeptShares(ground, shareStore, visits);
        var shared = new VisitedSecrets(ground, visits, shares);
        var store = new LinkStore();
        var links = new KeptLinks(ground, store, below.crypto());
        below.vault().onDestroy(new Ending(shares, links, below.access()));
        var policy = below.access().policy();
        var permits = below.vault().permits();
        var opening = new LinkOpening(ground, store, below.crypto());
        var routes = new ArrayList<Route>();
        routes.addAll(new ShareRoutes(shares, policy, permits).routes());
        routes.addAll(new SharedRoutes(shared, policy).routes());
        routes.addAll(new LinkRoutes(links, opening, policy, permits).routes());
        return new SharingRoom(shares, shared, links, List.copyOf(routes));
    }

    /// What is shared of a secret ends with it.
    private record Ending(KeptShares shares, KeptLinks links, AccessRoom access)
            implements Farewell {
        @Override
        public void in(Handle tx, TenantId tenant, UUID secret) {
            var by =
                    new Principal(
                            SERVICE, Principal.Kind.SERVICE, "sharing", tenant, Origin.INTERNAL);
            shares.end(tx, tenant, secret, by);
            links.end(tx, tenant, secret, by);
        }

        @Override
        public void after(TenantId tenant) {
            access.roles().refresh(tenant);
        }
    }
}
