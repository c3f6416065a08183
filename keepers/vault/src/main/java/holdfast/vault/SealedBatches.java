package holdfast.vault;

import static holdfast.access.Action.DELETE_SECRET;
import static holdfast.access.Action.READ_SECRET;
import static holdfast.access.Action.REVEAL_SECRET;
import static holdfast.access.Action.WRITE_SECRET;

import holdfast.access.Action;
import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.secret.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/// The only [Batches]: decides and seals everything first, then writes it in one short transaction with one event.
final class SealedBatches implements Batches {
    private static final long MAX_VALUES = 16L * 1024 * 1024; // bytes that one answer carries

    private final Ground ground;
    private final Ground.Stores stores;
    private final Targets targets;
    private final Writing writing;

    SealedBatches(Ground ground, Ground.Stores stores) {
        this.ground = ground;
        this.stores = stores;
        this.targets = new Targets(ground, stores);
        this.writing = new Writing(ground, stores);
    }

    /// The answers of one call while they come together.
    private static final class Answers {
        private final Answer[] all;
        private final boolean atomic;
        private final List<Integer> places; // of the items of one step among all

        Answers(int size, boolean atomic) {
            this(new Answer[size], atomic, IntStream.range(0, size).boxed().toList());
        }

        private Answers(Answer[] all, boolean atomic, List<Integer> places) {
            this.all = all;
            this.atomic = atomic;
            this.places = places;
        }

        Answers at(List<Integer> some) {
            return new Answers(all, atomic, some);
        }

        /// @throws Refusal of the whole call, when it is all or nothing
        void refuse(int index, Refusal why) {
            int place = places.get(index);
            if (atomic) {
                throw Batches.whole(place, why);
            }
            all[place] = Answer.refused(place, why);
        }

        void done(int index, int status, UUID id, int version) {
            int place = places.get(index);
            all[place] = Answer.done(place, status, id, version);
        }

        /// @param read places of the items that were read, apart from what was changed
        VaultEvent.Batched event(String operation, Set<Integer> read) {
            var done = new TreeMap<String, Object>();
            var seen = new TreeMap<String, Object>();
            for (var one : all) {
                if (one.refusal().isEmpty()) {
                    (read.contains(one.index()) ? seen : done)
                            .put(one.id().orElseThrow().toString(), one.version().orElseThrow());
                }
            }
            int refused = (int) Arrays.stream(all).filter(one -> one.refusal().isPresent()).count();
            return new VaultEvent.Batched(operation, atomic, done, seen, refused);
        }

        List<Answer> list() {
            return List.of(all);
        }
    }

    /// One kind of work of a batch: decided and sealed, to be done inside the transaction.
    private record Step(List<Permit> permits, Work work) {}

    @Override
    public List<Answer> create(Scope scope, List<Item<Secrets.Draft>> items, boolean atomic) {
        Batches.requireSize(items.size());
        var answers = new Answers(items.size(), atomic);
        return write(scope, answers, "create", Set.of(), List.of(creating(scope, items, answers)));
    }

    private Step creating(Scope scope, List<Item<Secrets.Draft>> items, Answers answers) {
        scope.requireFor(WRITE_SECRET);
        var permits = new ArrayList<Permit>();
        var prepared = prepared(scope, items, answers, permits);
        return new Step(
                permits,
                tx -> {
                    var order = List.copyOf(prepared.keySet());
                    var made = List.copyOf(prepared.values());
                    var added = writing.addAll(tx, scope.tenant(), made);
                    for (int i = 0; i < made.size(); i++) {
                        if (added.get(i)) {
                            answers.done(order.get(i), 201, made.get(i).row().id(), 1);
                        } else {
                            answers.refuse(
                                    order.get(i),
                                    Problem.CONFLICT.because(
                                            "there is a secret with this name already"));
                        }
                    }
                });
    }

    private SortedMap<Integer, Writing.Prepared> prepared(
            Scope scope, List<Item<Secrets.Draft>> items, Answers answers, List<Permit> permits) {
        var stamp = Row.Stamp.of(ground.clock().instant(), scope.principal());
        var prepared = new TreeMap<Integer, Writing.Prepared>();
        try (var sealing = ground.sealing(scope.tenant())) {
            for (int i = 0; i < items.size(); i++) {
                switch (items.get(i)) {
                    case Item.Bad<Secrets.Draft>(var why) -> answers.refuse(i, why);
                    case Item.Good<Secrets.Draft>(var draft) -> {
                        var path = draft.name().resource();
                        if (scope.covers(path)) {
                            permits.add(
                                    ground.policy().permit(scope.principal(), WRITE_SECRET, path));
                            prepared.put(
                                    i, Drafts.first(sealing, ground.ids().next(), draft, stamp));
                            draft.content().close();
                        } else {
                            answers.refuse(i, Targets.notPermitted(WRITE_SECRET));
                        }
                    }
                }
            }
        }
        return prepared;
    }

