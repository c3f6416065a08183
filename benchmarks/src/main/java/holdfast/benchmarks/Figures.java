package holdfast.benchmarks;

import java.util.List;

/// What several measurements of one thing say together.
///
/// @param sorted least first; not empty
record Figures(List<Double> sorted) {
    static Figures of(List<Double> measured) {
        return new Figures(measured.stream().sorted().toList());
    }

    double least() {
        return sorted.getFirst();
    }

    double most() {
        return sorted.getLast();
    }

    double median() {
        return quantile(0.5);
    }

    /// @param part 0 to 1
    double quantile(double part) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
    }
}
