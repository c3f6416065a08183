package holdfast.vault;

import holdfast.access.Scope;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.secret.Content;
import holdfast.secret.SecretName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Many secrets in one call and one event, with an answer for each. Safe to call from many threads.
///
/// Each item is decided as if it came alone: a set answer never says more than single ones would. All or nothing, on
/// request, means that the first item that comes to nothing leaves everything as it was.
public interface Batches {
    /// Items of one call.
    int MAX_ITEMS = 1_000;

    /// @param scope WRITE_SECRET
    /// @throws holdfast.kernel.Refusal SEALED; with `atomic`, what refuses the first item, with its `item`
    List<Answer> create(Scope scope, List<Item<Secrets.Draft>> items, boolean atomic);

    /// Opens the active version of each; the event is durable before the first value leaves.
    ///
    /// @param scope REVEAL_SECRET
    /// @throws holdfast.kernel.Refusal SEALED, TOO_LARGE when the values are more than 16 MiB; as in [#create]
    List<Answer> read(Scope scope, List<Item<Target>> items, boolean atomic);

    /// @param scope WRITE_SECRET
    /// @throws holdfast.kernel.Refusal SEALED; as in [#create]
    List<Answer> update(Scope scope, List<Item<NewValueOf>> items, boolean atomic);

    /// @param scope DELETE_SECRET
    /// @throws holdfast.kernel.Refusal as in [#create]
    List<Answer> delete(Scope scope, List<Item<VersionOf>> items, boolean atomic);

    /// Reads, makes, changes and deletes in one call: each item with the right of its own operation.
    ///
    /// Every item is decided on what was there before the call, and values are read as they were.
    ///
    /// @param scope READ_SECRET
    /// @throws holdfast.kernel.Refusal as in [#read] and [#create]
    List<Answer> mixed(Scope scope, List<Item<Operation>> items, boolean atomic);

    /// One of the four things that can be done.
    sealed interface Operation {
        record Read(Target target) implements Operation {}

        record Create(Secrets.Draft draft) implements Operation {}

        record Update(NewValueOf value) implements Operation {}

        record Delete(VersionOf version) implements Operation {}
    }

    /// An item as it came: what is wrong with its form is its own answer.
    sealed interface Item<T> {
        record Good<T>(T asked) implements Item<T> {}

        record Bad<T>(Refusal why) implements Item<T> {}
    }

    /// A secret by id or by name.
    record Target(Optional<UUID> id, Optional<SecretName> name) {
        /// @throws Refusal INVALID unless there is exactly one of both
        public Target {
            if (id.isPresent() == name.isPresent()) {
                throw Refusal.of(
                        List.of(
                                FieldError.of(
                                        "/id",
                                        "required",
                                        "give either id, or service and account")));
            }
        }
    }

    /// @param value closed by the room
    record NewValueOf(Target target, Secrets.NewValue value, int expected) {}

    record VersionOf(Target target, int expected) {}

    /// What came of one item.
    ///
    /// @param status  as if it had come alone
    /// @param content closed by whoever sends it
    record Answer(
            int index,
            int status,
            Optional<UUID> id,
            Optional<Integer> version,
            Optional<Content> content,
            Optional<Refusal> refusal) {
        static Answer done(int index, int status, UUID id, int version) {
            return new Answer(
                    index,
                    status,
                    Optional.of(id),
                    Optional.of(version),
                    Optional.empty(),
                    Optional.empty());
        }

        static Answer refused(int index, Refusal why) {
            return new Answer(
                    index,
                    why.problem().status(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(why));
        }

        Answer with(Content opened) {
            return new Answer(index, status, id, version, Optional.of(opened), refusal);
        }
    }

    /// {@return the refusal of a whole call because of one item}
    static Refusal whole(int index, Refusal why) {
        return why.with("item", index);
    }

    /// Refuses a call with no items or too many.
    static void requireSize(int items) {
        if (items < 1 || items > MAX_ITEMS) {
            throw Refusal.of(
                    List.of(
                            new FieldError(
                                    "/items",
                                    "out-of-range",
                                    "1 to 1000 items",
                                    Map.of("max", String.valueOf(MAX_ITEMS)))));
        }
    }
}
