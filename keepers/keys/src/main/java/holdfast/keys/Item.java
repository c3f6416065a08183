package holdfast.keys;

import holdfast.kernel.Refusal;
import java.util.function.Function;

/// One of many things asked or answered at once; what is wrong with one is its own answer.
public sealed interface Item<T> {
    /// It could be read, or done.
    record Good<T>(T value) implements Item<T> {}

    /// It came to nothing.
    record Bad<T>(Refusal why) implements Item<T> {}

    /// {@return the value}
    ///
    /// @throws Refusal why there is none
    default T orThrow() {
        return switch (this) {
            case Good<T>(var value) -> value;
            case Bad<T>(var why) -> throw why;
        };
    }

    /// {@return what `step` makes of it, or why it came to nothing}
    default <R> Item<R> then(Function<T, R> step) {
        try {
            return new Good<>(step.apply(orThrow()));
        } catch (Refusal why) {
            return new Bad<>(why);
        }
    }

    static <T, R> Item<R> of(T raw, Function<T, R> reading) {
        return new Good<>(raw).then(reading);
    }
}
