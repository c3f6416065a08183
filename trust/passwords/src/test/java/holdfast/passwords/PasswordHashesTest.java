package holdfast.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.crypto.Argon2Cost;
import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.SecretBytes;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which hashes open, and which are made.
class PasswordHashesTest {
    /// `python3 -c "import hashlib; print(hashlib.pbkdf2_hmac('sha256', b'correct horse', b'salt1234', 1000).hex())"`
    private static final String PBKDF2 =
            "pbkdf2:sha256:1000$salt1234$954e11abc7b5fa6ce04d81b33ef6da2e999495370b37bbd0599d847cb7f389d3";

    /// `python3 -c "import hashlib; print(hashlib.scrypt(b'correct horse', salt=b'salt1234', n=1024, r=8, p=1, dklen=64).hex())"`
    private static final String SCRYPT =
            "scrypt:1024:8:1$salt1234$d52bc08fd8524cdf6d36cd2ab5f5d10e245066368ed391da3913883e0f41f79768aec768dbc023682725be1659a0dfffd43ea0838e6a021db00fd952736988d3";

    private final PasswordHashes hashes =
            new PasswordHashes(new ProviderCrypto(new SecureRandom()), Argon2Cost.LEAST);

    @Test
    void what_is_made_opens_with_its_password_only() {
        try (var password = SecretBytes.ofUtf8("correct horse");
                var other = SecretBytes.ofUtf8("correct horsf")) {
            var stored = hashes.hash(password);

            assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(hashes.hash(password)).isNotEqualTo(stored);
            assertThat(hashes.verify(password, stored)).isTrue();
            assertThat(hashes.verify(other, stored)).isFalse();
            assertThat(hashes.isOutdated(stored)).isFalse();
        }
    }

    @Test
    void the_hash_of_nobody_costs_as_much_as_any_and_opens_with_nothing() {
        try (var password = SecretBytes.ofUtf8("correct horse")) {
            var nobody = hashes.ofNobody();

            assertThat(nobody).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            assertThat(nobody).hasSameSizeAs(hashes.hash(password));
            assertThat(hashes.isOutdated(nobody)).isFalse();
            assertThat(hashes.verify(password, nobody)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PBKDF2, SCRYPT})
    void hashes_of_werkzeug_open_and_are_to_be_made_again(String stored) {
        try (var password = SecretBytes.ofUtf8("correct horse");
                var other = SecretBytes.ofUtf8("wrong horse")) {
            assertThat(hashes.verify(password, stored)).isTrue();
            assertThat(hashes.verify(other, stored)).isFalse();
            assertThat(hashes.isOutdated(stored)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "$argon2id$v=19$m=9999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
                "$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
                "scrypt:1048576:99:1$salt$00",
                "scrypt:3:8:1$salt1234$00",
                "pbkdf2:sha1:1000$salt$00",
                "pbkdf2:sha256:0$salt$0000000000000000000000000000000000000000000000000000000000000000"
            })
    void a_form_that_nobody_knows_or_that_costs_too_much_opens_nothing(String stored) {
        try (var password = SecretBytes.ofUtf8("correct horse")) {
            assertThat(hashes.verify(password, stored)).isFalse();
        }
    }
}
