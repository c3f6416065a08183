package holdfast.infrastructure;

/// How a source stands: the last run worked, or why it did not. The sentence is what people read.
public enum SourceStatus {
    OK("The last sync worked."),
    NEVER("Not synced yet."),
    RUNNING("A sync is running."),
    HELD("The last sync would remove much and waits for confirmation."),
    LOGIN_REFUSED(
            "The login was refused. The schedule is stopped, so that the account is not locked; save the"
                    + " password again."),
    NOT_ALLOWED("The account may not read credentials: it needs the role ADMIN in SDDC Manager."),
    CERTIFICATE_CHANGED(
            "Another certificate than the confirmed one was shown. Nothing was sent; compare the"
                    + " fingerprints, then confirm the new one."),
    CERTIFICATE_UNTRUSTED("The certificate is not trusted. Nothing was sent."),
    TLS_FAILED("No secure connection could be made."),
    NAME_UNKNOWN("The host name is not known."),
    ADDRESS_FORBIDDEN("The address is not allowed by this server's address policy."),
    CONNECTION_REFUSED("Nothing answers at this address and port."),
    TIMED_OUT("The appliance did not answer in time."),
    CUT("The connection was cut before the answer was complete."),
    WRONG_ROLE("This is another kind of appliance than the source says."),
    NOTHING_DEPLOYED("The Installer has not deployed anything yet."),
    UNREADABLE("The answer could not be understood."),
    BUSY("The appliance asks for fewer requests."),
    RESTARTING("The services of the appliance are restarting or not available."),
    TOO_LARGE("The answer is larger than expected."),
    EMPTY("The source has no credentials."),
    INTERRUPTED("The server stopped during the sync; nothing was changed."),
    FAILED("The sync failed.");

    private final String sentence;

    SourceStatus(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    /// {@return whether going on by schedule could do harm}
    boolean stopsSchedule() {
        return this == LOGIN_REFUSED || this == CERTIFICATE_CHANGED;
    }

    /// {@return whether somebody should look at it}
    boolean isBad() {
        return this != OK && this != NEVER && this != RUNNING && this != EMPTY;
    }
}
