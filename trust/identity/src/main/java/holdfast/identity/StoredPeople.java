package holdfast.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The only [People].
record StoredPeople(UserStore users) implements People {
    @Override
    public Optional<String> name(Handle tx, UUID user) {
        return users.find(tx, user).map(User::name);
    }

    @Override
    public Map<UUID, String> names(Handle tx, Collection<UUID> wanted) {
        var names = new HashMap<UUID, String>();
        for (var id : wanted) {
            name(tx, id).ifPresent(name -> names.put(id, name));
        }
        return names;
    }

    @Override
    public Optional<UUID> named(Handle tx, String username) {
        return users.find(tx, Username.fold(username)).map(User::id);
    }

    @Override
    public boolean canSignIn(Handle tx, UUID user) {
        return users.find(tx, user).filter(one -> !one.disabled()).isPresent();
    }
}
