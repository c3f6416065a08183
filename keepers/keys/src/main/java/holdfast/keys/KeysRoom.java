package holdfast.keys;

import holdfast.access.Policy;
import holdfast.crypto.Crypto;
import holdfast.http.Route;
import holdfast.kernel.Ids;
import holdfast.ledger.Ledger;
import holdfast.seal.Seal;
import holdfast.storage.Database;
import holdfast.storage.Schema;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// The room, put together.
public record KeysRoom(Keys keys, Operations operations, List<Route> routes) {
    /// The tables of this room, to be migrated before [#assemble].
    public static final Schema SCHEMA = new Schema("keys", KeysRoom.class);

    public KeysRoom {
        routes = List.copyOf(routes);
    }

    /// The rooms below.
    public record Below(
            Database database,
            Crypto crypto,
            Seal seal,
            Ledger ledger,
            Policy policy,
            InstantSource clock,
            Ids ids) {}

    public static KeysRoom assemble(Below below) {
        var ground =
                new Ground(
                        below.database(),
                        below.crypto(),
                        below.seal(),
                        below.ledger(),
                        below.policy(),
                        below.clock(),
                        below.ids(),
                        new KeyCache());
        var keys = new KeptKeys(ground);
        var operations = new SealedOperations(ground);
        return new KeysRoom(
                keys,
                operations,
                Stream.concat(
                                new KeyRoutes(keys, below.policy()).routes().stream(),
                                new OperationRoutes(operations, below.policy()).routes().stream())
                        .toList());
    }
}
