package holdfast.kernel;

/// Every way a request can be refused, as RFC 9457 problem types. `docs/problems.md` lists them one to one.
///
/// `code()` is what programs compare; it never changes meaning.
public enum Problem {
    MALFORMED(400, "malformed", "The request could not be understood"),
    INVALID(400, "invalid", "Some fields are not valid"),
    UNAUTHENTICATED(401, "unauthenticated", "Sign in first"),
    SIGN_IN_REFUSED(401, "sign-in-refused", "The sign-in was refused"),
    PROOF_REQUIRED(401, "proof-required", "Solve the proof of work first"),
    NOT_PERMITTED(403, "not-permitted", "You may not do this"),
    STEP_UP_REQUIRED(403, "step-up-required", "Confirm your password first"),
    CROSS_SITE(403, "cross-site", "The request came from another site"),
    NOT_FOUND(404, "not-found", "There is nothing here that you may see"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "This address does not know that method"),
    CONFLICT(409, "conflict", "The request conflicts with what is stored"),
    ALREADY_RUNNING(409, "already-running", "The same job is already running"),
    QUOTA_EXCEEDED(409, "quota-exceeded", "The tenant has used up its quota"),
    VERSION_CONFLICT(412, "version-conflict", "Somebody changed this in the meantime"),
    TOO_LARGE(413, "too-large", "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The content type is not supported"),
    PRECONDITION_REQUIRED(428, "precondition-required", "Say which version you saw"),
    TOO_MANY_REQUESTS(429, "too-many-requests", "Too many requests"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The request headers are too large"),
    INTERNAL(500, "internal", "The server failed"),
    UPSTREAM_FAILED(502, "upstream-failed", "The other system did not answer as it should"),
    UNAVAILABLE(503, "unavailable", "The server cannot do this now"),
    SEALED(503, "sealed", "The keys are sealed"),
    STORAGE_FULL(507, "storage-full", "The storage is full");

    private final int status;
    private final String code;
    private final String title;

    Problem(int status, String code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /// {@return the stable name, for example `not-found`}
    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    /// {@return the problem type, RFC 9457 §3.1.1}
    public String type() {
        return "urn:holdfast:problem:" + code;
    }

    /// @param detail shown to the caller: says what to change, never echoes a secret
    public Refusal because(String detail) {
        return new Refusal(this, detail);
    }
}
