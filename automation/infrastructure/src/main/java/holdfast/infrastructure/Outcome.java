package holdfast.infrastructure;

import holdfast.comparison.Comparison;
import holdfast.comparison.Kept;
import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.infrastructure.SourceStore.Fence;
import holdfast.vcf.Failure;
import holdfast.vcf.Fetched;
import holdfast.vcf.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What came of one source in one run, on its way from fetched to shown. For one thread.
final class Outcome implements AutoCloseable {
    private static final Duration SOONEST = Duration.ofMinutes(1);

    private final Turn turn;
    private final Optional<Fetched> fetched;
    private final Optional<Failure> failure;
    private final boolean expiryAsked;
    private final boolean retired;
    private final IntSupplier milliseconds;
    private final Publication.Touched touched = new Publication.Touched();
    private Comparison.@Nullable Result result;
    private boolean held;

    /// One source as it was when a run took it, and the right to change it.
    record Turn(SourceRow row, Fence fence) {}

    private Outcome(
            Turn turn,
            Optional<Fetched> fetched,
            Optional<Failure> failure,
            boolean expiryAsked,
            IntSupplier milliseconds) {
        this(turn, fetched, failure, expiryAsked, false, milliseconds);
    }

    private Outcome(
            Turn turn,
            Optional<Fetched> fetched,
            Optional<Failure> failure,
            boolean expiryAsked,
            boolean retired,
            IntSupplier milliseconds) {
        this.turn = turn;
        this.fetched = fetched;
        this.failure = failure;
        this.expiryAsked = expiryAsked;
        this.retired = retired;
        this.milliseconds = milliseconds;
    }

    static Outcome fetched(
            Turn turn, Fetched fetched, boolean expiryAsked, IntSupplier milliseconds) {
        return new Outcome(turn, Optional.of(fetched), Optional.empty(), expiryAsked, milliseconds);
    }

    static Outcome failed(Turn turn, Failure failure, int milliseconds) {
        return new Outcome(turn, Optional.empty(), Optional.of(failure), false, () -> milliseconds);
    }

    /// {@return what comes of a source that a person removes: as if it told that nothing is left}
    static Outcome retired(Turn turn) {
        var nothing = new Fetched(List.of(), List.of(), true, Optional.empty());
        return new Outcome(turn, Optional.of(nothing), Optional.empty(), false, true, () -> 0);
    }

    /// {@return the same source, of which nothing is shown}
    Outcome broken() {
        return new Outcome(
                turn, Optional.empty(), Optional.of(why()), false, retired, milliseconds);
    }

    /// Notes one state that was staged, as the run's event names it.
    void staged(Kept row) {
        touched.add(row);
    }

    /// Notes what the comparison found.
    ///
    /// @param removalHoldPercent a larger loss waits for a person
    void compared(Comparison.Result found, int removalHoldPercent) {
        result = found;
        held = !retired && found.losesMoreThan(removalHoldPercent);
    }

    SourceRow row() {
        return turn.row();
    }

    Fence fence() {
        return turn.fence();
    }

    Optional<Fetched> fetched() {
        return fetched;
    }

    /// {@return what the flip will show}
    Optional<Publication.Touched> shown() {
        return held || result == null ? Optional.empty() : Optional.of(touched);
    }

    /// {@return what the run says of this source}
    Run.OfSource part() {
        int took = milliseconds.getAsInt();
        if (result == null || fetched.isEmpty()) {
            return Run.OfSource.running(row().kind()).failed(why(), took);
        }
        var read = fetched.get();
        var status =
                held
                        ? Run.Status.HELD
                        : result.presentAfter() == 0 ? Run.Status.EMPTY : Run.Status.SUCCESS;
        return new Run.OfSource(
                row().kind(),
                status,
                retired
                        ? "The source was removed: its %d credentials are history."
                                .formatted(result.removed())
                        : sentence(status, result, read),
                Optional.empty(),
                read.rows().size(),
                result.added(),
                result.changed(),
                result.unchanged(),
                result.removed(),
                result.withoutValue(),
                read.unmapped(),
                read.complete(),
                took);
    }

