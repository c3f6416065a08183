package holdfast.seal;

import holdfast.crypto.Crypto;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The only [Seal] and [KeyRing]: a data key for each value, wrapped by the tenant's, wrapped by the root's.
final class EnvelopeSeal implements Seal, KeyRing {
    private final Crypto crypto;
    private final RootKey root;
    private final TenantKeys tenantKeys;
    private final ServiceKeys serviceKeys;
    private final Envelope envelope;
    private final ReentrantLock moving = new ReentrantLock();
    private final BroughtShares brought = new BroughtShares();
    private volatile Unsealing method;

    EnvelopeSeal(Crypto crypto, KeyStore store, Unsealing method, InstantSource clock) {
        this.crypto = crypto;
        this.root = new RootKey(crypto, store);
        this.tenantKeys = new TenantKeys(crypto, store, root, clock);
        this.serviceKeys = new ServiceKeys(crypto, store, root, clock);
        this.envelope = new Envelope(crypto);
        this.method = method;
        root.start(method);
    }

    @Override
    public Bytes seal(TenantId tenant, Place place, SecretBytes value) {
        try (var sealing = sealing(tenant)) {
            return sealing.seal(place, value);
        }
    }

    @Override
    public SecretBytes open(TenantId tenant, Place place, Bytes sealed) {
        try (var sealing = sealing(tenant)) {
            return sealing.open(place, sealed);
        }
    }

    @Override
    public Sealing sealing(TenantId tenant) {
        return new TenantSealing(tenant);
    }

    /// Keeps the tenant's keys open, each from its first use.
    private final class TenantSealing implements Sealing {
        private final TenantId tenant;
        private final Map<Integer, SecretBytes> keys = new HashMap<>();

        TenantSealing(TenantId tenant) {
            this.tenant = tenant;
        }

        @Override
        public Bytes seal(Place place, SecretBytes value) {
            int epoch = tenantKeys.newest(tenant, TenantKeys.WRAP);
            return envelope.seal(key(epoch), epoch, tenant, place, value);
        }

        @Override
        public SecretBytes open(Place place, Bytes sealed) {
            return envelope.open(key(Envelope.epoch(sealed)), tenant, place, sealed);
        }

        private SecretBytes key(int epoch) {
            return keys.computeIfAbsent(
                    epoch, wanted -> tenantKeys.open(tenant, TenantKeys.WRAP, wanted));
        }

        @Override
        public void close() {
            keys.values().forEach(SecretBytes::close);
        }
    }

    @Override
    public Bytes fingerprint(TenantId tenant, String purpose, SecretBytes value) {
        try (var all = fingerprints(tenant, purpose)) {
            return all.of(value);
        }
    }

    @Override
    public Fingerprints fingerprints(TenantId tenant, String purpose) {
        try (var base = tenantKeys.open(tenant, TenantKeys.FINGERPRINT, 1)) {
            return new KeyedFingerprints(
                    crypto, crypto.derive(base, new byte[0], utf8(purpose), 32));
        }
    }

    private record KeyedFingerprints(Crypto crypto, SecretBytes key) implements Fingerprints {
        @Override
        public Bytes of(SecretBytes value) {
            return value.use(lent -> crypto.mac(key, lent));
        }

        @Override
        public void close() {
            key.close();
        }
    }

    @Override
    public SecretBytes serviceKey(String purpose, int length) {
        return serviceKeys.newest(purpose, length);
    }

    @Override
    public List<ServiceKey> serviceKeys(String purpose, int length) {
        return serviceKeys.all(purpose, length);
    }

    @Override
    public int rotateService(String purpose, Runnable first) {
        moving.lock();
        try {
            return serviceKeys.rotate(purpose, first);
        } finally {
            moving.unlock();
        }
    }

    @Override
    public List<ServiceKeyState> services(String purpose) {
        return serviceKeys.states(purpose);
    }

