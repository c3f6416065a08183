package holdfast.app;

import holdfast.health.Health;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The other systems as part of the health: whether the sources could be read at their last sync.
record SourcesCheck(Supplier<Map<String, Long>> sources) implements Health.Check {
    /// Statuses that ask nobody to do anything.
    private static final Set<String> FINE = Set.of("OK", "NEVER", "RUNNING", "EMPTY");

    @Override
    public String name() {
        return "sources";
    }

    @Override
    public Health.Component look() {
        var standing = new TreeMap<>(sources.get());
        long all = standing.values().stream().mapToLong(Long::longValue).sum();
        standing.keySet().removeAll(FINE);
        long bad = standing.values().stream().mapToLong(Long::longValue).sum();
        return bad == 0
                ? Health.Component.healthy(name(), "No source failed at its last sync.")
                : new Health.Component(
                        name(),
                        Health.Status.DEGRADED,
                        "%d of %d sources could not be read at their last sync."
                                .formatted(bad, all),
                        Optional.of("See Environments for the reason of each."),
                        Map.copyOf(standing));
    }
}
