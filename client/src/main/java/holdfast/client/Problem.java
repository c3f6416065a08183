package holdfast.client;

import tools.jackson.databind.JsonNode;

/// What the server refused, in its own words (RFC 9457).
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient JsonNode problem;

    Problem(int status, JsonNode problem) {
        super("the server answered " + status, null, false, false);
        this.problem = problem;
    }

    String code() {
        return problem.path("code").asString("");
    }

    String param(String name) {
        return problem.path("params").path(name).asString("");
    }

    /// {@return one sentence with the code and the request id, then a line for each bad field}
    String sentence() {
        if (code().isEmpty()) {
            return getMessage() + ", but not as a Holdfast server would";
        }
        var text =
                new StringBuilder(problem.path("title").asString(""))
                        .append(": ")
                        .append(problem.path("detail").asString(""))
                        .append(" (")
                        .append(code())
                        .append(", request ")
                        .append(problem.path("instance").asString("").replace("urn:uuid:", ""))
                        .append(')');
        problem.path("errors")
                .forEach(error ->
                        text.append("\n  ")
                                .append(error.path("pointer").asString(""))
                                .append(": ")
                                .append(error.path("detail").asString("")));
        return text.toString();
    }
}
