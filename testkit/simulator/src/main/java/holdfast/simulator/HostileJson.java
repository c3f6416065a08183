package holdfast.simulator;

/// Makes a proper body into one that a reader must not trip over.
final class HostileJson {
    private HostileJson() {}

    static String of(Fault fault, String body) {
        return switch (fault.kind()) {
            case DEEP_JSON -> {
                int depth = fault.number();
                yield first(body, "\"further\":" + "[".repeat(depth) + "]".repeat(depth));
            }
            case HUGE_NUMBER -> number(body, "9".repeat(fault.number()));
            case DUPLICATE_MEMBERS ->
                    first(
                            body.replace(
                                    "\"password\":", "\"password\":\"First!Twin\",\"password\":"),
                            "\"elements\":[]");
            case NOT_A_NUMBER -> first(body, "\"further\":NaN");
            case HALF_CHARACTER -> body.replace("\"password\":\"", "\"password\":\"\\ud800");
            case NO_ELEMENTS -> body.replaceFirst("\"elements\":", "\"items\":");
            default -> body;
        };
    }

    private static String number(String body, String digits) {
        var replaced = body.replaceFirst("\"totalElements\":\\d+", "\"totalElements\":" + digits);
        return replaced.equals(body) ? first(body, "\"further\":" + digits) : replaced;
    }

    /// A member before all others; what is no object stays.
    private static String first(String body, String member) {
        return body.startsWith("{") && body.length() > 2
                ? "{" + member + "," + body.substring(1)
                : body;
    }
}
