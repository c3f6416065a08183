package holdfast.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The clock that runs jobs once per cluster. What a run changed is guarded by the room's own fencing.
public interface Jobs extends AutoCloseable {
    /// Registers a recurring job; before [#start].
    void register(Job job);

    /// Registers a family of scheduled work: `work` is called with the instance when its time has come; before [#start].
    void register(String family, Consumer<String> work);

    /// Plans the next run of one instance of a family; replaces an earlier plan.
    void plan(String family, String instance, Instant at);

    /// Forgets the plan of one instance.
    void cancel(String family, String instance);

    /// Runs a recurring job as soon as possible.
    ///
    /// @return false when no job has this name
    boolean runNow(String job);

    List<Status> statuses();

    void start();

    @Override
    void close();

    /// What is known of one job.
    record Status(
            String name,
            String instance,
            Optional<Instant> next,
            Optional<Instant> last,
            boolean running,
            Optional<String> lastError) {}
}
