package holdfast.vcf;

/// How an appliance answered: well, or why not. The sentence is what people read.
public enum Status {
    OK("Everything that was asked for was answered."),
    LOGIN_REFUSED(
            "The login was refused. The schedule is stopped, so that the account is not locked;"
                    + " save the password again."),
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
    INTERRUPTED("The server stopped during the sync; nothing was changed."),
    FAILED("The sync failed.");

    private final String sentence;

    Status(String sentence) {
        this.sentence = sentence;
    }

    /// {@return what it means and what to do}
    public String sentence() {
        return sentence;
    }
}
