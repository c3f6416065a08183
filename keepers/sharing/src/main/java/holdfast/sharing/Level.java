package holdfast.sharing;

import holdfast.access.Action;
import java.util.EnumSet;
import java.util.Set;

/// How much of a secret is shared; each level holds those before it.
public enum Level {
    /// Sees it and its value.
    READ,
    /// Also gives it new values and details.
    READ_ROTATE,
    /// Also shares it further, up to this level.
    READ_ROTATE_SHARE,
    /// Also deletes, undeletes and destroys it.
    FULL;

    private Set<Action> more() {
        return switch (this) {
            case READ -> Set.of(Action.READ_SECRET, Action.REVEAL_SECRET);
            case READ_ROTATE -> Set.of(Action.WRITE_SECRET, Action.ROTATE_SECRET);
            case READ_ROTATE_SHARE -> Set.of(Action.SHARE_SECRET);
            case FULL -> Set.of(Action.DELETE_SECRET);
        };
    }

    Set<Action> actions() {
        var all = EnumSet.noneOf(Action.class);
        for (var level : values()) {
            if (level.compareTo(this) <= 0) {
                all.addAll(level.more());
            }
        }
        return all;
    }
}
