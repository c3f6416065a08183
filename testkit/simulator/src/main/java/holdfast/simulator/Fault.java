package holdfast.simulator;

import java.util.regex.Pattern;

/// One misbehaviour and the requests that it concerns.
///
/// Written `kind[=value][@path][;method=M][;skip=N][;times=N]`, for example `slow=2000@/v1/tokens;times=1`.
///
/// @param value  see [FaultKind]
/// @param method `GET` …; empty for every method
/// @param path   prefix of the path; empty for every path
/// @param skip   so many matching requests are spared first
/// @param times  so many are hit; 0 for no limit
public record Fault(FaultKind kind, String value, String method, String path, int skip, int times) {
    private static final Pattern TEXT =
            Pattern.compile(
                    "(?<kind>[a-z0-9-]+)(=(?<value>[^@;]*))?(@(?<path>[^;]*))?"
                            + "(;method=(?<method>[A-Z]+))?(;skip=(?<skip>\\d{1,9}))?(;times=(?<times>\\d{1,9}))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    public Fault {
        var number =
                switch (kind) {
                    case STATUS,
                            TOO_MANY_REQUESTS,
                            MID_WALK_401,
                            SLOW,
                            TRICKLE,
                            INFLATED_TOTAL,
                            DEEP_JSON,
                            HUGE_NUMBER,
                            HUGE_STRING ->
                            true;
                    case CUT -> !value.isEmpty();
                    default -> false;
                };
        if (number && !NUMBER.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    kind.text() + ": value must be a number, is '" + value + "'");
        }
    }

    public static Fault of(FaultKind kind) {
        return new Fault(kind, kind.initial(), "", "", 0, kind == FaultKind.MID_WALK_401 ? 1 : 0);
    }

    public static Fault of(FaultKind kind, String value) {
        return of(kind).with(value);
    }

    public static Fault of(FaultKind kind, int value) {
        return of(kind).with(Integer.toString(value));
    }

    /// @throws IllegalArgumentException when `text` is not of the form above
    public static Fault of(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "fault: must be kind[=value][@path][;method=M][;skip=N][;times=N], is '"
                            + text
                            + "'");
        }
        var fault = of(FaultKind.of(matcher.group("kind")));
        fault = matcher.group("value") == null ? fault : fault.with(matcher.group("value"));
        fault = matcher.group("path") == null ? fault : fault.on(matcher.group("path"));
        fault = matcher.group("method") == null ? fault : fault.onMethod(matcher.group("method"));
        fault =
                matcher.group("skip") == null
                        ? fault
                        : fault.skip(Integer.parseInt(matcher.group("skip")));
        return matcher.group("times") == null
                ? fault
                : fault.times(Integer.parseInt(matcher.group("times")));
    }

    public Fault with(String other) {
        return new Fault(kind, other, method, path, skip, times);
    }

    public Fault on(String prefix) {
        return new Fault(kind, value, method, prefix, skip, times);
    }

    public Fault onMethod(String only) {
        return new Fault(kind, value, only, path, skip, times);
    }

    public Fault skip(int first) {
        return new Fault(kind, value, method, path, first, times);
    }

    public Fault times(int limit) {
        return new Fault(kind, value, method, path, skip, limit);
    }

    boolean concerns(Request request) {
        return (method.isEmpty() || method.equals(request.method()))
                && request.path().startsWith(path);
    }

    int number() {
        return Integer.parseInt(value);
    }

    @Override
    public String toString() {
        return kind.text()
                + (value.isEmpty() ? "" : "=" + value)
                + (path.isEmpty() ? "" : "@" + path)
                + (method.isEmpty() ? "" : ";method=" + method)
                + (skip == 0 ? "" : ";skip=" + skip)
                + (times == 0 ? "" : ";times=" + times);
    }
}
