package holdfast.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The faults that are switched on, and how often each has struck. Safe to call from many threads.
public final class Faults {
    /// A fault and its count.
    private static final class Armed {
        private final Fault fault;
        private int seen;
        private int struck;

        private Armed(Fault fault) {
            this.fault = fault;
        }

        private boolean strikes() {
            seen++;
            if (seen <= fault.skip() || isSpent()) {
                return false;
            }
            struck++;
            return true;
        }

        private boolean isSpent() {
            return fault.times() > 0 && struck >= fault.times();
        }
    }

    private final List<Armed> armed = new ArrayList<>();

    Faults(List<Fault> faults) {
        faults.forEach(fault -> armed.add(new Armed(fault)));
    }

    /// Switches `fault` on, beside those that are on.
    public synchronized void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    /// Switches everything off; what waits in SLOW and HOLD goes on.
    public synchronized void clear() {
        armed.clear();
        notifyAll();
    }

    /// Switches every fault of `kind` off.
    public synchronized void clear(FaultKind kind) {
        armed.removeIf(one -> one.fault.kind() == kind);
        notifyAll();
    }

    /// Those that are on and not yet spent.
    public synchronized List<Fault> list() {
        return armed.stream().filter(one -> !one.isSpent()).map(one -> one.fault).toList();
    }

    /// How often faults of `kind` that are on have struck.
    public synchronized int struck(FaultKind kind) {
        return armed.stream()
                .filter(one -> one.fault.kind() == kind)
                .mapToInt(one -> one.struck)
                .sum();
    }

    /// Those that hit `request`, in the order they were added; counts each.
    synchronized List<Fault> striking(Request request, Predicate<Fault> applicable) {
        return armed.stream()
                .filter(one -> one.fault.concerns(request) && applicable.test(one.fault))
                .filter(Armed::strikes)
                .map(one -> one.fault)
                .toList();
    }

    /// Waits until `fault` is switched off, at most for `limit`.
    synchronized void delay(Fault fault, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (armed.stream().anyMatch(one -> one.fault.equals(fault))) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }
}
