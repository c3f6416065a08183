package holdfast.crypto;

import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;

/// The only [Crypto]: primitives by the Corretto provider, else the JDK, else Bouncy Castle.
public final class ProviderCrypto implements Crypto {
    private static final int KEY = 32; // bytes
    private static final int NONCE = 12; // bytes, NIST SP 800-38D §8.2.2
    private static final int TAG = 16; // bytes
    private static final int HASH = 32; // bytes
    private static final int DERIVED_MAX = 255 * HASH; // bytes, RFC 5869 §2.3

    private final SecureRandom random;
    private final Providers providers;
    private final ProviderSignatures signatures;

    /// @throws IllegalStateException when no provider passes the self-test
    public ProviderCrypto(SecureRandom random) {
        this.random = random;
        this.providers = Providers.choose();
        this.signatures = new ProviderSignatures(random, Providers.fast());
    }

    @Override
    public Bytes seal(SecretBytes key, SecretBytes plaintext, byte[] associatedData) {
        return sealed(key, plaintext, nonce(NONCE), associatedData);
    }

    @Override
    public SecretBytes open(SecretBytes key, Bytes sealed, byte[] associatedData) {
        return opened(key, whole(sealed, NONCE), NONCE, associatedData);
    }

    @Override
    public Bytes sealExtended(SecretBytes key, SecretBytes plaintext, byte[] associatedData) {
        var nonce = nonce(ExtendedNonce.LENGTH);
        try (var own = ExtendedNonce.messageKey(key, nonce)) {
            return sealed(own, plaintext, nonce, associatedData);
        }
    }

    @Override
    public SecretBytes openExtended(SecretBytes key, Bytes sealed, byte[] associatedData) {
        var from = whole(sealed, ExtendedNonce.LENGTH);
        var nonce = Arrays.copyOf(from, ExtendedNonce.LENGTH);
        try (var own = ExtendedNonce.messageKey(key, nonce)) {
            return opened(own, from, ExtendedNonce.LENGTH, associatedData);
        }
    }

    private byte[] nonce(int length) {
        var nonce = new byte[length];
        random.nextBytes(nonce);
        return nonce;
    }

    private static byte[] whole(Bytes sealed, int nonce) {
        if (sealed.length() < nonce + TAG) {
            throw new Tampered("sealed bytes are too short");
        }
        return sealed.toArray();
    }

    /// @param nonce goes in front; GCM takes its last twelve bytes
    private Bytes sealed(
            SecretBytes key, SecretBytes plaintext, byte[] nonce, byte[] associatedData) {
        var out = Arrays.copyOf(nonce, nonce.length + plaintext.length() + TAG);
        return withKey(
                key,
                "AES",
                secret -> {
                    var cipher = cipher(Cipher.ENCRYPT_MODE, secret, nonce, associatedData);
                    try (var own = plaintext.copy()) { // another secret's lock is not held here
                        own.use(lent -> finish(cipher, lent, 0, lent.length, out, nonce.length));
                    }
                    return Bytes.owning(out);
                });
    }

    private SecretBytes opened(SecretBytes key, byte[] from, int length, byte[] associatedData) {
        return withKey(
                key,
                "AES",
                secret -> {
                    var nonce = Arrays.copyOf(from, length);
                    var cipher = cipher(Cipher.DECRYPT_MODE, secret, nonce, associatedData);
                    var out = new byte[from.length - length - TAG];
                    finish(cipher, from, length, from.length - length, out, 0);
                    return SecretBytes.owning(out);
                });
    }

    @Override
    public SecretBytes derive(SecretBytes key, byte[] salt, byte[] info, int length) {
        if (length < 1 || length > DERIVED_MAX) {
            throw new IllegalArgumentException("HKDF-SHA-256 derives 1 to 8,160 bytes");
        }
        var extracted = key.use(lent -> hmac(salt.length == 0 ? new byte[HASH] : salt, lent));
        var out = new byte[length];
        var block = new byte[0];
        try {
            for (int at = 0, count = 1; at < length; at += HASH, count++) { // RFC 5869 §2.3
                var next = hmac(extracted, block, info, new byte[] {(byte) count});
                Arrays.fill(block, (byte) 0);
                block = next;
                System.arraycopy(block, 0, out, at, Math.min(HASH, length - at));
            }
        } finally {
            Arrays.fill(extracted, (byte) 0);
            Arrays.fill(block, (byte) 0);
        }
        return SecretBytes.owning(out);
    }

