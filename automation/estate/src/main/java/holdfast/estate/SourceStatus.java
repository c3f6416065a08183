package holdfast.estate;

import holdfast.vcf.Status;

/// How a source stands: the last run worked, or why it did not. The sentence is what people read.
public enum SourceStatus {
    OK("The last sync worked."),
    NEVER("Not synced yet."),
    RUNNING("A sync is running."),
    HELD("The last sync would remove much and waits for confirmation."),
    EMPTY("The source has no credentials."),
    INTERRUPTED("The server stopped during the sync; nothing was changed."),
    LOGIN_REFUSED(Status.LOGIN_REFUSED),
    NOT_ALLOWED(Status.NOT_ALLOWED),
    CERTIFICATE_CHANGED(Status.CERTIFICATE_CHANGED),
    CERTIFICATE_UNTRUSTED(Status.CERTIFICATE_UNTRUSTED),
    TLS_FAILED(Status.TLS_FAILED),
    NAME_UNKNOWN(Status.NAME_UNKNOWN),
    ADDRESS_FORBIDDEN(Status.ADDRESS_FORBIDDEN),
    CONNECTION_REFUSED(Status.CONNECTION_REFUSED),
    TIMED_OUT(Status.TIMED_OUT),
    CUT(Status.CUT),
    WRONG_ROLE(Status.WRONG_ROLE),
    NOTHING_DEPLOYED(Status.NOTHING_DEPLOYED),
    UNREADABLE(Status.UNREADABLE),
    BUSY(Status.BUSY),
    RESTARTING(Status.RESTARTING),
    TOO_LARGE(Status.TOO_LARGE),
    FAILED(Status.FAILED);

    private final String sentence;

    SourceStatus(String sentence) {
        this.sentence = sentence;
    }

    SourceStatus(Status answer) {
        this(answer.sentence());
    }

    /// {@return how a source stands whose appliance answered like this; every answer has its namesake}
    public static SourceStatus of(Status answer) {
        return valueOf(answer.name());
    }

    public String sentence() {
        return sentence;
    }

    /// {@return whether going on by schedule could do harm}
    public boolean stopsSchedule() {
        return this == LOGIN_REFUSED || this == CERTIFICATE_CHANGED;
    }

    /// {@return whether it may be over in a moment, without anybody's help}
    public boolean passes() {
        return this == TIMED_OUT || this == CUT || this == RESTARTING || this == CONNECTION_REFUSED;
    }

    /// {@return whether somebody should look at it}
    public boolean isBad() {
        return this != OK && this != NEVER && this != RUNNING && this != EMPTY;
    }
}
