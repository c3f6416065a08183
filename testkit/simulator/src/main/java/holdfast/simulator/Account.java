package holdfast.simulator;

/// Who logs in, and how.
///
/// @param credentialType SSO, SSH, API, FTP, AUDIT
/// @param accountType    USER, SYSTEM, SERVICE
public record Account(String credentialType, String accountType, String username) {
    boolean isService() {
        return accountType.equals("SERVICE");
    }
}
