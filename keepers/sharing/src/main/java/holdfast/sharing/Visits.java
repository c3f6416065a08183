package holdfast.sharing;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
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

    /// Somebody of another tenant at a secret that is lent to theirs.
    ///
    /// @param home  by their own tenant's policy, on what that calls the secret
    /// @param there by the owner's, on what it lent
    record Visit(Row row, Permit home, Permit there) {}

    /// Both policies decide: the owner's on what it lent, the caller's on what its people may do with what was lent.
    ///
    /// @throws holdfast.kernel.Refusal NOT_FOUND, NOT_PERMITTED
    Visit enter(Principal caller, Action action, UUID id) {
        var row =
                ground.database()
                        .readPlatform(tx -> store.received(tx, caller.tenant(), id))
                        .filter(one -> one.state(ground.clock().instant()) == Share.State.ACTIVE)
                        .filter(one -> ground.letsShare(one.tenant()))
                        .orElseThrow(Ground::missing);
        return enter(caller, action, row);
    }

    private Visit enter(Principal caller, Action action, Row row) {
        var policy = ground.access().policy();
        var home = policy.permit(caller, action, row.received());
        return new Visit(row, home, policy.visit(home, row.tenant(), row.path()));
    }

    /// {@return a share that the caller's tenant made of what was lent to it, when its policy lets the caller share that}
    Optional<Row> passed(Scope scope, UUID id) {
        return ground.database()
                .readPlatform(tx -> store.passed(tx, scope.tenant(), id))
                .filter(row -> scope.covers(row.received()));
    }

    /// As [#passed], to be changed by what is lent to the tenant now.
    Optional<Visit> passing(Scope scope, UUID id) {
        return passed(scope, id).map(row -> enter(scope.principal(), Action.SHARE_SECRET, row));
    }
}
