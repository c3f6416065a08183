package holdfast.vault;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.secret.Differences;
import holdfast.secret.Secret;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Opens values. Permit first, then the event with the ciphertext in one transaction, then the key.
final class Reading {
    private final Ground ground;
    private final Ground.Stores stores;
    private final Ground.Reach reach;

    Reading(Ground ground, Ground.Stores stores, Ground.Reach reach) {
        this.ground = ground;
        this.stores = stores;
        this.reach = reach;
    }

    /// What a transaction found.
    ///
    /// @param held       empty when the caller has it already
    /// @param remembered whether it came out of the cache
    private record Found(
            ReadStore.Standing at,
            SealedCache.Key key,
            Optional<SealedCache.Held> held,
            boolean remembered) {}

    Secrets.Opened open(Permit permit, UUID id, Secrets.Use use) {
        ground.alarms().prepare();
        var found =
                reach.write(
                        permit.tenant(),
                        tx -> {
                            var one = find(tx, permit, id, use);
                            reach.also(tx, one.at().version());
                            return one;
                        });
        return opened(id, permit.tenant(), found);
    }

    private Secrets.Opened opened(UUID id, TenantId tenant, Found found) {
        ground.alarms().after(tenant);
        int version = found.at().version();
        if (found.held().isEmpty()) {
            return new Secrets.Opened.Unchanged(version);
        }
        var held = found.held().get();
        if (!found.remembered()) {
            ground.cache().keep(found.key(), held);
        }
        try (var sealing = ground.sealing(tenant)) {
            return new Secrets.Opened.Value(
                    id, version, version == found.at().current(), sealing.open(id, version, held));
        }
    }

    private Found find(Handle tx, Permit permit, UUID id, Secrets.Use use) {
        ground.policy().recheck(tx, permit);
        var tenant = permit.tenant();
        var at =
                stores.reads().standing(tx, tenant, id, use.version()).orElseThrow(Ground::missing);
        permit.requireFor(Action.REVEAL_SECRET, at.path());
        if (at.state() == Secret.State.DELETED) {
            throw Ground.deleted();
        }
        var key =
                new SealedCache.Key(
                        tenant,
                        id,
                        at.version(),
                        at.epoch().orElseThrow(() -> notKept(at.version())));
        boolean unchanged = use.known().contains((long) at.version());
        var cached = unchanged ? Optional.<SealedCache.Held>empty() : ground.cache().find(key);
        var held = unchanged || cached.isPresent() ? cached : Optional.of(sealed(tx, key));
        var subject = new VaultEvent.Subject(at.path(), id, at.version());
        ground.ledger().append(tx, permit.principal(), event(permit, subject, use, unchanged));
        ground.alarms().opened(tx, permit.principal(), permit.home(), subject);
        return new Found(at, key, held, cached.isPresent());
    }

    private static VaultEvent event(
            Permit permit, VaultEvent.Subject subject, Secrets.Use use, boolean unchanged) {
        var purpose = use.purpose().map(one -> one.name().toLowerCase(Locale.ROOT));
        if (permit.home().isPresent()) {
            return new VaultEvent.Visited(subject, permit.home().get().value());
        }
        return purpose.isPresent()
                ? new VaultEvent.Revealed(subject, purpose.get())
                : new VaultEvent.Read(subject, unchanged);
    }

    private SealedCache.Held sealed(Handle tx, SealedCache.Key key) {
        return stores.versions()
                .sealed(tx, key.tenant(), key.secret(), key.version())
                .orElseThrow(() -> notKept(key.version()));
    }

    private Row.Version version(Handle tx, TenantId tenant, UUID id, int version) {
        return stores.versions().find(tx, tenant, id, version).orElseThrow(() -> notKept(version));
    }

    private static holdfast.kernel.Refusal notKept(int version) {
        return Problem.NOT_FOUND.because("version " + version + " is not kept");
    }

    Secrets.Comparison compare(Permit permit, Optional<Permit> reveal, Row row, int from, int to) {
        var tenant = permit.tenant();
        var id = row.id();
        ground.alarms().prepare();
        var both =
                reveal.isEmpty()
                        ? ground.database().read(tenant, tx -> both(tx, tenant, id, from, to))
                        : ground.database()
                                .write(
                                        tenant,
                                        tx -> {
                                            ground.policy().recheck(tx, reveal.get());
                                            var found = both(tx, tenant, id, from, to);
                                            var subject =
                                                    new VaultEvent.Subject(
                                                            row.name().resource(), id, to);
                                            ground.ledger()
                                                    .append(
                                                            tx,
                                                            permit.principal(),
                                                            new VaultEvent.Compared(subject, from));
                                            ground.alarms()
                                                    .opened(
                                                            tx,
                                                            permit.principal(),
                                                            permit.home(),
                                                            subject);
                                            return found;
                                        });
        ground.alarms().after(tenant);
        var before = both.getKey();
        var after = both.getValue();
        return new Secrets.Comparison(
                from,
                to,
                before.mark().equals(after.mark()),
                Differences.ofDetails(before.details(), after.details()),
                reveal.map(_ -> {
                    try (var sealing = ground.sealing(tenant);
                            var old = sealing.open(before);
                            var now = sealing.open(after)) {
                        return Differences.ofValues(old, now);
                    }
                }));
    }

    private Map.Entry<Row.Version, Row.Version> both(
            Handle tx, TenantId tenant, UUID id, int from, int to) {
        return Map.entry(version(tx, tenant, id, from), version(tx, tenant, id, to));
    }
}
