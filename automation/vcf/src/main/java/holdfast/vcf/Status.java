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
    CERTIFICATE_UNTRUSTED(
            "The certificate is not trusted. Nothing was sent; compare its fingerprint with the"
                    + " appliance's, then confirm it."),
    TLS_FAILED(
            "No secure connection could be made; check that the port serves HTTPS with TLS 1.2 or"
                    + " 1.3."),
    NAME_UNKNOWN("The host name is not known; check its spelling and this server's DNS."),
    ADDRESS_FORBIDDEN(
            "The address is not allowed by this server's address policy; use another, or change the"
                    + " policy."),
    CONNECTION_REFUSED(
            "Nothing answers at this address and port; check both, and that the appliance runs."),
    TIMED_OUT(
            "The appliance did not answer in time; check the network and its load, then sync"
                    + " again."),
    CUT(
            "The connection was cut before the answer was complete; sync again, and look at what"
                    + " stands in between if it stays."),
    WRONG_ROLE(
            "This is another kind of appliance than the source says; correct the address or the"
                    + " kind of source."),
    NOTHING_DEPLOYED(
            "The Installer has not deployed anything yet; sync again after the deployment."),
    UNREADABLE(
            "The answer could not be understood; check that the address is the appliance itself,"
                    + " then sync again."),
    BUSY(
            "The appliance asks for fewer requests; the next sync tries again, or choose a longer"
                    + " interval."),
    RESTARTING(
            "The services of the appliance are restarting or not available; sync again in a few"
                    + " minutes."),
    TOO_LARGE(
            "The answer is larger than expected; check that the address is the appliance itself."),
    INTERRUPTED("The server stopped during the sync; nothing was changed. Sync again."),
    FAILED("The sync failed; sync again, and look into the server's log if it stays.");

    private final String sentence;

    Status(String sentence) {
        this.sentence = sentence;
    }

    /// {@return what it means and what to do}
    public String sentence() {
        return sentence;
    }
}