    private static void requireSet(KeyShare share, SealStatus.Shares wanted) {
        if (!share.set().toHex().equals(wanted.set()) || share.threshold() != wanted.threshold()) {
            throw Refusal.of(
                    List.of(
                            FieldError.of(
                                    "/share",
                                    "other-set",
                                    "the share is of the set %s; this root key opens with the set %s"
                                            .formatted(share.set().toHex(), wanted.set()))));
        }
    }

    @Override
    public SealStatus forgetShares(KeyShare proof) {
        moving.lock();
        try (proof) {
            requireWanted(proof);
            brought.take().close();
            return status();
        } finally {
            moving.unlock();
        }
    }

    /// {@return what the root key waits for}
    private SealStatus.Shares requireWanted(KeyShare share) {
        var wanted =
                root.shares(0)
                        .filter(_ -> !root.isOpen())
                        .orElseThrow(
                                () -> Problem.CONFLICT.because("the root key waits for no share"));
        requireSet(share, wanted);
        root.requireGenuine(share);
        return wanted;
    }

    @Override
    public SealStatus status() {
        var name = root.method();
        return new SealStatus(name, root.isOpen(), note(name), root.shares(brought.size()));
    }

    @Override
    public void unseal(Unsealing with) {
        root.unseal(with);
        method = with;
    }

    @Override
    public void move(Unsealing to, Runnable first) {
        moving.lock(); // a key file that was made for one move must not be taken back by another
        try {
            root.move(method, to, first);
            method = to;
        } finally {
            moving.unlock();
        }
    }

    @Override
    public List<KeyShare> split(int threshold, int count, Runnable first) {
        moving.lock();
        try {
            var shares = root.split(method, threshold, count, first);
            method = new Unsealing.Shares();
            return shares;
        } finally {
            moving.unlock();
        }
    }

    @Override
    public SealStatus bring(KeyShare share) {
        moving.lock();
        try {
            SealStatus.Shares wanted;
            try {
                wanted = requireWanted(share);
            } catch (Refusal refused) {
                share.close();
                throw refused;
            }
            brought.add(share);
            if (brought.size() >= wanted.threshold()) {
                try (var held = brought.take()) {
                    root.unseal(held);
                }
            }
            return status();
        } finally {
            moving.unlock();
        }
    }

    @Override
    public KeyShare share(CharSequence text) {
        return KeyShare.parse(crypto, text);
    }

    @Override
    public String text(KeyShare share) {
        return share.text(crypto);
    }

    @Override
    public int epoch(TenantId tenant) {
        return tenantKeys.newest(tenant, TenantKeys.WRAP);
    }

    @Override
    public int rotate(TenantId tenant) {
        return tenantKeys.rotate(tenant);
    }

    @Override
    public Bytes rewrap(TenantId tenant, Place place, Bytes sealed) {
        int from = Envelope.epoch(sealed);
        int to = tenantKeys.newest(tenant, TenantKeys.WRAP);
        if (from == to) {
            return sealed;
        }
        try (var old = tenantKeys.open(tenant, TenantKeys.WRAP, from);
                var now = tenantKeys.open(tenant, TenantKeys.WRAP, to)) {
            return envelope.rewrap(old, now, to, tenant, place, sealed);
        }
    }

    @Override
    public int destroy(TenantId tenant) {
        return tenantKeys.destroy(tenant);
    }

    private static String note(String method) {
        return switch (method) {
            case RootKey.KEY_FILE ->
                    "The key file lies beside the data: it protects copies of the database, "
                            + "not a copy of the whole state directory.";
            case RootKey.PASSPHRASE ->
                    "The passphrase is needed at every start: a copy of the whole state directory "
                            + "is protected as well as the passphrase is.";
            case RootKey.SHARES ->
                    "Several people must bring their shares after every start: a copy of everything "
                            + "on this machine is protected, and no single person can open it.";
            default -> "";
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
