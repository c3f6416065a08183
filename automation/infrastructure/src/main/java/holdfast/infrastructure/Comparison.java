package holdfast.infrastructure;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a source says now, against what is stored of it. Pure: reads no clock, no database.
///
/// A credential is matched by the source's id, else by what people know it by (an id may change when a host is added again).
final class Comparison {
    private final SourceKind source;
    private final long generation;
    private final Instant now;
    private final Optional<Instant> lastSeen;
    private final Function<SecretBytes, Bytes> marker;
    private final Supplier<UUID> ids;
    private final List<Change> changes = new ArrayList<>();
    private int added;
    private int changed;
    private int unchanged;
    private int removed;
    private int withoutValue;

    /// @param generation the one that will show the changes
    /// @param lastSeen   when the source was last read before now
    Comparison(
            SourceKind source,
            long generation,
            Instant now,
            Optional<Instant> lastSeen,
            Function<SecretBytes, Bytes> marker,
            Supplier<UUID> ids) {
        this.source = source;
        this.generation = generation;
        this.now = now;
        this.lastSeen = lastSeen;
        this.marker = marker;
        this.ids = ids;
    }

    /// One state to store in place of another.
    ///
    /// @param value the new value, the row's own: empty when the value stays
    record Change(Optional<Kept> before, Kept after, Optional<SecretBytes> value) {}

    /// What is to be stored, and what it comes to.
    ///
    /// @param present how many are present before
    record Result(
            List<Change> changes,
            int present,
            int added,
            int changed,
            int unchanged,
            int removed,
            int withoutValue) {
        /// {@return how many are present afterwards}
        int presentAfter() {
            return present + added - removed;
        }

        /// {@return whether so much would vanish that a person should look first}
        boolean losesMoreThan(int percent) {
            return removed > 0
                    && (presentAfter() == 0 || (long) removed * 100 > (long) percent * present);
        }
    }

    Result compare(List<Kept> stored, Fetched fetched) {
        var byId = new HashMap<String, Kept>();
        var byAccount = new HashMap<Found.Account, Deque<Kept>>();
        for (var row : stored) {
            byId.put(row.externalId(), row);
            byAccount.computeIfAbsent(row.account().folded(), _ -> new ArrayDeque<>()).add(row);
        }
        var matched = new HashSet<UUID>();
        var rest = new ArrayList<Found>();
        for (var row : fetched.rows()) {
            var before = byId.get(row.externalId());
            if (before != null && matched.add(before.id())) {
                take(Optional.of(before), row);
            } else {
                rest.add(row);
            }
        }
        rest.forEach(row -> take(unmatched(byAccount, row, matched), row));
        int present = (int) stored.stream().filter(Kept::isPresent).count();
        if (fetched.complete()) {
            stored.stream()
                    .filter(row -> row.isPresent() && !matched.contains(row.id()))
                    .forEach(this::remove);
        }
        return new Result(changes, present, added, changed, unchanged, removed, withoutValue);
    }

    private static Optional<Kept> unmatched(
            Map<Found.Account, Deque<Kept>> byAccount, Found row, Set<UUID> matched) {
        var candidates = byAccount.getOrDefault(row.account().folded(), new ArrayDeque<>());
        while (!candidates.isEmpty()) {
            var candidate = candidates.poll();
            if (matched.add(candidate.id())) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void take(Optional<Kept> before, Found row) {
        if (row.value().isEmpty()) {
            withoutValue++;
        }
        var mark = row.value().map(marker);
        boolean newValue = mark.isPresent() && !mark.equals(before.flatMap(Kept::mark));
        var after = after(before, row, mark, newValue);
        if (before.isPresent() && before.get().saysTheSameAs(after)) {
            unchanged++;
            return;
        }
        if (before.filter(Kept::isPresent).isPresent()) {
            changed++;
        } else {
            added++;
        }
        changes.add(new Change(before, after, newValue ? row.value() : Optional.empty()));
    }

    private Kept after(Optional<Kept> before, Found row, Optional<Bytes> mark, boolean newValue) {
        int version = before.map(Kept::version).orElse(0) + (newValue ? 1 : 0);
        var validity = row.validity();
        boolean old = validity.isUnknown() && before.isPresent(); // the list often leaves it out
        return new Kept(
                before.map(Kept::id).orElseGet(ids),
                generation,
                source,
                Credential.State.PRESENT,
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
                newValue || before.isEmpty() ? now : before.get().changed(),
                before.map(Kept::firstSeen).orElse(now),
                Optional.empty(),
                Optional.empty(),
                before.map(Kept::drift).orElse(0),
                before.flatMap(Kept::counterpart));
    }

    private void remove(Kept row) {
        removed++;
        changes.add(
                new Change(
                        Optional.of(row), row.gone(generation, lastSeen, now), Optional.empty()));
    }
}
