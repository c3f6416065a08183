package holdfast.administration;

import holdfast.access.Scope;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.ledger.Search;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts events by type, actor, outcome and period.
final class Statistics {
    private final AuditTrail trail;

    Statistics(AuditTrail trail) {
        this.trail = trail;
    }

    Counts of(Scope scope, Search search, String period) {
        start(Instant.EPOCH, period);
        var byType = new TreeMap<String, Long>();
        var byActor = new TreeMap<String, Long>();
        var byOutcome = new TreeMap<String, Long>();
        var periods = new TreeMap<Instant, Long>();
        for (var tally : trail.tallies(scope, search)) {
            byType.merge(tally.action(), tally.events(), Long::sum);
            byActor.merge(tally.actorName(), tally.events(), Long::sum);
            byOutcome.merge(tally.outcome().name(), tally.events(), Long::sum);
            periods.merge(start(tally.hour(), period), tally.events(), Long::sum);
        }
        return new Counts(
                byOutcome.values().stream().mapToLong(Long::longValue).sum(),
                byType,
                byActor,
                byOutcome,
                periods.entrySet().stream()
                        .map(one -> new Period(one.getKey(), one.getValue()))
                        .toList());
    }

    private static Instant start(Instant time, String period) {
        var day = time.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        return switch (period) {
            case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
            case "day" -> day.toInstant();
            case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toInstant();
            case "month" -> day.withDayOfMonth(1).toInstant();
            default ->
                    throw Refusal.of(
                            List.of(
                                    FieldError.of(
                                            "?period", "not-one-of", "hour, day, week, month")));
        };
    }

    record Counts(
            long total,
            Map<String, Long> byType,
            Map<String, Long> byActor,
            Map<String, Long> byOutcome,
            List<Period> periods) {}

    record Period(Instant start, long count) {}
}
