package holdfast.infrastructure;

import holdfast.access.Action;
import holdfast.access.Policy;
import holdfast.access.Scope;
import holdfast.estate.SourceStatus;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.Event;
import holdfast.ledger.Search;
import holdfast.vcf.Failure;
import holdfast.vcf.SourceKind;
import holdfast.vcf.Trust;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a person should know first: counts, what needs attention, what expires, what happened.
final class Overview {
    private static final int DAYS = 90;
    private static final int RECENT = 10;

    private final Ground ground;
    private final Ground.Stores stores;
    private final Policy policy;
    private final JsonMapper json = JsonMapper.builder().build();

    Overview(Ground ground, Ground.Stores stores, Policy policy) {
        this.ground = ground;
        this.stores = stores;
        this.policy = policy;
    }

    /// The whole page.
    record View(
            Counters counters,
            List<Attention> attention,
            List<Day> expiry,
            List<Activity> activity) {}

    /// How many of what.
    record Counters(
            int environments,
            int credentials,
            int expiring,
            int expired,
            int failing,
            int drifted) {}

    /// One thing to look at.
    record Attention(
            String code,
            Event.Severity severity,
            String sentence,
            UUID environmentId,
            String environmentName,
            Optional<SourceKind> source,
            Optional<UUID> runId,
            Optional<Integer> count,
            Optional<Instant> since,
            Map<String, String> params) {}

    /// How many end on a day.
    record Day(LocalDate day, int count) {}

    /// One event as the audit shows it.
    record Activity(
            long index,
            Instant time,
            Actor actor,
            String address,
            UUID requestId,
            String type,
            String resource,
            Event.Outcome outcome,
            Event.Severity severity,
            JsonNode details) {}

    /// Who did it.
    record Actor(UUID id, String kind, String name) {}

