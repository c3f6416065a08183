package holdfast.app;

import static holdfast.app.Neighbours.FIRST;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What one tenant asks of what another keeps, by operation.
final class AskedOfOthers {
    private static final Map<String, String> PLAIN = Map.of("plaintext", "eA==");

    private static final Map<String, String> WRAPPED = Map.of("ciphertext", "hfkc1:1:eA==");

    private static final Map<String, String> MESSAGE = Map.of("input", "eA==");

    private static final Map<String, String> SIGNED =
            Map.of("input", "eA==", "signature", "hfks1:1:eA==");

    private static final Map<String, String> AUTHENTICATED =
            Map.of("input", "eA==", "hmac", "hfkm1:1:eA==");

    /// Bodies that get past the reading, so that the look for the thing decides.
    static final Map<String, Object> BODIES =
            Map.ofEntries(
                    Map.entry("updateUser", Map.of("role", "USER", "fullName", "Mallory")),
                    Map.entry("updateMachine", Map.of("role", "ADMIN")),
                    Map.entry(
                            "createMachineToken",
                            Map.of(
                                    "name",
                                    "t",
                                    "permissions",
                                    List.of("READ_SECRET"),
                                    "expiresInDays",
                                    1)),
                    Map.entry("resetUser", Map.of("password", "Another-9-Llamas!")),
                    Map.entry("updateRole", Map.of("permissions", List.of("READ_ENVIRONMENT"))),
                    Map.entry("exportKeepass", Map.of("passphrase", FIRST)),
                    Map.entry("updateTenant", Map.of("tier", "FREE")),
                    Map.entry("limitTenant", Map.of("limits", List.of())),
                    Map.entry("addTenantUser", Map.of("username", "bea", "role", "ADMIN")),
                    Map.entry("changeSecret", Map.of("notes", "Mallory's")),
                    Map.entry("putSecretVersion", Map.of("value", "stolen")),
                    Map.entry("rollBackSecret", Map.of("version", 1)),
                    Map.entry("encryptWithKey", PLAIN),
                    Map.entry("encryptManyWithKey", Map.of("items", List.of(PLAIN))),
                    Map.entry("decryptWithKey", WRAPPED),
                    Map.entry("decryptManyWithKey", Map.of("items", List.of(WRAPPED))),
                    Map.entry("rewrapWithKey", WRAPPED),
                    Map.entry("rewrapManyWithKey", Map.of("items", List.of(WRAPPED))),
                    Map.entry("signWithKey", MESSAGE),
                    Map.entry("signManyWithKey", Map.of("items", List.of(MESSAGE))),
                    Map.entry("hmacWithKey", MESSAGE),
                    Map.entry("hmacManyWithKey", Map.of("items", List.of(MESSAGE))),
                    Map.entry("verifyWithKey", SIGNED),
                    Map.entry("verifyManyWithKey", Map.of("items", List.of(SIGNED))),
                    Map.entry("verifyHmacWithKey", AUTHENTICATED),
                    Map.entry("verifyManyHmacsWithKey", Map.of("items", List.of(AUTHENTICATED))),
                    Map.entry(
                            "shareSecret",
                            Map.of(
                                    "with",
                                    Map.of("kind", "ROLE", "role", "ADMIN"),
                                    "permission",
                                    "FULL")),
                    Map.entry("changeSharedSecret", Map.of("notes", "theirs")),
                    Map.entry("putSharedVersion", Map.of("value", "theirs")),
                    Map.entry("rollBackSharedSecret", Map.of("version", 1)),
                    Map.entry(
                            "passShare",
                            Map.of(
                                    "with",
                                    Map.of("kind", "TENANT", "id", new UUID(7, 7).toString()),
                                    "permission",
                                    "READ")),
                    Map.entry("changeShare", Map.of("permission", "FULL")),
                    Map.entry("createLink", Map.of("expires", "2099-01-01T00:00:00Z")));

    private AskedOfOthers() {}
}
