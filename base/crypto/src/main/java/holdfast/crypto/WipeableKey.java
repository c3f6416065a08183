package holdfast.crypto;

import java.util.Arrays;
import javax.crypto.SecretKey;

/// A key for one call of a provider: lends copies, and is zeroed with [#destroy].
///
/// The JDK's own `SecretKeySpec` keeps a copy that nobody can wipe.
final class WipeableKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final transient byte[] bytes;
    private final String algorithm;
    private boolean destroyed;

    WipeableKey(byte[] source, String algorithm) {
        this.bytes = source.clone();
        this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }
}
