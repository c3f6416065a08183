package holdfast.infrastructure;

import holdfast.kernel.SecretBytes;
import java.util.Optional;
import java.util.SequencedMap;

/// What a row of an exported file says, the same in every format.
final class Columns {
    private Columns() {}

    /// {@return the texts of one row by the names of the columns, in their order; empty where there is nothing}
    static SequencedMap<String, String> of(Credential credential, Optional<SecretBytes> value) {
        var row = new java.util.LinkedHashMap<String, String>();
        row.put("resourceName", credential.resourceName());
        row.put("resourceType", credential.resourceType());
        row.put("resourceIp", credential.resourceIp().orElse(""));
        row.put("username", credential.username());
        row.put("password", value.map(SecretBytes::revealUtf8).orElse(""));
        row.put("credentialType", credential.credentialType());
        row.put("accountType", credential.accountType());
        row.put("domains", String.join(", ", credential.domains()));
        row.put("source", credential.source().name());
        row.put("state", credential.state().name());
        row.put("version", Integer.toString(credential.version()));
        row.put("expires", credential.expires().map(Object::toString).orElse(""));
        row.put("retrievedAt", credential.retrievedAt().toString());
        return row;
    }

    /// {@return the names of the columns}
    static java.util.List<String> names() {
        return java.util.List.of(
                "resourceName",
                "resourceType",
                "resourceIp",
                "username",
                "password",
                "credentialType",
                "accountType",
                "domains",
                "source",
                "state",
                "version",
                "expires",
                "retrievedAt");
    }
}