    private static String sentence(Run.Status status, Comparison.Result result, Fetched fetched) {
        if (status == Run.Status.HELD) {
            return "%d of %d credentials would go; confirm or discard."
                    .formatted(result.removed(), result.present());
        }
        if (status == Run.Status.EMPTY) {
            return SourceStatus.EMPTY.sentence();
        }
        var words = numbers(result, fetched);
        return fetched.notes().isEmpty() ? words : words + " " + String.join(" ", fetched.notes());
    }

    private static String numbers(Comparison.Result result, Fetched fetched) {
        return fetched.complete()
                ? "%d read: %d new, %d changed, %d gone."
                        .formatted(
                                fetched.rows().size(),
                                result.added(),
                                result.changed(),
                                result.removed())
                : "%d read, but the answer was not complete: nothing was removed."
                        .formatted(fetched.rows().size());
    }

    /// {@return how the run leaves the source}
    SourceStore.End end(UUID run, Instant now) {
        if (result == null) {
            return retired ? endOfNothing() : endOfFailure(now);
        }
        var status =
                held
                        ? SourceStatus.HELD
                        : result.presentAfter() == 0 ? SourceStatus.EMPTY : SourceStatus.OK;
        return new SourceStore.End(
                status,
                Optional.empty(),
                false,
                fetched.flatMap(Fetched::version),
                held ? Optional.empty() : Optional.of(now),
                expiryAsked ? Optional.of(now) : Optional.empty(),
                next(now),
                held ? Optional.of(run) : Optional.empty(),
                held || result.changes() == 0 ? row().generation() : row().generation() + 1,
                held ? row().present() : result.presentAfter(),
                held ? Optional.empty() : fetched.map(Outcome::domains),
                fetched.flatMap(Fetched::leaving).map(Outcome::joined));
    }

    /// The source stays as it was: a removal that failed says nothing about it.
    private SourceStore.End endOfNothing() {
        boolean unsettled =
                row().status() == SourceStatus.RUNNING || row().status() == SourceStatus.HELD;
        return new SourceStore.End(
                unsettled ? SourceStatus.INTERRUPTED : row().status(),
                row().failure(),
                row().stopped(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                row().nextRun(),
                Optional.empty(),
                row().generation(),
                row().present(),
                Optional.empty(),
                Optional.empty());
    }

    private SourceStore.End endOfFailure(Instant now) {
        var status = SourceStatus.of(why().status());
        boolean stopped = row().stopped() || status.stopsSchedule();
        return new SourceStore.End(
                status,
                Optional.of(why()),
                stopped,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                stopped ? Optional.empty() : again(now, status),
                Optional.empty(),
                row().generation(),
                row().present(),
                Optional.empty(),
                Optional.empty());
    }

    private Failure why() {
        return failure.orElse(Failure.of(Status.FAILED));
    }

    private static String domains(Fetched fetched) {
        return joined(
                fetched.rows().stream()
                        .flatMap(row -> row.domains().stream())
                        .collect(Collectors.toSet()));
    }

    private static String joined(Set<String> domains) {
        return Kept.join(domains.stream().sorted().toList());
    }

    /// What passes by itself is tried again soon, then ever later: after as long as it is overdue, at most an interval.
    private Optional<Instant> again(Instant now, SourceStatus status) {
        var interval = Duration.ofMinutes(row().scheduleMinutes());
        if (!status.passes() || row().lastSuccess().isEmpty()) {
            return next(now);
        }
        var overdue = Duration.between(row().lastSuccess().get().plus(interval), now);
        var pause = overdue.compareTo(SOONEST) < 0 ? SOONEST : overdue;
        return next(now).map(turn -> now.plus(pause).isBefore(turn) ? now.plus(pause) : turn);
    }

    private Optional<Instant> next(Instant now) {
        return row().configured() && row().scheduleMinutes() > 0
                ? Optional.of(now.plusSeconds(row().scheduleMinutes() * 60L))
                : Optional.empty();
    }

    @Override
    public void close() {
        fetched.ifPresent(Fetched::close);
    }
}
