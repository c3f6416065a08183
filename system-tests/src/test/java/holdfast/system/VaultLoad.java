package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.Await;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// People who store, change and read secrets until the server is gone or they are told to stop, and who remember what they
/// were promised: each answer that said yes.
final class VaultLoad {
    private static final int PEOPLE = 8;
    private static final Duration PACE =
            Duration.ofMillis(30); // of one person; more is refused with 429
    private static final int CHANGES = 5; // of one secret, before the next is made

    private final String service;
    private final Map<String, Integer> versions = new ConcurrentHashMap<>(); // by id
    private final Map<String, String> names = new ConcurrentHashMap<>(); // by id
    private final Set<String> reads = ConcurrentHashMap.newKeySet(); // request ids
    private final ConcurrentLinkedQueue<Calls.Answer> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger promises = new AtomicInteger();
    private final List<Thread> people = new ArrayList<>();
    private volatile boolean working;

    /// @param service of every secret, its own
    VaultLoad(String service) {
        this.service = service;
    }

    void begin(Calls calls) {
        working = true;
        people.clear();
        for (int i = 0; i < PEOPLE; i++) {
            people.add(Thread.ofVirtual().start(() -> work(calls)));
        }
    }

    /// Waits until everybody has gone.
    void end() throws InterruptedException {
        working = false;
        for (var one : people) {
            one.join();
        }
    }

    int promises() {
        return promises.get();
    }

    /// What was not done, with its answer.
    List<Calls.Answer> refused() {
        return List.copyOf(refused);
    }

    private void work(Calls calls) {
        try {
            while (working) {
                LockSupport.parkNanos(PACE.toNanos());
                round(calls, "a" + numbers.incrementAndGet());
            }
        } catch (UncheckedIOException _) {
            // the server is gone
        }
    }

    private void round(Calls calls, String account) {
        var made =
                calls.post(
                        "/api/secrets",
                        Map.of(
                                "service",
                                service,
                                "account",
                                account,
                                "value",
                                value(account, 1),
                                "keepVersions",
                                100));
        if (made.status() != 201) {
            refused.add(made);
            return;
        }
        var id = made.json().path("id").asString();
        names.put(id, account);
        promised(id, 1);
        for (int version = 2; version <= CHANGES && working; version++) {
            LockSupport.parkNanos(PACE.toNanos());
            var changed =
                    calls.post(
                            "/api/secrets/" + id + "/versions",
                            Map.of(
                                    "value",
                                    value(account, version),
                                    "expectedVersion",
                                    version - 1));
            if (changed.status() != 201) {
                refused.add(changed);
                return;
            }
            promised(id, version);
            var read = calls.get("/api/secrets/" + id + "/value");
            if (read.status() == 200) {
                reads.add(read.request());
                promises.incrementAndGet();
            } else {
                refused.add(read);
            }
        }
    }

    private void promised(String id, int version) {
        versions.put(id, version);
        promises.incrementAndGet();
    }

    private static String value(String account, int version) {
        return "value-%d-of-%s".formatted(version, account);
    }

    /// Every promise was kept, and nothing is there by halves: a version that was never acknowledged is absent, or whole with
    /// its event.
    void verify(Calls calls) {
        settle(calls);
        var written = new HashMap<String, Integer>(); // id/version → events
        var read = ConcurrentHashMap.<String>newKeySet();
        events(
                calls,
                event -> {
                    var details = event.path("details");
                    var place =
                            details.path("secret").asString()
                                    + "/"
                                    + details.path("version").asInt();
                    switch (event.path("type").asString()) {
                        case "secret.create", "secret.update" ->
                                written.merge(place, 1, Integer::sum);
                        case "secret.read" -> read.add(event.path("requestId").asString());
                        default -> {}
                    }
                });
        assertThat(read).containsAll(reads);
        names.forEach((id, account) -> {
            var stored = calls.get("/api/secrets/" + id + "/value").json();
            int newest = stored.path("version").asInt();
            int known = versions.getOrDefault(id, 0);
            assertThat(newest).as(account).isBetween(known, known + 1);
            assertThat(stored.path("value").asString()).isEqualTo(value(account, newest));
            for (int version = 1; version <= newest; version++) {
                assertThat(written).as(account).containsEntry(id + "/" + version, 1);
            }
            versions.put(id, newest);
        });
        assertThat(written.keySet())
                .as("every version that the ledger knows is there")
                .allSatisfy(place -> {
                    var id = place.substring(0, place.indexOf('/'));
                    int version = Integer.parseInt(place.substring(place.indexOf('/') + 1));
                    var there = versions.get(id);
                    var newest =
                            there != null
                                    ? there
                                    : calls.get("/api/secrets/" + id)
                                            .json()
                                            .path("version")
                                            .asInt();
                    assertThat(version).isLessThanOrEqualTo(newest);
                });
        assertThat(calls.get("/api/audit/verify").json().path("ok").asBoolean()).isTrue();
    }

    /// On PostgreSQL events find their place after they were committed, in the order of their making: once the newest is
    /// there, all are.
    private void settle(Calls calls) {
        var some = names.keySet().iterator().next();
        var newest = calls.get("/api/secrets/" + some + "/value").request();
        Await.until(
                "every event has its place",
                () -> {
                    var page = calls.get("/api/audit?type=secret.read&limit=100").json();
                    return page.path("items")
                            .valueStream()
                            .anyMatch(event -> event.path("requestId").asString().equals(newest));
                });
    }

    private static void events(Calls calls, java.util.function.Consumer<JsonNode> visitor) {
        var cursor = "";
        do {
            var page = calls.get("/api/audit?type=secret.&limit=1000" + cursor).json();
            page.path("items").forEach(visitor);
            var next = page.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
    }
}
