package holdfast.vault;

import holdfast.kernel.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The items of a mixed batch by what they ask for, each with its place among all.
record MixedItems(
        Some<Batches.Target> reads,
        Some<Secrets.Draft> creates,
        Some<Batches.NewValueOf> updates,
        Some<Batches.VersionOf> deletes,
        Map<Integer, Refusal> bad) {
    /// Items of one kind.
    record Some<T>(List<Batches.Item<T>> items, List<Integer> places) {
        Some() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        private void add(int place, T asked) {
            items.add(new Batches.Item.Good<>(asked));
            places.add(place);
        }
    }

    MixedItems(List<Batches.Item<Batches.Operation>> items) {
        this(new Some<>(), new Some<>(), new Some<>(), new Some<>(), new HashMap<>());
        for (int i = 0; i < items.size(); i++) {
            switch (items.get(i)) {
                case Batches.Item.Bad<Batches.Operation>(var why) -> bad.put(i, why);
                case Batches.Item.Good<Batches.Operation>(var asked) -> sort(i, asked);
            }
        }
    }

    private void sort(int place, Batches.Operation asked) {
        switch (asked) {
            case Batches.Operation.Read(var target) -> reads.add(place, target);
            case Batches.Operation.Create(var draft) -> creates.add(place, draft);
            case Batches.Operation.Update(var value) -> updates.add(place, value);
            case Batches.Operation.Delete(var version) -> deletes.add(place, version);
        }
    }
}
