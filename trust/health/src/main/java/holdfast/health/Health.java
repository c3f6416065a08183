package holdfast.health;

import holdfast.kernel.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the server is, component by component, with advice in plain words.
public final class Health {
    private final List<Check> checks;
    private final String version;
    private final Instant started;
    private final InstantSource clock;

    public Health(List<Check> checks, String version, InstantSource clock) {
        this.checks = List.copyOf(checks);
        this.version = version;
        this.started = clock.instant();
        this.clock = clock;
    }

    public Report report() {
        var components = checks.stream().map(Health::look).toList();
        var worst =
                components.stream()
                        .map(Component::status)
                        .max(Comparator.naturalOrder())
                        .orElse(Status.HEALTHY);
        return new Report(worst, clock.instant(), version, started, components);
    }

    /// Refuses while a component that every request needs is down.
    ///
    /// @throws holdfast.kernel.Refusal UNAVAILABLE
    public void requireReady() {
        var down =
                report().components().stream()
                        .filter(one -> one.status() == Status.UNHEALTHY)
                        .map(Component::name)
                        .toList();
        if (!down.isEmpty()) {
            throw Problem.UNAVAILABLE.because(
                    "the server is not ready: look after %s, see /api/system/health"
                            .formatted(String.join(", ", down)));
        }
    }

    private static Component look(Check check) {
        try {
            return check.look();
        } catch (RuntimeException failure) {
            return new Component(
                    check.name(),
                    Status.UNHEALTHY,
                    "The check failed.",
                    Optional.of("Look for the failure in the server's log."),
                    Map.of("failure", failure.getClass().getSimpleName()));
        }
    }

    /// From good to bad.
    public enum Status {
        HEALTHY,
        DEGRADED,
        UNHEALTHY
    }

    /// Looks at one component. Rooms above bring their own.
    public interface Check {
        String name();

        Component look();
    }

    /// @param sentence what is, in one sentence; never a secret
    /// @param advice   what to do; empty when healthy
    public record Component(
            String name,
            Status status,
            String sentence,
            Optional<String> advice,
            Map<String, Object> details) {
        public Component {
            details = Map.copyOf(details);
        }

        public static Component healthy(String name, String sentence) {
            return new Component(name, Status.HEALTHY, sentence, Optional.empty(), Map.of());
        }
    }

    public record Report(
            Status status,
            Instant checkedAt,
            String version,
            Instant startedAt,
            List<Component> components) {}
}
