package holdfast.sharing;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.vault.Secrets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What goes on between two tenants. The permit enters the owner's tenant, the value never leaves it but to the one who
/// reads it, and both ledgers tell in one transaction.
record Visits(Ground ground, ShareStore store) {
    /// {@return what the policy of the tenant that receives a secret calls it}
    static String received(TenantId owner, String path) {
        return "shared/" + owner + "/" + path;
    }

    Share answer(Permit permit, UUID id, boolean accept) {
        var home = permit.tenant();
        var by = permit.principal();
        var now = ground.clock().instant();
        var row =
                ground.database()
                        .writePlatform(tx -> {
                            ground.access().policy().recheck(tx, permit);
                            var found = store.received(tx, home, id).orElseThrow(Ground::missing);
                            boolean done =
                                    accept
                                            ? found.state(now) == Share.State.PENDING
                                                    && store.accept(tx, found.tenant(), id, now)
                                            : store.revoke(tx, found.tenant(), id, now, by);
                            if (!done) {
                                throw Problem.CONFLICT.because("the share is answered or over");
                            }
                            if (accept) {
                                ground.access().grants().lend(tx, found.tenant(), found.grant(now));
                            } else {
                                ground.access().grants().takeBack(tx, found.tenant(), id);
                            }
                            ground.ledger()
                                    .append(
                                            tx,
                                            by,
                                            accept
                                                    ? new ShareEvent.Accepted(found)
                                                    : new ShareEvent.Declined(found));
                            ground.ledger()
                                    .append(
                                            tx,
                                            by.in(found.tenant()),
                                            new ShareEvent.Answered(found, home.value(), accept));
                            return store.find(tx, found.tenant(), id).orElseThrow();
                        });
        ground.access().roles().refresh(row.tenant());
        var allows = ground.access().grants().inForce(row.tenant(), Set.of(id));
        return row.shown(
                now,
                allows.getOrDefault(id, Set.of()),
                ground.tenants().find(row.tenant()).map(one -> one.name()));
    }

    /// Both policies decide: the owner's on what it lent, the caller's on what its people may do with what was lent.
    Secrets.Opened open(Principal caller, UUID id, Secrets.Use use) {
        var row =
                ground.database()
                        .readPlatform(tx -> store.received(tx, caller.tenant(), id))
                        .filter(one -> one.state(ground.clock().instant()) == Share.State.ACTIVE)
                        .orElseThrow(Ground::missing);
        var policy = ground.access().policy();
        var home = policy.permit(caller, Action.REVEAL_SECRET, row.received());
        var there = policy.visit(caller, Action.REVEAL_SECRET, row.tenant(), row.path());
        return ground.vault()
                .secrets()
                .open(
                        there,
                        row.secret(),
                        new Secrets.Use(Optional.empty(), Set.of(), use.purpose()),
                        (tx, version) -> {
                            policy.recheck(tx, home);
                            ground.ledger().append(tx, caller, new ShareEvent.Opened(row, version));
                        });
    }
}
