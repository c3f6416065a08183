package holdfast.kernel;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A request that was refused for a reason its caller can understand. Rendered as an RFC 9457 problem.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<FieldError> fields;
    private final transient Map<String, String> params;

    Refusal(Problem problem, String detail) {
        this(problem, detail, List.of(), Map.of());
    }

    private Refusal(
            Problem problem, String detail, List<FieldError> fields, Map<String, String> params) {
        super(detail, null, false, false); // a refusal is an answer, not a fault: no stack trace
        this.problem = problem;
        this.fields = fields;
        this.params = params;
    }

    /// {@return a refusal of the whole list of bad fields at once}
    public static Refusal of(List<FieldError> fields) {
        return new Refusal(
                Problem.INVALID,
                fields.size() == 1
                        ? fields.getFirst().detail()
                        : "%d fields".formatted(fields.size()),
                List.copyOf(fields),
                Map.of());
    }

    /// {@return the same refusal with a parameter that an interface in another language can use}
    public Refusal with(String name, Object value) {
        var more = new TreeMap<>(params);
        more.put(name, String.valueOf(value));
        return new Refusal(problem, detail(), fields, Map.copyOf(more));
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        var message = getMessage();
        return message == null ? problem.title() : message;
    }

    public List<FieldError> fields() {
        return fields;
    }

    public Map<String, String> params() {
        return params;
    }
}
