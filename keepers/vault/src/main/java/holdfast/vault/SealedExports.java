package holdfast.vault;

import holdfast.access.Action;
import holdfast.access.Scope;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.secret.Secret;
import holdfast.secret.SecretQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// The only [SecretExports]: decides each item, records them all, then opens a few at a time.
final class SealedExports implements SecretExports {
    private static final int WINDOW = 1_000; // rows of one look
    private static final int MOST_AT_ONCE = 500;
    private static final long MOST_BYTES = 8L * 1024 * 1024; // of values in memory

    private final Ground ground;
    private final Ground.Stores stores;

    SealedExports(Ground ground, Ground.Stores stores) {
        this.ground = ground;
        this.stores = stores;
    }

    @Override
    public Export export(Scope scope, SecretQuery query, List<UUID> chosen, String format) {
        scope.requireFor(Action.EXPORT_SECRET);
        if (query.state() == Secret.State.DELETED) {
            throw Refusal.of(
                    List.of(FieldError.of("?state", "not-one-of", "deleted secrets do not open")));
        }
        var tenant = scope.tenant();
        var now = ground.clock().instant();
        var rows = rows(scope, query, chosen);
        ground.alarms().prepare();
        var permits =
                rows.stream()
                        .map(row ->
                                ground.policy()
                                        .permit(
                                                scope.principal(),
                                                Action.EXPORT_SECRET,
                                                row.name().resource()))
                        .toList();
        var named = new TreeMap<String, Object>();
        rows.forEach(row -> named.put(row.id().toString(), row.version()));
        ground.database()
                .write(
                        tenant,
                        tx -> {
                            ground.policy().recheck(tx, permits);
                            ground.ledger()
                                    .append(
                                            tx,
                                            scope.principal(),
                                            new VaultEvent.Exported(format, query.words(), named));
                            rows.forEach(row ->
                                    ground.alarms()
                                            .opened(
                                                    tx,
                                                    scope.principal(),
                                                    Optional.empty(),
                                                    KeptSecrets.subject(row)));
                            return true;
                        });
        ground.alarms().after(tenant);
        return new Sealed(tenant, now, rows);
    }

    /// {@return what may leave, by name: the scope is part of the statement}
    private List<Row> rows(Scope scope, SecretQuery query, List<UUID> chosen) {
        var wanted = new HashSet<>(chosen);
        var rows = new ArrayList<Row>();
        var after = Optional.<holdfast.kernel.Cursor>empty();
        do {
            var window = query.window(after, WINDOW);
            var lines =
                    ground.database()
                            .read(
                                    scope.tenant(),
                                    tx -> stores.grid().window(tx, scope.tenant(), scope, window));
            lines.stream()
                    .limit(WINDOW)
                    .map(GridStore.Line::row)
                    .filter(row -> wanted.isEmpty() || wanted.contains(row.id()))
                    .forEach(rows::add);
            if (rows.size() > MAX_ITEMS) {
                throw Problem.TOO_LARGE.because("a file has at most 10,000 secrets: filter more");
            }
            after =
                    lines.size() > WINDOW
                            ? Optional.of(
                                    new holdfast.kernel.Cursor(
                                            lines.get(WINDOW - 1).place(),
                                            lines.get(WINDOW - 1).row().id()))
                            : Optional.empty();
        } while (after.isPresent());
        return rows;
    }

    /// A file of which every value is already named in the ledger.
    private final class Sealed implements Export {
        private final TenantId tenant;
        private final Instant made;
        private final List<Row> rows;

        Sealed(TenantId tenant, Instant made, List<Row> rows) {
            this.tenant = tenant;
            this.made = made;
            this.rows = rows;
        }

        @Override
        public Instant made() {
            return made;
        }

        @Override
        public void forEach(Rows taking) throws IOException {
            int from = 0;
            while (from < rows.size()) {
                int to = from;
                long bytes = 0;
                while (to < rows.size() && to - from < MOST_AT_ONCE && bytes <= MOST_BYTES) {
                    bytes += rows.get(to).shape().size();
                    to++;
                }
                lend(rows.subList(from, to), taking);
                from = to;
            }
        }

        private void lend(List<Row> part, Rows taking) throws IOException {
            var wanted = new HashMap<UUID, Integer>();
            part.forEach(row -> wanted.put(row.id(), row.version()));
            Map<UUID, VersionStore.Sealed> sealed = new HashMap<>();
            ground.database()
                    .read(tenant, tx -> stores.versions().sealed(tx, tenant, wanted))
                    .forEach(one -> sealed.put(one.secret(), one));
            try (var sealing = ground.sealing(tenant)) {
                for (var row : part) {
                    var found = sealed.get(row.id());
                    if (found == null) {
                        continue; // destroyed meanwhile
                    }
                    try (var content =
                            sealing.open(found.secret(), found.version(), found.held())) {
                        taking.take(row.shown(made), content);
                    }
                }
            }
        }
    }
}