    @Override
    public Bytes mac(SecretBytes key, byte[] message) {
        return Bytes.owning(key.use(lent -> hmac(lent, message)));
    }

    @Override
    public byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256", providers.digest());
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw broken("SHA-256", e);
        }
    }

    @Override
    public SecretBytes random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return SecretBytes.owning(bytes);
    }

    @Override
    public SecretBytes argon2id(SecretBytes password, byte[] salt, Argon2Cost cost, int length) {
        var parameters =
                Argon2.cost(cost.kibibytes(), cost.passes(), cost.lanes()).withSalt(salt).build();
        try (var own = password.copy()) { // slow: nobody else waits for the password's lock
            return SecretBytes.owning(own.use(lent -> Argon2.hash(parameters, lent, length)));
        }
    }

    @Override
    public SigningKey newSigningKey() {
        return new Ed25519(random(Ed25519.SEED));
    }

    @Override
    public SigningKey signingKey(SecretBytes seed) {
        return new Ed25519(seed.copy());
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return Ed25519.verify(publicKey, message, signature);
    }

    @Override
    public Signatures signatures() {
        return signatures;
    }

    @Override
    public SequencedMap<String, String> providers() {
        var report = new LinkedHashMap<String, String>();
        report.put("AES-256-GCM", providers.aead().getName());
        report.put("HMAC-SHA-256", providers.mac().getName());
        report.put("HKDF-SHA-256", providers.mac().getName());
        report.put("SHA-256", providers.digest().getName());
        report.put("Ed25519", Ed25519.provider().getName());
        report.put("ECDSA P-256", signatures.provider(SignatureScheme.ECDSA_P256_SHA256));
        report.put("RSA", signatures.provider(SignatureScheme.RSA_PSS_SHA256));
        report.put("Argon2id", "BC");
        report.put("random", random.getAlgorithm());
        return report;
    }

    private Cipher cipher(int mode, WipeableKey key, byte[] nonce, byte[] associatedData)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding", providers.aead());
        cipher.init(
                mode,
                key,
                new GCMParameterSpec(TAG * Byte.SIZE, nonce, nonce.length - NONCE, NONCE));
        cipher.updateAAD(associatedData);
        return cipher;
    }

    private static int finish(
            Cipher cipher, byte[] in, int from, int length, byte[] out, int offset) {
        try {
            return cipher.doFinal(in, from, length, out, offset);
        } catch (AEADBadTagException e) {
            throw new Tampered("sealed bytes do not open here");
        } catch (GeneralSecurityException e) {
            throw broken("AES-256-GCM", e);
        }
    }

    private byte[] hmac(byte[] key, byte[]... parts) {
        var secret = new WipeableKey(key, "HmacSHA256");
        try {
            var mac = Mac.getInstance("HmacSHA256", providers.mac());
            mac.init(secret);
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw broken("HMAC-SHA-256", e);
        } finally {
            secret.destroy();
        }
    }

    /// Copies the key out, so that its lock is held for the copy only.
    private static <R> R withKey(SecretBytes key, String algorithm, Keyed<R> action) {
        if (key.length() != KEY) {
            throw new IllegalArgumentException("an AES-256 key has 32 bytes");
        }
        var secret = key.use(lent -> new WipeableKey(lent, algorithm));
        try {
            return action.with(secret);
        } catch (GeneralSecurityException e) {
            throw broken(algorithm, e);
        } finally {
            secret.destroy();
        }
    }

    private static IllegalStateException broken(String algorithm, GeneralSecurityException cause) {
        return new IllegalStateException(algorithm + " failed", cause);
    }

    /// What is done with a key while it is here.
    private interface Keyed<R> {
        R with(WipeableKey key) throws GeneralSecurityException;
    }
}
