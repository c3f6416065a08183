package holdfast.vault;

import holdfast.cluster.Job;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.secret.Upkeep;
import holdfast.tenancy.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// What this room does by itself: destroys what was deleted long ago, ends what has expired, lets old versions go.
///
/// Each secret is one short transaction with its event, and asks again whether its time has come: a run may be cut short
/// anywhere and repeated on another node.
final class Retention {
    private static final String NAME = "vault-retention";
    private static final Duration EVERY = Duration.ofHours(1);
    private static final UUID SERVICE = new UUID(0x7000L, 0x8000000000000102L);

    private final Ground ground;
    private final Ground.Stores stores;
    private final Tenants tenants;
    private final Writing writing;
    private final RetentionStore due = new RetentionStore();

    Retention(Ground ground, Ground.Stores stores, Tenants tenants) {
        this.ground = ground;
        this.stores = stores;
        this.tenants = tenants;
        this.writing = new Writing(ground, stores);
    }

    Job job() {
        return new Job(NAME, EVERY, this::run);
    }

    void run() {
        for (var tenant : tenants.all()) {
            run(tenant.id());
        }
    }

    private void run(TenantId tenant) {
        var now = ground.clock().instant();
        each(tenant, tx -> due.toDestroy(tx, tenant, now), (tx, row) -> destroy(tx, tenant, row));
        ground.farewells().forEach(one -> one.after(tenant));
        each(tenant, tx -> due.toEnd(tx, tenant, now), (tx, row) -> end(tx, tenant, row, now));
        var after = new UUID(0, 0);
        for (; ; ) {
            var last = after;
            var part = ground.database().read(tenant, tx -> due.withDays(tx, tenant, last));
            if (part.isEmpty()) {
                return;
            }
            part.forEach(row -> prune(tenant, row, now));
            after = part.getLast().id();
        }
    }

    /// What is done with one secret; false when its time has not come after all.
    @FunctionalInterface
    private interface Deed {
        boolean on(Handle tx, Row row);
    }

    /// Part by part, until nothing is due or nothing could be done.
    private void each(TenantId tenant, Function<Handle, List<Row>> due, Deed deed) {
        for (; ; ) {
            int done = 0;
            for (var row : ground.database().read(tenant, due)) {
                done += ground.database().write(tenant, tx -> deed.on(tx, row)) ? 1 : 0;
            }
            if (done == 0) {
                return;
            }
        }
    }

    private boolean destroy(Handle tx, TenantId tenant, Row row) {
        boolean due =
                stores.secrets()
                        .find(tx, tenant, row.id())
                        .filter(now -> now.destroys().equals(row.destroys()))
                        .isPresent();
        if (!due || !writing.destroy(tx, tenant, row.id())) {
            return false;
        }
        append(tx, tenant, new VaultEvent.Destroyed(KeptSecrets.subject(row)));
        return true;
    }

    private boolean end(Handle tx, TenantId tenant, Row row, Instant now) {
        boolean archive = row.upkeep().onExpiry() == Upkeep.OnExpiry.ARCHIVE;
        boolean ended =
                archive
                        ? stores.secrets().archive(tx, tenant, row.id(), row.version())
                        : writing.delete(tx, tenant, row.id(), row.version(), now);
        if (ended) {
            var done = archive ? "archive" : "delete";
            append(tx, tenant, new VaultEvent.Expired(KeptSecrets.subject(row), done));
        }
        return ended;
    }

    private void prune(TenantId tenant, Row row, Instant now) {
        var before = now.minus(Duration.ofDays(row.upkeep().keepDays().orElseThrow()));
        var id = row.id();
        int last =
                ground.database()
                        .read(
                                tenant,
                                tx ->
                                        stores.versions()
                                                .newestBefore(
                                                        tx, tenant, id, row.version(), before));
        if (last > 0) {
            ground.database()
                    .write(
                            tenant,
                            tx -> {
                                if (writing.prune(tx, tenant, id, last)) {
                                    var subject = KeptSecrets.subject(row);
                                    append(tx, tenant, new VaultEvent.Pruned(subject, last));
                                }
                                return true;
                            });
        }
    }

    private void append(Handle tx, TenantId tenant, VaultEvent event) {
        var service =
                new Principal(
                        SERVICE, Principal.Kind.SERVICE, "retention", tenant, Origin.INTERNAL);
        ground.ledger().append(tx, service, event);
    }
}
