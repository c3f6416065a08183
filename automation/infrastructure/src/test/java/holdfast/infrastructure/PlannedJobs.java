package holdfast.infrastructure;

import holdfast.cluster.Job;
import holdfast.cluster.Jobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// A clock of jobs that only remembers; a test says when a turn has come.
final class PlannedJobs implements Jobs {
    final Map<String, Instant> plans = new ConcurrentHashMap<>();
    private final Map<String, Consumer<String>> families = new HashMap<>();
    private final Map<String, Function<String, Optional<About>>> abouts = new HashMap<>();

    @Override
    public void register(Job job) {}

    @Override
    public void register(
            String family, Consumer<String> work, Function<String, Optional<About>> about) {
        families.put(family, work);
        abouts.put(family, about);
    }

    @Override
    public void plan(String family, String instance, Instant at) {
        plans.put(instance, at);
    }

    @Override
    public void ensure(String family, String instance, Instant at) {
        plans.putIfAbsent(instance, at);
    }

    @Override
    public void cancel(String family, String instance) {
        plans.remove(instance);
    }

    void turn() {
        var consumers = new ArrayList<>(families.values());
        plans.keySet().forEach(instance -> consumers.forEach(work -> work.accept(instance)));
    }

    @Override
    public boolean runNow(String job) {
        return false;
    }

    @Override
    public List<Status> statuses() {
        return plans.entrySet().stream()
                .map(plan ->
                        new Status(
                                SyncSchedule.FAMILY,
                                plan.getKey(),
                                Optional.of(plan.getValue()),
                                Optional.empty(),
                                false,
                                Optional.empty()))
                .toList();
    }

    @Override
    public List<Turn> turns(String name, String instance, Instant before, int limit) {
        return List.of();
    }

    @Override
    public Optional<About> about(Status status) {
        return Optional.ofNullable(abouts.get(status.name()))
                .flatMap(about -> about.apply(status.instance()));
    }

    @Override
    public void onFailed(Consumer<Failed> listener) {}

    @Override
    public void start() {}

    @Override
    public void close() {}
}
