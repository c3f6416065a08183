package holdfast.ledger;

import holdfast.kernel.TenantId;
import java.util.List;
import java.util.function.Consumer;

/// Cursors over the events of all tenants, each with a position of its own: at least once, in order, never in the writer's path.
public interface Readers {
    /// Calls `reader` with windows of events from where it last returned normally, on a thread of its own.
    ///
    /// The same events come again when it throws, or when the process ends before its position is kept: it is idempotent.
    ///
    /// @param name kebab-case, unique, for example `expiry-alerts`
    /// @return closing it ends the reading, not the position
    AutoCloseable follow(String name, Consumer<List<Read>> reader);

    /// Takes one window now.
    ///
    /// @return how many events it had
    int step(String name, Consumer<List<Read>> reader);

    /// One event and whose it is.
    record Read(TenantId tenant, Entry entry) {}
}
