package holdfast.vault;

import holdfast.access.Action;
import holdfast.access.Explanations;
import holdfast.access.Permit;
import holdfast.kernel.Problem;
import java.util.List;
import java.util.UUID;

/// The only [Canaries].
final class KeptCanaries implements Canaries {
    private final Ground ground;
    private final Ground.Stores stores;
    private final CanaryStore store;

    KeptCanaries(Ground ground, Ground.Stores stores) {
        this.ground = ground;
        this.stores = stores;
        this.store = ground.alarms().store();
    }

    @Override
    public Canary mark(Permit permit, UUID secret, boolean locks) {
        permit.requireFor(Action.MANAGE_ACCESS, Explanations.RESOURCE);
        var tenant = permit.tenant();
        var stamp = Row.Stamp.of(ground.clock().instant(), permit.principal());
        var made =
                ground.database()
                        .write(
                                tenant,
                                tx -> {
                                    ground.policy().recheck(tx, permit);
                                    var row =
                                            stores.secrets()
                                                    .find(tx, tenant, secret)
                                                    .orElseThrow(Ground::missing);
                                    store.put(tx, tenant, secret, locks, stamp);
                                    ground.ledger()
                                            .append(
                                                    tx,
                                                    permit.principal(),
                                                    new VaultEvent.Marked(
                                                            KeptSecrets.subject(row), locks));
                                    return store.all(tx, tenant).stream()
                                            .filter(one -> one.secret().equals(secret))
                                            .findFirst()
                                            .orElseThrow();
                                });
        ground.alarms().refresh();
        return made;
    }

    @Override
    public void unmark(Permit permit, UUID secret) {
        permit.requireFor(Action.MANAGE_ACCESS, Explanations.RESOURCE);
        var tenant = permit.tenant();
        ground.database()
                .write(
                        tenant,
                        tx -> {
                            ground.policy().recheck(tx, permit);
                            var row =
                                    stores.secrets()
                                            .find(tx, tenant, secret)
                                            .orElseThrow(Ground::missing);
                            if (!store.remove(tx, tenant, secret)) {
                                throw Problem.NOT_FOUND.because("this secret is no canary");
                            }
                            ground.ledger()
                                    .append(
                                            tx,
                                            permit.principal(),
                                            new VaultEvent.Unmarked(KeptSecrets.subject(row)));
                            return true;
                        });
        ground.alarms().refresh();
    }

    @Override
    public List<Canary> all(Permit permit) {
        permit.requireFor(Action.MANAGE_ACCESS, Explanations.RESOURCE);
        return ground.database().read(permit.tenant(), tx -> store.all(tx, permit.tenant()));
    }
}
