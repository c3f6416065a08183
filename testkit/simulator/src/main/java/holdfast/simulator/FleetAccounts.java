package holdfast.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The accounts that VCF Operations 9.1 watches beside those of SDDC Manager, with the values of bring-up at first.
/// Safe to call from many threads.
final class FleetAccounts {
    private static final int SOON = 14; // days

    /// @param expires nothing for never
    record Entry(
            String key,
            String appliance,
            String fqdn,
            String username,
            String credentialType,
            String password,
            Optional<Instant> expires,
            Instant changed) {
        private Entry with(String other, Instant at) {
            return new Entry(key, appliance, fqdn, username, credentialType, other, expires, at);
        }

        String status(Instant now) {
            if (expires.isEmpty()) {
                return "ACTIVE";
            }
            var end = expires.get();
            if (!end.isAfter(now)) {
                return "EXPIRED";
            }
            return end.isAfter(now.plus(Duration.ofDays(SOON))) ? "ACTIVE" : "EXPIRING";
        }

        @Override
        public String toString() {
            return "Entry[" + appliance + " " + fqdn + " " + username + "]";
        }
    }

    private final World world;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    FleetAccounts(World world) {
        this.world = world;
        var spec = new BringUpSpec(world, "sfo-m01").components();
        var operations = spec.path("vcfOperationsSpec");
        for (var node : operations.path("nodes")) {
            add(
                    "VCF_OPERATIONS",
                    node.path("hostname").asString(),
                    "root",
                    "SSH",
                    node.path("rootUserPassword").asString());
        }
        add(
                "VCF_OPERATIONS",
                operations.path("loadBalancerFqdn").asString(),
                "admin",
                "API",
                operations.path("adminUserPassword").asString());
        var automation = spec.path("vcfAutomationSpec");
        add(
                "VCF_AUTOMATION",
                automation.path("hostname").asString(),
                "admin",
                "API",
                automation.path("adminUserPassword").asString());
        var services = spec.path("vspClusterSpec");
        add(
                "VCF_SERVICES_RUNTIME",
                services.path("platformFqdn").asString(),
                "vmware-system-user",
                "SSH",
                services.path("systemUserPassword").asString());
        if (world.version().isAtLeast(Version.V9_1_1)) {
            var collector = spec.path("vcfOperationsCollectorSpec");
            add(
                    "CLOUD_PROXY",
                    collector.path("hostname").asString(),
                    "root",
                    "SSH",
                    collector.path("rootUserPassword").asString());
        }
    }

    private void add(String appliance, String fqdn, String username, String type, String password) {
        var key = world.seed().id("fleet " + fqdn + username);
        int days = world.seed().random("fleet expiry " + key).nextInt(100);
        var expires =
                days < 20
                        ? Optional.<Instant>empty()
                        : Optional.of(world.started().plus(Duration.ofDays(days - 10L)));
        entries.put(
                key,
                new Entry(
                        key, appliance, fqdn, username, type, password, expires, world.started()));
    }

    synchronized List<Entry> list() {
        return new ArrayList<>(entries.values());
    }

    /// @return whether `current` was the password
    synchronized boolean change(String key, String current, String fresh) {
        var entry = entries.get(key);
        if (entry == null || !entry.password().equals(current)) {
            return false;
        }
        entries.put(key, entry.with(fresh, world.now()));
        return true;
    }

    synchronized Optional<Entry> find(String key) {
        return Optional.ofNullable(entries.get(key));
    }
}
