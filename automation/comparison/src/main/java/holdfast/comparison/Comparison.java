package holdfast.comparison;

import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import holdfast.vcf.Fetched;
import holdfast.vcf.Found;
import holdfast.vcf.SourceKind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// What a source says now, against what is stored of it. Pure: reads no clock, no database. For one thread.
///
/// A credential is matched by the source's id, else by what people know it by (an id may change when a host is added again).
public final class Comparison {
    private final Terms terms;
    private final boolean complete;

    /// What the source told and no stored state was found for yet, by the source's id.
    private final Map<String, Found> waiting = new LinkedHashMap<>();

    private final List<Match> matches = new ArrayList<>();
    private final List<Kept> strangers = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private int present;
    private int added;
    private int changed;
    private int unchanged;
    private int removed;
    private int withoutValue;

    /// What a comparison stands on.
    ///
    /// @param generation the one that will show the changes
    /// @param lastSeen   when the source was last read before now
    public record Terms(
            SourceKind source,
            long generation,
            Instant now,
            Optional<Instant> lastSeen,
            Function<SecretBytes, Bytes> marker,
            Supplier<UUID> ids) {}

    public Comparison(Terms terms, Fetched fetched) {
        this.terms = terms;
        this.complete = fetched.complete();
        for (var row : fetched.rows()) {
            if (waiting.putIfAbsent(row.externalId(), row) != null) {
                matches.add(new Match(Optional.empty(), row));
            }
        }
    }

    /// A state and what the source says of it now.
    private record Match(Optional<Kept> before, Found row) {}

    /// One state to store in place of another.
    ///
    /// @param value the new value, the row's own: empty when the value stays
    public record Change(Optional<Kept> before, Kept after, Optional<SecretBytes> value) {}

    /// What it comes to.
    ///
    /// @param present how many are present before
    public record Result(
            int present, int added, int changed, int unchanged, int removed, int withoutValue) {
        /// {@return how many are present afterwards}
        public int presentAfter() {
            return present + added - removed;
        }

        /// {@return how many states are to be stored}
        public int changes() {
            return added + changed + removed;
        }

        /// {@return whether so much would vanish that a person should look first}
        public boolean losesMoreThan(int percent) {
            return removed > 0
                    && (presentAfter() == 0 || (long) removed * 100 > (long) percent * present);
        }
    }

    /// Takes one stored state after the other. One that says the same as before is forgotten at once.
    public void meet(Kept stored) {
        present += stored.isPresent() ? 1 : 0;
        var row = waiting.remove(stored.externalId());
        if (row == null) {
            strangers.add(stored);
        } else {
            take(Optional.of(stored), row).ifPresent(changes::add);
        }
    }

    /// Ends the comparison, after every stored state was met, and lends each change, made when it is asked for.
    ///
    /// @param most how many changes there are at most, told first
    public Result end(IntConsumer most, Consumer<Change> taker) {
        var gone = matchStrangers();
        most.accept(changes.size() + matches.size() + gone.size());
        changes.forEach(taker);
        matches.forEach(match -> take(match.before(), match.row()).ifPresent(taker));
        gone.forEach(row -> taker.accept(removal(row)));
        return new Result(present, added, changed, unchanged, removed, withoutValue);
    }

    /// {@return states that the source no longer has}
    private List<Kept> matchStrangers() {
        var byAccount = new HashMap<Found.Account, Deque<Kept>>();
        strangers.forEach(row ->
                byAccount
                        .computeIfAbsent(row.account().folded(), _ -> new ArrayDeque<>())
                        .add(row));
        waiting.values().forEach(row -> matches.add(new Match(Optional.empty(), row)));
        matches.replaceAll(match -> {
            var states = Optional.ofNullable(byAccount.get(match.row().account().folded()));
            return new Match(states.flatMap(same -> Optional.ofNullable(same.poll())), match.row());
        });
        return byAccount.values().stream()
                .flatMap(Deque::stream)
                .filter(row -> complete && row.isPresent())
                .toList();
    }

    private Optional<Change> take(Optional<Kept> before, Found row) {
        if (row.value().isEmpty()) {
            withoutValue++;
        }
        var mark = row.value().map(terms.marker());
        boolean newValue = mark.isPresent() && !mark.equals(before.flatMap(Kept::mark));
        var after = after(before, row, mark, newValue);
        if (before.isPresent() && before.get().saysTheSameAs(after)) {
            unchanged++;
            return Optional.empty();
        }
        if (before.filter(Kept::isPresent).isPresent()) {
            changed++;
        } else {
            added++;
        }
        return Optional.of(new Change(before, after, newValue ? row.value() : Optional.empty()));
    }

    private Kept after(Optional<Kept> before, Found row, Optional<Bytes> mark, boolean newValue) {
        int version = before.map(Kept::version).orElse(0) + (newValue ? 1 : 0);
        var validity = row.validity();
        boolean old = validity.isUnknown() && before.isPresent(); // the list often leaves it out
        return new Kept(
                before.map(Kept::id).orElseGet(terms.ids()),
                terms.generation(),
                terms.source(),
                Kept.State.PRESENT,
                row.externalId(),
                row.account(),
                row.resourceIp(),
                row.accountType(),
                Kept.join(row.domains()),
                version,
                mark.or(() -> before.flatMap(Kept::mark)),
                row.value().isPresent(),
                old ? before.get().expires() : Kept.expires(validity.expires()),
                old ? before.get().expiryChecked() : validity.checked(),
                old ? before.get().connectivity() : validity.connectivity(),
                validity.rotateDays(),
                validity.nextRotation(),
                row.changedAtSource(),
                newValue || before.isEmpty() ? terms.now() : before.get().changed(),
                before.map(Kept::firstSeen).orElse(terms.now()),
                Optional.empty(),
                Optional.empty(),
                before.map(Kept::drift).orElse(0),
                before.flatMap(Kept::counterpart));
    }

    private Change removal(Kept row) {
        removed++;
        return new Change(
                Optional.of(row),
                row.gone(terms.generation(), terms.lastSeen(), terms.now()),
                Optional.empty());
    }
}
