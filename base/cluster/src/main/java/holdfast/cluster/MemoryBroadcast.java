package holdfast.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Wakes the listeners of this node, on the publisher's thread.
final class MemoryBroadcast implements Broadcast {
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    @Override
    public void publish(String topic, String hint) {
        listeners.getOrDefault(topic, List.of()).forEach(listener -> listener.accept(hint));
    }

    @Override
    public AutoCloseable subscribe(String topic, Consumer<String> listener) {
        var list = listeners.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>());
        list.add(listener);
        return () -> list.remove(listener);
    }
}
