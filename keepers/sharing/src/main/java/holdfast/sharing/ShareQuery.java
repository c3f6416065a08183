package holdfast.sharing;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Which shares a list is about, newest first.
///
/// @param text  part of a name of the secret, the giver or the receiver; case does not count
/// @param after id of the last one of the window before
/// @param limit 1 to 1,000
public record ShareQuery(
        Optional<String> text,
        Set<Level> levels,
        Set<Share.State> states,
        Optional<UUID> after,
        int limit) {
    public ShareQuery {
        levels = Set.copyOf(levels);
        states = Set.copyOf(states);
    }

    static final ShareQuery ALL =
            new ShareQuery(Optional.empty(), Set.of(), Set.of(), Optional.empty(), 1_000);
}
