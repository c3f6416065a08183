package holdfast.app;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks for everything that named keys can do.
final class KeyAnswers {
    private static final String TEXT =
            Base64.getEncoder().encodeToString("till".getBytes(StandardCharsets.UTF_8));

    private KeyAnswers() {}

    static void walk(DescribedAnswers api) throws Exception {
        api.call("createKey", Map.of("name", "till", "type", "AES256_GCM"));
        api.call("createKey", Map.of("name", "seal", "type", "ED25519"));
        api.get("listKeys");
        api.call("rotateKey", "{name}", "till");
        api.call("keyVersions", "{name}", "till");
        encrypt(api);
        sign(api);
        authenticate(api);
        end(api);
        api.get("listServiceKeys");
        api.call("rotateServiceKey", "{purpose}", "proof-of-work");
    }

    private static void encrypt(DescribedAnswers api) throws Exception {
        var plain = Map.of("plaintext", TEXT);
        var sealed = api.call("encryptWithKey", "till", plain).json().path("ciphertext").asString();
        var wrapped = Map.of("ciphertext", sealed);
        api.call("encryptManyWithKey", "till", Map.of("items", List.of(plain, plain)));
        api.call("decryptWithKey", "till", wrapped);
        api.call("decryptManyWithKey", "till", Map.of("items", List.of(wrapped)));
        api.call("rewrapWithKey", "till", wrapped);
        api.call("rewrapManyWithKey", "till", Map.of("items", List.of(wrapped)));
        api.call("dataKey", "till", Map.of("bits", 256));
    }

    private static void sign(DescribedAnswers api) throws Exception {
        var message = Map.of("input", TEXT);
        var signature =
                api.call("signWithKey", "seal", message).json().path("signature").asString();
        var signed = Map.of("input", TEXT, "signature", signature);
        api.call("signManyWithKey", "seal", Map.of("items", List.of(message)));
        api.call("verifyWithKey", "seal", signed);
        api.call("verifyManyWithKey", "seal", Map.of("items", List.of(signed)));
    }

    private static void authenticate(DescribedAnswers api) throws Exception {
        api.call("createKey", Map.of("name", "mac", "type", "HMAC_SHA256"));
        var message = Map.of("input", TEXT);
        var hmac = api.call("hmacWithKey", "mac", message).json().path("hmac").asString();
        var authenticated = Map.of("input", TEXT, "hmac", hmac);
        api.call("hmacManyWithKey", "mac", Map.of("items", List.of(message)));
        api.call("verifyHmacWithKey", "mac", authenticated);
        api.call("verifyManyHmacsWithKey", "mac", Map.of("items", List.of(authenticated)));
    }

    private static void end(DescribedAnswers api) throws Exception {
        api.call("disableKey", "{name}", "till");
        api.call("enableKey", "{name}", "till");
        var read = api.call("readKey", "{name}", "till");
        api.send(
                "changeKey",
                "till",
                Optional.of(Map.of("minDecryptionVersion", 2, "deletionAllowed", true)),
                Map.of("If-Match", read.header("ETag")));
        api.call("destroyKeyVersion", "till/1", Map.of("name", "till"));
        api.call("destroyKey", "till", Map.of("name", "till"));
    }
}
