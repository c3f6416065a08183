package holdfast.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The shares that people have brought since the start, one of each number. Not safe for many threads.
final class BroughtShares {
    private Map<Integer, KeyShare> byNumber = new TreeMap<>();

    int size() {
        return byNumber.size();
    }

    void add(KeyShare share) {
        var before = byNumber.put(share.number(), share);
        if (before != null) {
            before.close();
        }
    }

    /// {@return all of them; none is left here}
    Held take() {
        var held = new Held(new ArrayList<>(byNumber.values()));
        byNumber = new TreeMap<>();
        return held;
    }

    /// Shares that are used once and wiped.
    record Held(List<KeyShare> shares) implements AutoCloseable {
        @Override
        public void close() {
            shares.forEach(KeyShare::close);
        }
    }
}
