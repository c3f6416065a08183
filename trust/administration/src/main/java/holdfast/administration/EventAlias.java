package holdfast.administration;

import static java.util.Map.entry;

import holdfast.ledger.Entry;
import java.util.Map;
import java.util.Optional;

/// The other name of some types: what programs know that listened to a vault before, for example `CREDENTIAL_CREATED`.
/// Shown beside the type and taken as a filter; one alias may stand for several types.
final class EventAlias {
    private static final String BATCH = "secret.batch";

    /// By type of event. `openapi.yaml` shows the same.
    static final Map<String, String> BY_TYPE =
            Map.ofEntries(
                    entry("secret.create", "CREDENTIAL_CREATED"),
                    entry("secret.update", "CREDENTIAL_UPDATED"),
                    entry("secret.rollback", "CREDENTIAL_UPDATED"),
                    entry("secret.delete", "CREDENTIAL_DELETED"),
                    entry("secret.destroy", "CREDENTIAL_DELETED"),
                    entry("secret.expire", "CREDENTIAL_EXPIRED"),
                    entry("secret.read", "CREDENTIAL_ACCESSED"),
                    entry("secret.reveal", "CREDENTIAL_ACCESSED"),
                    entry("secret.compare", "CREDENTIAL_ACCESSED"),
                    entry("credential.reveal", "CREDENTIAL_ACCESSED"),
                    entry("credential.export", "CREDENTIAL_ACCESSED"),
                    entry("share.create", "CREDENTIAL_SHARED"),
                    entry("share.offer", "CREDENTIAL_SHARED"),
                    entry("link.create", "CREDENTIAL_SHARED"),
                    entry("share.revoke", "CREDENTIAL_UNSHARED"),
                    entry("share.end", "CREDENTIAL_UNSHARED"),
                    entry("link.revoke", "CREDENTIAL_UNSHARED"),
                    entry("share.open", "CREDENTIAL_ACCESSED"),
                    entry("share.pass", "CREDENTIAL_SHARED"),
                    entry("share.write", "CREDENTIAL_UPDATED"),
                    entry("link.miss", "SECURITY_ALERT"),
                    entry("link.refuse", "SECURITY_ALERT"),
                    entry("quota.warn", "QUOTA_WARNING"),
                    entry("access.refuse", "SECURITY_ALERT"),
                    entry("session.refuse", "SECURITY_ALERT"),
                    entry("nobody.refuse", "SECURITY_ALERT"),
                    entry("secret.miss", "SECURITY_ALERT"),
                    entry("tenant.create", "TENANT_CREATED"),
                    entry("tenant.update", "TENANT_UPDATED"),
                    entry("tenant.limit", "TENANT_UPDATED"),
                    entry("tenant.suspend", "TENANT_SUSPENDED"),
                    entry("tenant.activate", "TENANT_ACTIVATED"),
                    entry("tenant.delete", "TENANT_DELETED"));

    /// Of a call for many, by what it did: the canonical text of its details names it.
    private static final Map<String, String> BY_OPERATION =
            Map.of(
                    "\"operation\":\"create\"", "CREDENTIAL_CREATED",
                    "\"operation\":\"read\"", "CREDENTIAL_ACCESSED",
                    "\"operation\":\"update\"", "CREDENTIAL_UPDATED",
                    "\"operation\":\"delete\"", "CREDENTIAL_DELETED");

    private EventAlias() {}

    static Optional<String> of(Entry entry) {
        return entry.action().equals(BATCH)
                ? BY_OPERATION.entrySet().stream()
                        .filter(one -> entry.body().contains(one.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                : Optional.ofNullable(BY_TYPE.get(entry.action()));
    }
}
