package holdfast.keys;

import static holdfast.access.Action.DESTROY_KEY;
import static holdfast.access.Action.READ_KEY;
import static holdfast.access.Action.WRITE_KEY;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.kernel.Bytes;
import holdfast.kernel.Cursor;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The only [Keys]: makes and seals material before the transaction, and writes each change and its event in one.
final class KeptKeys implements Keys {
    private static final int SECRET = 32; // bytes of a key that is no pair

    private final Ground ground;
    private final KeyRowStore rows = new KeyRowStore();
    private final KeyVersionStore versions = new KeyVersionStore();

    KeptKeys(Ground ground) {
        this.ground = ground;
    }

    @Override
    public Key create(Permit permit, Draft draft) {
        permit.requireFor(WRITE_KEY, draft.name().resource());
        var tenant = permit.tenant();
        var now = ground.clock().instant();
        var row =
                new KeyRow(
                        ground.ids().next(),
                        draft.name(),
                        draft.type(),
                        Key.State.ENABLED,
                        1,
                        1,
                        0,
                        draft.deletionAllowed(),
                        1,
                        now,
                        Key.Author.of(permit.principal()),
                        now);
        var version = version(tenant, row.id(), draft.type(), 1, now);
        return ground.database()
                .write(
                        tenant,
                        tx -> {
                            ground.policy().recheck(tx, permit);
                            if (!rows.add(tx, tenant, row)) {
                                throw Problem.CONFLICT
                                        .because("there is a key with this name already")
                                        .with("field", "name");
                            }
                            versions.add(tx, tenant, row.id(), version);
                            record(tx, permit, new KeyEvent.Created(subject(row), row.type()));
                            return row.shown(version.publicKey());
                        });
    }

    private KeyRow.Version version(
            TenantId tenant, UUID key, KeyType type, int version, Instant now) {
        var shape = type.shape();
        if (shape.isEmpty()) {
            try (var made = ground.crypto().random(SECRET)) {
                return sealed(tenant, key, version, made, Optional.empty(), now);
            }
        }
        var pair = ground.crypto().signatures().newPair(shape.get());
        try (var secret = pair.privateKey()) {
            return sealed(tenant, key, version, secret, Optional.of(pair.publicKey()), now);
        }
    }

    private KeyRow.Version sealed(
            TenantId tenant,
            UUID key,
            int version,
            SecretBytes material,
            Optional<Bytes> publicKey,
            Instant now) {
        var sealed = ground.seal().seal(tenant, Ground.place(key, version), material);
        return new KeyRow.Version(version, Optional.of(sealed), publicKey, now, Optional.empty());
    }

    @Override
    public Key.Listing list(Scope scope, KeyQuery query) {
        scope.requireFor(READ_KEY);
        var tenant = scope.tenant();
        return ground.database()
                .read(
                        tenant,
                        tx -> {
                            var lines = rows.window(tx, tenant, scope, query);
                            return new Key.Listing(
                                    Cursor.shown(lines, query.limit()).stream()
                                            .map(line -> line.row().shown(line.publicKey()))
                                            .toList(),
                                    Cursor.next(
                                            lines,
                                            query.limit(),
                                            last -> new Cursor(last.place(), last.row().id())),
                                    query.total()
                                            ? Optional.of(rows.count(tx, tenant, scope, query))
                                            : Optional.empty());
                        });
    }

    @Override
    public Key read(Permit permit, KeyName name) {
        permit.requireFor(READ_KEY, name.resource());
        return ground.database().read(permit.tenant(), tx -> shown(tx, permit.tenant(), name));
    }

    @Override
    public List<Key.Version> versions(Permit permit, KeyName name) {
        permit.requireFor(READ_KEY, name.resource());
        var tenant = permit.tenant();
        return ground.database()
                .read(
                        tenant,
                        tx ->
                                versions.all(tx, tenant, row(tx, tenant, name).id()).stream()
                                        .map(KeyRow.Version::shown)
                                        .toList());
    }

    @Override
    public Key change(Permit permit, KeyName name, Change change, int expected) {
        return changed(
                permit,
                WRITE_KEY,
                name,
                (tx, row) -> {
                    if (row.revision() != expected) {
                        throw stale(row.revision());
                    }
                    var next = over(row, change);
                    record(tx, permit, new KeyEvent.Changed(subject(row), differences(row, next)));
                    return next;
                });
    }

    private static KeyRow over(KeyRow row, Change change) {
        int opening = change.minDecryptionVersion().orElse(row.leastOpening());
        int sealing = change.minEncryptionVersion().orElse(row.leastSealing());
        var wrong = new ArrayList<FieldError>();
        if (opening < 1 || opening > row.version()) {
            wrong.add(outOfRange("/minDecryptionVersion", 1, row.version()));
        }
        if (sealing < 0 || sealing > row.version()) {
            wrong.add(outOfRange("/minEncryptionVersion", 0, row.version()));
        }
        if (!wrong.isEmpty()) {
            throw Refusal.of(wrong);
        }
        return with(
                row,
                row.state(),
                row.version(),
                new Limits(
                        opening, sealing, change.deletionAllowed().orElse(row.deletionAllowed())));
    }

    private static FieldError outOfRange(String pointer, int from, int to) {
        return FieldError.of(pointer, "out-of-range", "%d to %d".formatted(from, to));
    }

