package holdfast.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The clock that runs jobs once per cluster. What a run changed is guarded by the room's own fencing.
public interface Jobs extends AutoCloseable {
    /// Registers a recurring job; before [#start].
    void register(Job job);

    /// Registers a family of scheduled work: `work` is called with the instance when its time has come; before [#start].
    default void register(String family, Consumer<String> work) {
        register(family, work, _ -> Optional.empty());
    }

    /// As above, of a family whose instances people know by something else.
    ///
    /// @param about what to say of an instance; nothing when it is no longer known
    void register(String family, Consumer<String> work, Function<String, Optional<About>> about);

    /// Plans the next run of one instance of a family; replaces an earlier plan. While the instance runs here, the plan
    /// holds from its end; while it runs on another node, that node's own plan does.
    void plan(String family, String instance, Instant at);

    /// Plans a run of an instance that has no plan and does not run; changes nothing otherwise.
    void ensure(String family, String instance, Instant at);

    /// Forgets the plan of one instance.
    void cancel(String family, String instance);

    /// Runs a recurring job as soon as possible.
    ///
    /// @return false when no job has this name
    boolean runNow(String job);

    List<Status> statuses();

    /// {@return what people know the job by, where its room says so}
    Optional<About> about(Status status);

    /// {@return what became of earlier turns of a job on any node, newest first}
    ///
    /// @param before only those that started earlier
    /// @param limit  from 1; no more than 100 are kept
    List<Turn> turns(String name, String instance, Instant before, int limit);

    /// Tells `listener` of every run that failed though it was tried again several times; before [#start].
    void onFailed(Consumer<Failed> listener);

    void start();

    @Override
    void close();

    /// A run failed, and so did all tries after it. It is tried on, at its longest pause.
    ///
    /// @param failures in a row
    record Failed(String name, String instance, int failures) {}

    /// What people know an instance by.
    ///
    /// @param members of the API, for example `environmentId`
    record About(String title, Map<String, String> members) {
        public About {
            members = Map.copyOf(members);
        }
    }

    /// One turn that has ended.
    ///
    /// @param error empty when it went well
    record Turn(Instant started, Instant finished, Optional<String> error, String node) {}

    /// What is known of one job.
    ///
    /// @param last      when its last turn ended
    /// @param lastError of that turn, whichever node had it
    record Status(
            String name,
            String instance,
            Optional<Instant> next,
            Optional<Instant> last,
            boolean running,
            Optional<String> lastError) {}
}