    /// @param scope READ_ENVIRONMENT
    View of(Scope scope) {
        scope.requireFor(Action.READ_ENVIRONMENT);
        var tenant = scope.tenant();
        var clock = ground.time(tenant);
        var start = clock.now().atZone(ZoneOffset.UTC).toLocalDate();
        var midnight = start.atStartOfDay(ZoneOffset.UTC).toInstant();
        var recent = activity(scope, tenant);
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var names = stores.environments().names(tx, tenant);
                            names.keySet().removeIf(id -> !isSeen(scope, id));
                            var sources =
                                    stores.sources().all(tx, tenant).stream()
                                            .filter(source -> isSeen(scope, source.environment()))
                                            .toList();
                            var due = stores.grid().due(tx, tenant, clock);
                            due.keySet().removeIf(id -> !isSeen(scope, id));
                            var perDay = stores.grid().expiryByDay(tx, scope, midnight, DAYS);
                            var days = new ArrayList<Day>();
                            for (int i = 0; i < DAYS; i++) {
                                days.add(new Day(start.plusDays(i), perDay[i]));
                            }
                            return new View(
                                    counters(names.size(), sources, due),
                                    attention(names, sources, due),
                                    days,
                                    recent);
                        });
    }

    private static boolean isSeen(Scope scope, UUID environment) {
        return scope.covers(Environments.resource(environment));
    }

    private static Counters counters(
            int environments, List<SourceRow> sources, Map<UUID, GridStore.Due> due) {
        return new Counters(
                environments,
                sources.stream().mapToInt(SourceRow::present).sum(),
                due.values().stream().mapToInt(GridStore.Due::soon).sum(),
                due.values().stream().mapToInt(GridStore.Due::expired).sum(),
                (int)
                        sources.stream()
                                .filter(source -> source.configured() && source.status().isBad())
                                .count(),
                sources.stream().mapToInt(SourceRow::drifted).sum());
    }

    private static List<Attention> attention(
            Map<UUID, String> names, List<SourceRow> sources, Map<UUID, GridStore.Due> due) {
        var found = new ArrayList<Attention>();
        for (var source : sources) {
            var name = names.getOrDefault(source.environment(), "");
            if (source.configured() && source.status().isBad()) {
                found.add(bad(source, name));
            }
            if (source.configured() && source.trust().mode() == Trust.Mode.OFF) {
                found.add(
                        new Attention(
                                "trust-off",
                                Event.Severity.WARNING,
                                "%s of %s is read without checking its certificate."
                                        .formatted(source.kind().title(), name),
                                source.environment(),
                                name,
                                Optional.of(source.kind()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of()));
            }
        }
        drifted(sources)
                .forEach((environment, count) ->
                        found.add(
                                counted(
                                        "credentials-drifted",
                                        Event.Severity.WARNING,
                                        "%d credentials of %s have a finding that asks for"
                                                + " attention.",
                                        environment,
                                        names.getOrDefault(environment, ""),
                                        count)));
        due.forEach((environment, ends) -> {
            var name = names.getOrDefault(environment, "");
            if (ends.expired() > 0) {
                found.add(
                        counted(
                                "credentials-expired",
                                Event.Severity.ERROR,
                                "%d credentials of %s are expired.",
                                environment,
                                name,
                                ends.expired()));
            }
            if (ends.soon() > 0) {
                found.add(
                        counted(
                                "credentials-expiring",
                                Event.Severity.WARNING,
                                "%d credentials of %s expire soon.",
                                environment,
                                name,
                                ends.soon()));
            }
        });
        found.sort(
                Comparator.comparing(Attention::severity)
                        .reversed()
                        .thenComparing(Attention::environmentName));
        return found;
    }

    private static Map<UUID, Integer> drifted(List<SourceRow> sources) {
        var counts = new HashMap<UUID, Integer>();
        sources.stream()
                .filter(source -> source.drifted() > 0)
                .forEach(source ->
                        counts.merge(source.environment(), source.drifted(), Integer::sum));
        return counts;
    }

    private static Attention bad(SourceRow source, String name) {
        var code =
                switch (source.status()) {
                    case LOGIN_REFUSED -> "login-refused";
                    case CERTIFICATE_CHANGED -> "certificate-changed";
                    case HELD -> "run-held";
                    default -> "source-failed";
                };
        return new Attention(
                code,
                source.status() == SourceStatus.HELD
                        ? Event.Severity.WARNING
                        : Event.Severity.ERROR,
                "%s of %s: %s"
                        .formatted(
                                source.kind().title(),
                                name,
                                source.failure()
                                        .map(Failure::sentence)
                                        .orElse(source.status().sentence())),
                source.environment(),
                name,
                Optional.of(source.kind()),
                source.heldRun().or(source::run),
                Optional.empty(),
                source.lastRun(),
                Map.of("status", source.status().name()));
    }

    private static Attention counted(
            String code,
            Event.Severity severity,
            String sentence,
            UUID environment,
            String name,
            int count) {
        return new Attention(
                code,
                severity,
                sentence.formatted(count, name),
                environment,
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.of(count),
                Optional.empty(),
                Map.of("count", Integer.toString(count)));
    }

    private List<Activity> activity(Scope scope, TenantId tenant) {
        if (!policy.allowed(scope.principal()).contains(Action.READ_AUDIT)) {
            return List.of();
        }
        var audit = policy.scope(scope.principal(), Action.READ_AUDIT);
        var search =
                new Search(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        audit.everything() ? Optional.empty() : Optional.of(scope.principal().id()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        RECENT);
        return ground.ledger().search(tenant, search).items().stream().map(this::activity).toList();
    }

    private Activity activity(Entry entry) {
        return new Activity(
                entry.sequence(),
                entry.time(),
                new Actor(entry.actor(), entry.actorKind(), entry.actorName()),
                entry.address(),
                entry.request(),
                entry.action(),
                entry.resource(),
                entry.outcome(),
                entry.severity(),
                json.readTree(entry.body()));
    }
}
