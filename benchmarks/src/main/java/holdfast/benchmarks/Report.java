package holdfast.benchmarks;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// JSON lines, one for each case.
final class Report {
    private static final JsonMapper JSON = new JsonMapper();

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    Line line(String benchmark, String what) {
        return new Line().with("benchmark", benchmark).with("case", what);
    }

    /// One case: figures first, then the aim it is held against.
    final class Line {
        private final Map<String, Object> values = new LinkedHashMap<>();

        Line with(String name, Object value) {
            values.put(name, value instanceof Double number ? rounded(number) : value);
            return this;
        }

        /// @param unit of all figures, for example `ms`
        Line spread(Figures figures, String unit) {
            return with("unit", unit)
                    .with("runs", figures.sorted().size())
                    .with("min", figures.least())
                    .with("median", figures.median())
                    .with("max", figures.most());
        }

        /// @param unit of all figures, for example `ms`
        Line quantiles(Figures figures, String unit) {
            return with("unit", unit)
                    .with("samples", figures.sorted().size())
                    .with("p50", figures.median())
                    .with("p99", figures.quantile(0.99))
                    .with("max", figures.most());
        }

        /// @param got what is held against the aim
        Line atMost(double aim, double got) {
            return with("aim", "at most " + text(aim)).with("reached", got <= aim);
        }

        /// @param got what is held against the aim
        Line atLeast(double aim, double got) {
            return with("aim", "at least " + text(aim)).with("reached", got >= aim);
        }

        void print() {
            out.println(JSON.writeValueAsString(values));
            out.flush();
        }
    }

    private static String text(double aim) {
        return aim == Math.rint(aim) ? Long.toString((long) aim) : Double.toString(aim);
    }

    /// Three digits that count, no more.
    private static Object rounded(double value) {
        if (Math.abs(value) >= 100) {
            return Math.round(value);
        }
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(3))
                .stripTrailingZeros();
    }
}
