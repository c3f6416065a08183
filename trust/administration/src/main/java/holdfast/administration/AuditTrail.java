package holdfast.administration;

import holdfast.access.Action;
import holdfast.access.Scope;
import holdfast.kernel.Page;
import holdfast.kernel.Problem;
import holdfast.ledger.Entry;
import holdfast.ledger.Ledger;
import holdfast.ledger.Search;
import holdfast.ledger.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The ledger as far as a scope reaches: all of the tenant, or one's own actions.
final class AuditTrail {
    private static final int WINDOW = 1_000;

    private final Ledger ledger;

    AuditTrail(Ledger ledger) {
        this.ledger = ledger;
    }

    static boolean isVisible(Scope scope, Entry entry) {
        return scope.everything() || entry.actor().equals(scope.principal().id());
    }

    Page<Entry> search(Scope scope, Search wanted) {
        scope.requireFor(Action.READ_AUDIT);
        return ledger.search(scope.tenant(), narrowed(scope, wanted));
    }

    /// {@return from when on events have their details; empty while none has lost them}
    Optional<Instant> wholeSince(Scope scope) {
        scope.requireFor(Action.READ_AUDIT);
        return ledger.wholeSince(scope.tenant());
    }

    List<Tally> tallies(Scope scope, Search wanted) {
        scope.requireFor(Action.READ_AUDIT);
        return ledger.tallies(scope.tenant(), narrowed(scope, wanted));
    }

    /// @throws holdfast.kernel.Refusal NOT_FOUND, also for the event of somebody else
    Entry entry(Scope scope, long sequence) {
        scope.requireFor(Action.READ_AUDIT);
        return ledger.entry(scope.tenant(), sequence)
                .filter(found -> isVisible(scope, found))
                .orElseThrow(() -> Problem.NOT_FOUND.because("there is no such event"));
    }

    /// Walks over everything that matches, newest first, window by window: no transaction stays open meanwhile.
    void walk(Scope scope, Search wanted, Consumer<Entry> visitor) {
        var before = wanted.before();
        while (true) {
            var window = ledger.window(scope.tenant(), narrowed(scope, at(wanted, before, WINDOW)));
            window.forEach(visitor);
            if (window.size() < WINDOW) {
                return;
            }
            before = Optional.of(window.getLast().sequence());
        }
    }

    /// Own actions are a condition of the query, never a filter after paging.
    private static Search narrowed(Scope scope, Search wanted) {
        if (scope.everything()) {
            return wanted;
        }
        var self = scope.principal().id();
        if (wanted.actor().filter(actor -> !actor.equals(self)).isPresent()) {
            throw Problem.NOT_PERMITTED.because("you see your own actions only");
        }
        return new Search(
                wanted.from(),
                wanted.to(),
                wanted.action(),
                Optional.of(self),
                wanted.resource(),
                wanted.outcome(),
                wanted.severity(),
                wanted.text(),
                wanted.before(),
                wanted.limit());
    }

    private static Search at(Search wanted, Optional<Long> before, int limit) {
        return new Search(
                wanted.from(),
                wanted.to(),
                wanted.action(),
                wanted.actor(),
                wanted.resource(),
                wanted.outcome(),
                wanted.severity(),
                wanted.text(),
                before,
                limit);
    }
}
