package holdfast.vault;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.secret.SecretName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// Decides the items of a batch, each as a single call would have been: what may be done, and on which secret.
final class Targets {
    private final Ground ground;
    private final Ground.Stores stores;

    Targets(Ground ground, Ground.Stores stores) {
        this.ground = ground;
        this.stores = stores;
    }

    /// An item that may be done.
    record Allowed<T>(int index, T asked, Row row, Permit permit) {}

    /// @param refused by the place of the item
    record Decided<T>(List<Allowed<T>> allowed, Map<Integer, Refusal> refused) {}

    <T> Decided<T> decide(
            Scope scope,
            Action action,
            List<Batches.Item<T>> items,
            Function<T, Batches.Target> target) {
        scope.requireFor(action);
        var tenant = scope.tenant();
        var found =
                ground.database()
                        .read(tenant, tx -> find(tx, tenant, targets(scope, items, target)));
        var sees = sees(scope, action);
        var decided = new Decided<T>(new ArrayList<>(), new HashMap<>());
        int index = 0;
        for (var item : items) {
            switch (item) {
                case Batches.Item.Bad<T>(var why) -> decided.refused().put(index, why);
                case Batches.Item.Good<T>(var asked) ->
                        one(scope, action, sees, found, index, asked, target.apply(asked), decided);
            }
            index++;
        }
        return decided;
    }

    private <T> void one(
            Scope scope,
            Action action,
            Optional<Scope> sees,
            Map<Object, Row> found,
            int index,
            T asked,
            Batches.Target target,
            Decided<T> decided) {
        var named = target.name().map(SecretName::resource);
        var row = Optional.ofNullable(found.get(key(target)));
        var path = named.or(() -> row.map(one -> one.name().resource()));
        if (path.filter(scope::covers).isEmpty()) {
            boolean told =
                    named.isPresent()
                            || path.filter(one -> sees.filter(s -> s.covers(one)).isPresent())
                                    .isPresent();
            decided.refused().put(index, told ? notPermitted(action) : Ground.missing());
        } else if (row.isEmpty()) {
            decided.refused().put(index, Ground.missing());
        } else if (row.get().isDeleted()) {
            decided.refused().put(index, Ground.deleted());
        } else {
            var permit = ground.policy().permit(scope.principal(), action, path.get());
            decided.allowed().add(new Allowed<>(index, asked, row.get(), permit));
        }
    }

    private Optional<Scope> sees(Scope scope, Action action) {
        if (action == Action.READ_SECRET) {
            return Optional.of(scope);
        }
        return ground.policy().allowed(scope.principal()).contains(Action.READ_SECRET)
                ? Optional.of(ground.policy().scope(scope.principal(), Action.READ_SECRET))
                : Optional.empty();
    }

    /// {@return what must be looked up: a name that is not covered is not looked for}
    private static <T> List<Batches.Target> targets(
            Scope scope, List<Batches.Item<T>> items, Function<T, Batches.Target> target) {
        var wanted = new ArrayList<Batches.Target>();
        for (var item : items) {
            if (item instanceof Batches.Item.Good<T>(var asked)) {
                var one = target.apply(asked);
                if (one.name()
                        .map(SecretName::resource)
                        .filter(path -> !scope.covers(path))
                        .isEmpty()) {
                    wanted.add(one);
                }
            }
        }
        return wanted;
    }

    /// {@return secrets by id and by path}
    private Map<Object, Row> find(Handle tx, TenantId tenant, List<Batches.Target> targets) {
        var ids = new ArrayList<UUID>();
        targets.forEach(target -> target.id().ifPresent(ids::add));
        var names = targets.stream().flatMap(target -> target.name().stream()).distinct().toList();
        if (!names.isEmpty()) {
            ids.addAll(stores.secrets().idsOf(tx, tenant, names));
        }
        var found = new HashMap<Object, Row>();
        if (!ids.isEmpty()) {
            for (var row : stores.secrets().find(tx, tenant, ids.stream().distinct().toList())) {
                found.put(row.id(), row);
                found.put(row.name().resource(), row);
            }
        }
        return found;
    }

    private static Object key(Batches.Target target) {
        return target.name()
                .<Object>map(SecretName::resource)
                .orElseGet(() -> target.id().orElseThrow());
    }

    static Refusal notPermitted(Action action) {
        return Problem.NOT_PERMITTED
                .because("your role does not allow " + action)
                .with("action", action);
    }
}
