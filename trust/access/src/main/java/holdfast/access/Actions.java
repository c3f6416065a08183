package holdfast.access;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Set;

/// Sets of actions as they stand in a column: names in order, one blank between two.
final class Actions {
    private Actions() {}

    static String text(Set<Action> actions) {
        return actions.stream().map(Action::name).sorted().collect(joining(" "));
    }

    static Set<Action> of(String text) {
        return Arrays.stream(text.split(" ", -1)).map(Action::valueOf).collect(toUnmodifiableSet());
    }
}
