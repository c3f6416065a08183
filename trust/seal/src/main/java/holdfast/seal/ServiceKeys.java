package holdfast.seal;

import holdfast.crypto.Crypto;
import holdfast.kernel.Micros;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.seal.KeyStore.ServiceKeyRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The service's own keys by purpose: the first is derived from the root key, those after it are random and stored wrapped.
final class ServiceKeys {
    private static final int KEY = 32; // bytes

    /// How long another node's rotation may go unnoticed: it makes what the older keys still verify.
    private static final Duration STALE = Duration.ofSeconds(10);

    private final Crypto crypto;
    private final KeyStore store;
    private final RootKey root;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    ServiceKeys(Crypto crypto, KeyStore store, RootKey root, InstantSource clock) {
        this.crypto = crypto;
        this.store = store;
        this.root = root;
        this.clock = clock;
    }

    private record Known(List<ServiceKeyRow> rows, Instant read) {}

    SecretBytes newest(String purpose, int length) {
        var rows = rows(purpose);
        return rows.isEmpty() ? first(purpose, length) : later(purpose, rows.getFirst(), length);
    }

    List<Seal.ServiceKey> all(String purpose, int length) {
        var keys = new ArrayList<Seal.ServiceKey>();
        for (var row : rows(purpose)) {
            keys.add(new Seal.ServiceKey(row.number(), later(purpose, row, length)));
        }
        keys.add(new Seal.ServiceKey(1, first(purpose, length)));
        return keys;
    }

    List<KeyRing.ServiceKeyState> states(String purpose) {
        var states = new ArrayList<KeyRing.ServiceKeyState>();
        for (var row : store.serviceKeys(purpose)) {
            states.add(
                    new KeyRing.ServiceKeyState(
                            row.number(), Optional.of(Micros.toInstant(row.created()))));
        }
        states.add(new KeyRing.ServiceKeyState(1, Optional.empty()));
        return states;
    }

    int rotate(String purpose, Runnable first) {
        int number = states(purpose).getFirst().number() + 1;
        try (var rootKey = root.open();
                var key = crypto.random(KEY)) {
            var row =
                    new ServiceKeyRow(
                            number,
                            crypto.seal(rootKey, key, context(purpose, number)),
                            Micros.of(clock.instant()));
            first.run();
            if (!store.addServiceKey(purpose, row)) {
                throw Problem.CONFLICT.because("somebody else just rotated this key");
            }
        } finally {
            known.remove(purpose);
        }
        return number;
    }

    private SecretBytes first(String purpose, int length) {
        try (var key = root.open()) {
            return crypto.derive(key, utf8("holdfast-service-key/1"), utf8(purpose), length);
        }
    }

    private SecretBytes later(String purpose, ServiceKeyRow row, int length) {
        try (var rootKey = root.open();
                var key = crypto.open(rootKey, row.wrapped(), context(purpose, row.number()))) {
            return crypto.derive(key, utf8("holdfast-service-key/1"), utf8(purpose), length);
        }
    }

    private List<ServiceKeyRow> rows(String purpose) {
        var now = clock.instant();
        var cached = known.get(purpose);
        if (cached != null && cached.read().plus(STALE).isAfter(now)) {
            return cached.rows();
        }
        var rows = store.serviceKeys(purpose);
        known.put(purpose, new Known(rows, now));
        return rows;
    }

    private static byte[] context(String purpose, int number) {
        return utf8("holdfast-service-key/1/" + purpose + "/" + number);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
