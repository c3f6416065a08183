package holdfast.crypto;

import holdfast.kernel.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/// The key that XAES-256-GCM (c2sp.org/XAES-256-GCM) gives to one message: CMAC (NIST SP 800-38B) of the nonce's first
/// half under the long-lived key, by counter (NIST SP 800-108r1 §4.1).
///
/// So a key seals 2⁸⁰ messages with nonces at random, where AES-GCM alone ends at 2³² (NIST SP 800-38D §8.3).
final class ExtendedNonce {
    static final int LENGTH = 24; // bytes

    private static final int BLOCK = 16; // bytes
    private static final int HALF = LENGTH / 2; // bytes
    private static final byte FEEDBACK = (byte) 0x87; // x^128 = x^7 + x^2 + x + 1, SP 800-38B §5.3

    private ExtendedNonce() {}

    /// @param nonce 24 bytes; the last twelve are left for GCM
    static SecretBytes messageKey(SecretBytes key, byte[] nonce) {
        var secret = key.use(lent -> new WipeableKey(lent, "AES"));
        try {
            var cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, secret, new IvParameterSpec(new byte[BLOCK]));
            var subkey = cipher.doFinal(new byte[BLOCK]); // one block from a vector of zeros
            doubled(subkey);
            var derived = new byte[2 * BLOCK];
            cipher.doFinal(block(1, nonce, subkey), 0, BLOCK, derived, 0);
            cipher.doFinal(block(2, nonce, subkey), 0, BLOCK, derived, BLOCK);
            Arrays.fill(subkey, (byte) 0);
            return SecretBytes.owning(derived);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("AES failed", failure);
        } finally {
            secret.destroy();
        }
    }

    private static byte[] block(int counter, byte[] nonce, byte[] subkey) {
        var block =
                ByteBuffer.allocate(BLOCK)
                        .putShort((short) counter)
                        .put((byte) 'X')
                        .put((byte) 0)
                        .put(nonce, 0, HALF)
                        .array();
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= subkey[i];
        }
        return block;
    }

    /// Multiplies by x, without a branch on the secret.
    private static void doubled(byte[] block) {
        int carry = (block[0] & 0xff) >>> 7;
        for (int i = 0; i < BLOCK - 1; i++) {
            block[i] = (byte) (block[i] << 1 | ((block[i + 1] & 0xff) >>> 7));
        }
        block[BLOCK - 1] = (byte) (block[BLOCK - 1] << 1 ^ (FEEDBACK & -carry));
    }
}