    @Override
    public List<Answer> read(Scope scope, List<Item<Target>> items, boolean atomic) {
        Batches.requireSize(items.size());
        var answers = new Answers(items.size(), atomic);
        var sealed = new HashMap<UUID, VersionStore.Sealed>();
        var step = reading(scope, items, answers, sealed);
        var told = write(scope, answers, "read", Set.of(), List.of(step));
        return opened(
                scope.tenant(), told, IntStream.range(0, told.size()).boxed().toList(), sealed);
    }

    /// @param sealed takes what is to be opened after the transaction
    private Step reading(
            Scope scope,
            List<Item<Target>> items,
            Answers answers,
            Map<UUID, VersionStore.Sealed> sealed) {
        var decided = targets.decide(scope, REVEAL_SECRET, items, target -> target);
        decided.refused().forEach(answers::refuse);
        var tenant = scope.tenant();
        var allowed = decided.allowed();
        long bytes = allowed.stream().mapToLong(one -> one.row().shape().size()).sum();
        if (bytes > MAX_VALUES) {
            throw Problem.TOO_LARGE.because("the values are more than 16 MiB: ask for fewer");
        }
        var wanted = new HashMap<UUID, Integer>();
        allowed.forEach(one -> wanted.put(one.row().id(), one.row().version()));
        ground.database()
                .read(tenant, tx -> stores.versions().sealed(tx, tenant, wanted))
                .forEach(version -> sealed.put(version.secret(), version));
        return new Step(
                allowed.stream().map(Targets.Allowed::permit).toList(),
                tx -> {
                    for (var one : allowed) {
                        if (sealed.containsKey(one.row().id())) {
                            int version = one.row().version();
                            answers.done(one.index(), 200, one.row().id(), version);
                            ground.alarms()
                                    .opened(
                                            tx,
                                            scope.principal(),
                                            Optional.empty(),
                                            KeptSecrets.subject(one.row()));
                        } else {
                            answers.refuse(one.index(), Ground.missing());
                        }
                    }
                });
    }

    private List<Answer> opened(
            TenantId tenant,
            List<Answer> told,
            List<Integer> read,
            Map<UUID, VersionStore.Sealed> sealed) {
        var answers = new ArrayList<>(told);
        try (var sealing = ground.sealing(tenant)) {
            for (int place : read) {
                answers.set(place, opened(sealing, told.get(place), sealed));
            }
        }
        return answers;
    }

    private static Answer opened(
            Sealing sealing, Answer answer, Map<UUID, VersionStore.Sealed> sealed) {
        return answer.id()
                .flatMap(id -> Optional.ofNullable(sealed.get(id)))
                .map(one -> answer.with(sealing.open(one.secret(), one.version(), one.held())))
                .orElse(answer);
    }

    @Override
    public List<Answer> update(Scope scope, List<Item<NewValueOf>> items, boolean atomic) {
        Batches.requireSize(items.size());
        var answers = new Answers(items.size(), atomic);
        return write(scope, answers, "update", Set.of(), List.of(updating(scope, items, answers)));
    }

    private Step updating(Scope scope, List<Item<NewValueOf>> items, Answers answers) {
        var decided = targets.decide(scope, WRITE_SECRET, items, NewValueOf::target);
        decided.refused().forEach(answers::refuse);
        var now = ground.clock().instant();
        var prepared = new ArrayList<Writing.Prepared>();
        var order = new ArrayList<Integer>();
        try (var sealing = ground.sealing(scope.tenant())) {
            for (var one : decided.allowed()) {
                var row = one.row();
                if (row.version() != one.asked().expected()) {
                    answers.refuse(one.index(), Ground.stale(row.version()));
                    continue;
                }
                try (var content = one.asked().value().content()) {
                    var why = one.asked().value().why();
                    var how = new Sealing.How(Secret.Origin.VALUE, Optional.empty(), why);
                    var made =
                            Drafts.next(
                                    sealing, one.permit(), row, content, row.details(), how, now);
                    prepared.add(Drafts.prepared(row, made, row.upkeep()));
                    order.add(one.index());
                }
            }
        }
        var tenant = scope.tenant();
        return new Step(
                decided.allowed().stream().map(Targets.Allowed::permit).toList(),
                tx -> {
                    var advanced = writing.advanceAll(tx, tenant, prepared);
                    for (int i = 0; i < prepared.size(); i++) {
                        var row = prepared.get(i).row();
                        if (advanced.get(i)) {
                            answers.done(order.get(i), 200, row.id(), row.version());
                        } else {
                            answers.refuse(order.get(i), writing.whyNot(tx, tenant, row.id()));
                        }
                    }
                });
    }

