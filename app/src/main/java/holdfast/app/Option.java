package holdfast.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Everything an operator can set. `docs/configuration.md` lists the options one to one.
///
/// One name in three spellings: `state-dir` in `holdfast.yaml`, `HOLDFAST_STATE_DIR` in the environment,
/// `--state-dir` as a flag; the later wins. `<NAME>_FILE` names a file that holds the value.
enum Option {
    STATE_DIR("", "Where the database, the keys and the own certificate live; 0700."),
    LOG_DIR("", "Where the log files go; empty means `log` inside the state directory."),
    ADDRESS("0.0.0.0", "The address to listen on."),
    PORT("8443", "The HTTPS port, 1-65535; 0 takes any free one."),
    PLAIN_PORT("0", "A plain HTTP port on 127.0.0.1 for a proxy in front; 0 is off."),
    TRUSTED_PROXIES("", "Addresses or networks whose `proxy-header` counts, separated by commas."),
    PROXY_HEADER(
            "x-forwarded-for",
            "The header those proxies write: `x-forwarded-for` or `forwarded` (RFC 7239)."),
    PUBLIC_NAMES(
            "",
            "Names and addresses for the own certificate, separated by commas; empty finds them."),
    TLS_CERTIFICATE(
            "",
            "A PEM file with the certificate chain, leaf first; empty means the own certificate."),
    TLS_KEY("", "The PEM file (PKCS #8) with the key of `tls-certificate`."),
    DATABASE_URL(
            "", "A JDBC URL `jdbc:postgresql://…`; empty means SQLite in the state directory."),
    DATABASE_USER("", "The role the server works with: owns nothing, is no superuser."),
    DATABASE_PASSWORD("", "The password of `database-user`."),
    DATABASE_OWNER("", "The role that owns the tables and runs migrations."),
    DATABASE_OWNER_PASSWORD("", "The password of `database-owner`."),
    DATABASE_BACKED_UP(
            "",
            "Which state of the PostgreSQL tables you have backed up, as a refused start names it, or `always`;"
                    + " without it rows are not migrated."),
    UNSEAL("key-file", "How the root key is unsealed: `key-file` or `passphrase`."),
    KEY_FILE("", "The key file; empty means `master.key` in the state directory."),
    PASSPHRASE("", "The passphrase for `unseal: passphrase`, 16 characters or more."),
    PASSWORD_CLASSES(
            "0",
            "How many of small letters, capitals, digits and others a password must have, 0-4."),
    PASSWORD_BREACHED(
            "", "A text file of passwords that nobody may choose, one a line; empty is none."),
    OUTBOUND_LOOPBACK("false", "Whether sources may be at loopback addresses; for trials only."),
    OUTBOUND_DENY("", "Networks no source may be in, separated by commas."),
    REQUESTS_IN_FLIGHT(
            "1000", "Requests answered at once, 8-100000; more wait briefly, then get 503."),
    RATE_SIGN_IN("50", "Sign-in calls of one address in five minutes, 5-1000000."),
    RATE_API("12000", "Ordinary calls of one caller in a minute, 60-1000000."),
    RATE_HEAVY("120", "Exports, imports and syncs of one caller in a minute, 1-1000000."),
    LOG_LEVEL("INFO", "DEBUG, INFO, WARNING, ERROR or CRITICAL."),
    LOG_FORMAT("text", "`text` or `json`."),
    NODES("1", "How many servers share the database; more than 1 needs PostgreSQL.");

    private final String fallback;
    private final String description;

    Option(String fallback, String description) {
        this.fallback = fallback;
        this.description = description;
    }

    String fallback() {
        return fallback;
    }

    String description() {
        return description;
    }

    /// {@return the name in `holdfast.yaml`, for example `state-dir`}
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// {@return the name in the environment, for example `HOLDFAST_STATE_DIR`}
    String variable() {
        return "HOLDFAST_" + name();
    }

    boolean isSecret() {
        return name().contains("PASS");
    }

    static Optional<Option> ofKey(String key) {
        return Arrays.stream(values()).filter(option -> option.key().equals(key)).findFirst();
    }
}
