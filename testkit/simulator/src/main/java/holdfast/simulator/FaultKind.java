package holdfast.simulator;

import java.util.Arrays;

/// The ways in which the simulator can misbehave. Each is switched by a [Fault].
public enum FaultKind {
    /// Answers with the status in the value (401, 403, 429, 500 …) instead of doing the work; 502 and 503 as HTML.
    STATUS("status", "500"),
    /// 429 with `Retry-After` of the value in seconds; a value of 0 leaves the header out.
    TOO_MANY_REQUESTS("too-many-requests", "1"),
    /// The token dies in the middle of a page walk: 401 on a page after the first.
    MID_WALK_401("mid-walk-401", "1"),
    /// Redirects to the URL in the value.
    REDIRECT("redirect", "https://127.0.0.1:1/"),
    /// Waits the value in milliseconds before the answer; ends early when the fault is cleared.
    SLOW("slow", "1000"),
    /// Waits until the fault is cleared.
    HOLD("hold", ""),
    /// Resets the connection without doing the work.
    DROP("drop", ""),
    /// Does the work, then resets the connection before a byte of the reply.
    RESET("reset", ""),
    /// Announces the whole body, sends the value in bytes of it, and breaks the connection; without a value, half.
    CUT("cut", ""),
    /// Sends white space for ever, one byte each value in milliseconds.
    TRICKLE("trickle", "50"),
    /// Sends JSON that does not end.
    ENDLESS("endless", ""),
    /// A proper response whose JSON stops half way.
    TRUNCATED_JSON("truncated-json", ""),
    /// A proper response whose body is no JSON.
    MALFORMED_JSON("malformed-json", ""),
    /// A member that no release knows, with the value in arrays inside each other.
    DEEP_JSON("deep-json", "10000"),
    /// `totalElements`, or a member that no release knows, with the value in digits.
    HUGE_NUMBER("huge-number", "100000"),
    /// Every object names `password` twice, the first time with another value; `elements` comes twice, empty first.
    DUPLICATE_MEMBERS("duplicate-members", ""),
    /// A member that is `NaN`, which is no JSON.
    NOT_A_NUMBER("not-a-number", ""),
    /// A list whose first `id` has the value in megabytes.
    HUGE_STRING("huge-string", "100"),
    /// Passwords that begin with half a surrogate pair: no character.
    HALF_CHARACTER("half-character", ""),
    /// The body is sent in ISO 8859-1, so that what is not ASCII is no UTF-8.
    NOT_UTF_8("not-utf-8", ""),
    /// The list under another name than `elements`.
    NO_ELEMENTS("no-elements", ""),
    /// 404 with an HTML page, as the reverse proxy answers while services restart.
    NOT_FOUND_PAGE("not-found-page", ""),
    /// 200 with an HTML page.
    HTML("html", ""),
    /// Values of enumerations that no release knows, in every third row.
    UNKNOWN_ENUM("unknown-enum", ""),
    /// Rows without the member in the value (`password`, `resource.domainName` …); `name:3` for every third row.
    MISSING_FIELD("missing-field", "password"),
    /// The same, with null.
    NULL_FIELD("null-field", "password"),
    /// The same, with an empty string.
    EMPTY_FIELD("empty-field", "password"),
    /// The same, with stars.
    MASKED_FIELD("masked-field", "password"),
    /// The same, with a number instead of a string.
    WRONG_TYPE("wrong-type", "password"),
    /// A row of the first page comes again on each later page; in one page, the first row comes twice.
    DUPLICATES("duplicates", ""),
    /// Two rows with the same type, name, credential type and user name, and different ids.
    TWINS("twins", ""),
    EMPTY_LIST("empty-list", ""),
    HALF_LIST("half-list", ""),
    /// The first row disappears after the first page was read, so that the rest moves up.
    VANISHING_ROW("vanishing-row", ""),
    NO_PAGE_METADATA("no-page-metadata", ""),
    /// `totalElements` and `totalPages` are larger than the truth by the value.
    INFLATED_TOTAL("inflated-total", "5"),
    /// The Installer's spec has a password member that no release knows.
    UNKNOWN_PASSWORD_FIELD("unknown-password-field", "");

    private final String text;
    private final String initial;

    FaultKind(String text, String initial) {
        this.text = text;
        this.initial = initial;
    }

    /// @throws IllegalArgumentException when there is no such fault
    public static FaultKind of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fault: unknown '" + text + "'"));
    }

    /// kebab-case, as on the command line and the control port.
    public String text() {
        return text;
    }

    /// The value when none is given.
    public String initial() {
        return initial;
    }
}