    private static List<String> differences(KeyRow before, KeyRow after) {
        var names = new ArrayList<String>();
        if (before.leastOpening() != after.leastOpening()) {
            names.add("minDecryptionVersion");
        }
        if (before.leastSealing() != after.leastSealing()) {
            names.add("minEncryptionVersion");
        }
        if (before.deletionAllowed() != after.deletionAllowed()) {
            names.add("deletionAllowed");
        }
        return names;
    }

    @Override
    public Key rotate(Permit permit, KeyName name) {
        permit.requireFor(WRITE_KEY, name.resource());
        var tenant = permit.tenant();
        var before = ground.database().read(tenant, tx -> row(tx, tenant, name));
        before.requireEnabled();
        int next = before.version() + 1;
        var made = version(tenant, before.id(), before.type(), next, ground.clock().instant());
        return changed(
                permit,
                WRITE_KEY,
                name,
                (tx, row) -> {
                    row.requireEnabled();
                    if (!row.id().equals(before.id()) || row.version() != before.version()) {
                        throw Problem.CONFLICT.because("somebody else just rotated this key");
                    }
                    versions.add(tx, tenant, row.id(), made);
                    record(tx, permit, new KeyEvent.Rotated(subject(row), next));
                    return with(row, row.state(), next, Limits.of(row));
                });
    }

    @Override
    public Key set(Permit permit, KeyName name, Key.State state) {
        return changed(
                permit,
                WRITE_KEY,
                name,
                (tx, row) -> {
                    if (row.state() == state) {
                        throw Problem.CONFLICT.because("the key is %s already".formatted(state));
                    }
                    record(
                            tx,
                            permit,
                            switch (state) {
                                case ENABLED -> new KeyEvent.Enabled(subject(row));
                                case DISABLED -> new KeyEvent.Disabled(subject(row));
                            });
                    return with(row, state, row.version(), Limits.of(row));
                });
    }

    @Override
    public Key destroy(Permit permit, KeyName name, int version) {
        var tenant = permit.tenant();
        return changed(
                permit,
                DESTROY_KEY,
                name,
                (tx, row) -> {
                    requireDeletion(row);
                    if (version == row.version()) {
                        throw Problem.CONFLICT.because(
                                "the newest version works: rotate first, or destroy the key");
                    }
                    if (!versions.destroy(
                            tx, tenant, row.id(), version, ground.clock().instant())) {
                        throw Ground.destroyed(version);
                    }
                    record(tx, permit, new KeyEvent.VersionDestroyed(subject(row), version));
                    return with(row, row.state(), row.version(), Limits.of(row));
                });
    }

    @Override
    public void destroy(Permit permit, KeyName name) {
        permit.requireFor(DESTROY_KEY, name.resource());
        var tenant = permit.tenant();
        ground.database()
                .write(
                        tenant,
                        tx -> {
                            ground.policy().recheck(tx, permit);
                            var row = row(tx, tenant, name);
                            requireDeletion(row);
                            versions.removeAll(tx, tenant, row.id());
                            rows.remove(tx, tenant, row.id());
                            record(tx, permit, new KeyEvent.Destroyed(subject(row), row.version()));
                            return true;
                        });
        ground.cache().forget(tenant, name);
    }

    private static void requireDeletion(KeyRow row) {
        if (!row.deletionAllowed()) {
            throw Problem.CONFLICT.because(
                    "the key's settings do not allow this: set deletionAllowed first");
        }
    }

    /// What a change makes of a row, inside its transaction.
    @FunctionalInterface
    private interface Step {
        KeyRow from(Handle tx, KeyRow row);
    }

    private Key changed(Permit permit, Action action, KeyName name, Step step) {
        permit.requireFor(action, name.resource());
        var tenant = permit.tenant();
        var key =
                ground.database()
                        .write(
                                tenant,
                                tx -> {
                                    ground.policy().recheck(tx, permit);
                                    var before = row(tx, tenant, name);
                                    var next = step.from(tx, before);
                                    if (!rows.replace(tx, tenant, next, ground.clock().instant())) {
                                        throw stale(before.revision());
                                    }
                                    return shown(tx, tenant, name);
                                });
        ground.cache().forget(tenant, name);
        return key;
    }

    /// What settings say.
    private record Limits(int leastOpening, int leastSealing, boolean deletionAllowed) {
        static Limits of(KeyRow row) {
            return new Limits(row.leastOpening(), row.leastSealing(), row.deletionAllowed());
        }
    }

    private static KeyRow with(KeyRow row, Key.State state, int version, Limits limits) {
        return new KeyRow(
                row.id(),
                row.name(),
                row.type(),
                state,
                version,
                limits.leastOpening(),
                limits.leastSealing(),
                limits.deletionAllowed(),
                row.revision(),
                row.created(),
                row.createdBy(),
                row.changed());
    }

    private Key shown(Handle tx, TenantId tenant, KeyName name) {
        var row = row(tx, tenant, name);
        return row.shown(
                versions.find(tx, tenant, row.id(), row.version())
                        .flatMap(KeyRow.Version::publicKey));
    }

    private KeyRow row(Handle tx, TenantId tenant, KeyName name) {
        return rows.find(tx, tenant, name).orElseThrow(Ground::missing);
    }

    private static Refusal stale(int revision) {
        return Problem.VERSION_CONFLICT
                .because("the key is at revision " + revision)
                .with("version", revision);
    }

    private void record(Handle tx, Permit permit, KeyEvent event) {
        ground.ledger().append(tx, permit.principal(), event);
    }

    private static KeyEvent.Subject subject(KeyRow row) {
        return new KeyEvent.Subject(row);
    }
}
