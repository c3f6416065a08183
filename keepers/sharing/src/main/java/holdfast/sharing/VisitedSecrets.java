package holdfast.sharing;

import holdfast.access.Action;
import holdfast.access.Scope;
import holdfast.secret.Change;
import holdfast.secret.Secret;
import holdfast.vault.Secrets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/// The only [SharedSecrets]: the vault of the owner, entered as a visitor.
final class VisitedSecrets implements SharedSecrets {
    private final Ground ground;
    private final Visits visits;
    private final KeptShares shares;

    VisitedSecrets(Ground ground, Visits visits, KeptShares shares) {
        this.ground = ground;
        this.visits = visits;
        this.shares = shares;
    }

    @Override
    public Shown read(Scope scope, UUID share) {
        var visit = enter(scope, Action.READ_SECRET, share);
        return shown(visit, ground.vault().secrets().read(visit.there(), visit.row().secret()));
    }

    @Override
    public List<Version> versions(Scope scope, UUID share) {
        var visit = enter(scope, Action.READ_SECRET, share);
        return ground.vault().secrets().versions(visit.there(), visit.row().secret()).stream()
                .map(one ->
                        new Version(
                                one.version(),
                                one.origin(),
                                one.kind(),
                                one.size(),
                                one.sameValueAsBefore(),
                                one.made(),
                                one.active()))
                .toList();
    }

    @Override
    public Secrets.Opened open(Scope scope, UUID share, Secrets.Use use) {
        var visit = enter(scope, Action.REVEAL_SECRET, share);
        var anew = new Secrets.Use(use.version(), Set.of(), use.purpose());
        return with(visit, version -> new ShareEvent.Opened(visit.row(), version))
                .open(visit.there(), visit.row().secret(), anew);
    }

    @Override
    public Shown put(Scope scope, UUID share, Secrets.NewValue value, int expected) {
        var visit = enter(scope, Action.WRITE_SECRET, share);
        return changed(
                visit,
                "update",
                door -> door.put(visit.there(), visit.row().secret(), value, expected));
    }

    @Override
    public Shown change(Scope scope, UUID share, Change change, int expected) {
        var visit = enter(scope, Action.WRITE_SECRET, share);
        return changed(
                visit,
                "update",
                door -> door.change(visit.there(), visit.row().secret(), change, expected));
    }

    @Override
    public Shown rollBack(Scope scope, UUID share, int to, String why, int expected) {
        var visit = enter(scope, Action.WRITE_SECRET, share);
        return changed(
                visit,
                "rollback",
                door -> door.rollBack(visit.there(), visit.row().secret(), to, why, expected));
    }

    @Override
    public Shown delete(Scope scope, UUID share, int expected) {
        var visit = enter(scope, Action.DELETE_SECRET, share);
        return changed(
                visit,
                "delete",
                door -> door.delete(visit.there(), visit.row().secret(), expected));
    }

    @Override
    public Shown undelete(Scope scope, UUID share) {
        var visit = enter(scope, Action.DELETE_SECRET, share);
        return changed(
                visit, "undelete", door -> door.undelete(visit.there(), visit.row().secret()));
    }

    @Override
    public void destroy(Scope scope, UUID share) {
        var visit = enter(scope, Action.DELETE_SECRET, share);
        with(visit, version -> new ShareEvent.Changes(visit.row(), "destroy", version))
                .destroy(visit.there(), visit.row().secret());
    }

    @Override
    public Share pass(Scope scope, UUID share, Shares.Offer offer) {
        var giving = enter(scope, Action.SHARE_SECRET, share);
        var reading = visits.enter(scope.principal(), Action.READ_SECRET, share);
        return shares.pass(giving, reading, offer);
    }

    private Visits.Visit enter(Scope scope, Action action, UUID share) {
        scope.requireFor(action);
        return visits.enter(scope.principal(), action, share);
    }

    private Shown changed(Visits.Visit visit, String did, Function<Secrets, Secret> work) {
        var door = with(visit, version -> new ShareEvent.Changes(visit.row(), did, version));
        return shown(visit, work.apply(door));
    }

    /// Asks the caller's own policy again and tells its ledger, in the transaction that tells the owner's.
    private Secrets with(Visits.Visit visit, IntFunction<ShareEvent> event) {
        return ground.vault()
                .secrets((tx, version) -> {
                    ground.access().policy().recheck(tx, visit.home());
                    ground.ledger().append(tx, visit.home().principal(), event.apply(version));
                });
    }

    private Shown shown(Visits.Visit visit, Secret secret) {
        var row = visit.row();
        var allows = ground.access().grants().inForce(row.tenant(), Set.of(row.id()));
        return new Shown(
                row.id(),
                new Share.Owner(
                        row.tenant().value(),
                        ground.tenants().find(row.tenant()).map(one -> one.name())),
                secret.service(),
                secret.account(),
                secret.state(),
                secret.version(),
                secret.kind(),
                secret.size(),
                secret.notes(),
                secret.tags(),
                secret.metadata(),
                secret.expires(),
                secret.expired(),
                secret.changed(),
                secret.destroys(),
                allows.getOrDefault(row.id(), Set.of()));
    }
}