    @Override
    public List<Answer> delete(Scope scope, List<Item<VersionOf>> items, boolean atomic) {
        Batches.requireSize(items.size());
        var answers = new Answers(items.size(), atomic);
        return write(scope, answers, "delete", Set.of(), List.of(deleting(scope, items, answers)));
    }

    private Step deleting(Scope scope, List<Item<VersionOf>> items, Answers answers) {
        var decided = targets.decide(scope, DELETE_SECRET, items, VersionOf::target);
        decided.refused().forEach(answers::refuse);
        var now = ground.clock().instant();
        var tenant = scope.tenant();
        return new Step(
                decided.allowed().stream().map(Targets.Allowed::permit).toList(),
                tx -> {
                    for (var one : decided.allowed()) {
                        var id = one.row().id();
                        int expected = one.asked().expected();
                        if (writing.delete(tx, tenant, id, expected, now)) {
                            answers.done(one.index(), 200, id, expected);
                        } else {
                            answers.refuse(one.index(), writing.whyNot(tx, tenant, id));
                        }
                    }
                });
    }

    @Override
    public List<Answer> mixed(Scope scope, List<Item<Operation>> items, boolean atomic) {
        scope.requireFor(READ_SECRET);
        Batches.requireSize(items.size());
        var answers = new Answers(items.size(), atomic);
        var sorted = new MixedItems(items);
        sorted.bad().forEach(answers::refuse);
        var sealed = new HashMap<UUID, VersionStore.Sealed>();
        var steps = new ArrayList<Step>();
        may(scope, REVEAL_SECRET, sorted.reads(), answers)
                .ifPresent(own ->
                        steps.add(
                                reading(
                                        own,
                                        sorted.reads().items(),
                                        answers.at(sorted.reads().places()),
                                        sealed)));
        may(scope, WRITE_SECRET, sorted.updates(), answers)
                .ifPresent(own ->
                        steps.add(
                                updating(
                                        own,
                                        sorted.updates().items(),
                                        answers.at(sorted.updates().places()))));
        may(scope, DELETE_SECRET, sorted.deletes(), answers)
                .ifPresent(own ->
                        steps.add(
                                deleting(
                                        own,
                                        sorted.deletes().items(),
                                        answers.at(sorted.deletes().places()))));
        may(scope, WRITE_SECRET, sorted.creates(), answers)
                .ifPresent(own ->
                        steps.add(
                                creating(
                                        own,
                                        sorted.creates().items(),
                                        answers.at(sorted.creates().places()))));
        var read = sorted.reads().places();
        var told = write(scope, answers, "mixed", Set.copyOf(read), steps);
        return opened(scope.tenant(), told, read, sealed);
    }

    /// {@return where the caller may do it; who may nowhere is refused item by item}
    private Optional<Scope> may(
            Scope scope, Action action, MixedItems.Some<?> some, Answers answers) {
        if (some.places().isEmpty()) {
            return Optional.empty();
        }
        if (!ground.policy().allowed(scope.principal()).contains(action)) {
            some.places().forEach(place -> answers.refuse(place, Targets.notPermitted(action)));
            return Optional.empty();
        }
        return Optional.of(ground.policy().scope(scope.principal(), action));
    }

    /// What a batch does inside its transaction.
    @FunctionalInterface
    private interface Work {
        void in(Handle tx);
    }

    private List<Answer> write(
            Scope scope, Answers answers, String operation, Set<Integer> read, List<Step> steps) {
        var permits = steps.stream().flatMap(step -> step.permits().stream()).toList();
        ground.alarms().prepare();
        var told =
                ground.database()
                        .write(
                                scope.tenant(),
                                tx -> {
                                    ground.policy().recheck(tx, permits);
                                    steps.forEach(step -> step.work().in(tx));
                                    ground.ledger()
                                            .append(
                                                    tx,
                                                    scope.principal(),
                                                    answers.event(operation, read));
                                    return answers.list();
                                });
        ground.alarms().after(scope.tenant());
        return told;
    }
}
