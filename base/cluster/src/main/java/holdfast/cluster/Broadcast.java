package holdfast.cluster;

import java.util.function.Consumer;

/// Wakes every node. A hint only: it may be lost or come twice, so nobody depends on one to be correct.
public interface Broadcast {
    void publish(String topic, String hint);

    /// @return closing it ends the subscription
    AutoCloseable subscribe(String topic, Consumer<String> listener);
}
