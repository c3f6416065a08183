package holdfast.administration;

import holdfast.access.AccessRoom;
import holdfast.access.Assignment;
import holdfast.identity.People;
import holdfast.kernel.TenantId;
import holdfast.storage.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names of people and machines, as far as they belong to the tenant that asks: of others it learns nothing.
record MemberNames(Database database, AccessRoom access, People people) {
    Map<UUID, String> of(TenantId tenant, Stream<UUID> ids) {
        var wanted = ids.collect(Collectors.toSet());
        return database.readPlatform(tx -> {
            var members =
                    access.roles().assignments(tx, tenant).stream()
                            .map(Assignment::principal)
                            .filter(wanted::contains)
                            .collect(Collectors.toSet());
            var names = new HashMap<>(people.names(tx, members));
            wanted.removeAll(names.keySet());
            names.putAll(people.machines(tx, tenant, wanted));
            return names;
        });
    }
}
