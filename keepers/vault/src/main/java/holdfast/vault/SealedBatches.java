package holdfast.vault;

import static holdfast.access.Action.DELETE_SECRET;
import static holdfast.access.Action.REVEAL_SECRET;
import static holdfast.access.Action.WRITE_SECRET;

import holdfast.access.Permit;
import holdfast.access.Scope;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
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

        Answers(int size, boolean atomic) {
            this.all = new Answer[size];
            this.atomic = atomic;
        }

        /// @throws Refusal of the whole call, when it is all or nothing
        void refuse(int index, Refusal why) {
            if (atomic) {
                throw Batches.whole(index, why);
            }
            all[index] = Answer.refused(index, why);
        }

        void done(int index, int status, UUID id, int version) {
            all[index] = Answer.done(index, status, id, version);
        }

        VaultEvent.Batched event(String operation) {
            var done = new TreeMap<String, Object>();
            for (var one : all) {
                if (one.refusal().isEmpty()) {
                    done.put(one.id().orElseThrow().toString(), one.version().orElseThrow());
                }
            }
            int refused = (int) Arrays.stream(all).filter(one -> one.refusal().isPresent()).count();
            return new VaultEvent.Batched(operation, atomic, done, refused);
        }

        List<Answer> list() {
            return List.of(all);
        }
    }

    @Override
    public List<Answer> create(Scope scope, List<Item<Secrets.Draft>> items, boolean atomic) {
        scope.requireFor(WRITE_SECRET);
        Batches.requireSize(items.size());
        var answers = new Answers(items.size(), atomic);
        var permits = new ArrayList<Permit>();
        var prepared = prepared(scope, items, answers, permits);
        return write(
                scope,
                permits,
                answers,
                "create",
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
        var sealed = new HashMap<UUID, VersionStore.Sealed>();
        ground.database()
                .read(tenant, tx -> stores.versions().sealed(tx, tenant, wanted))
                .forEach(version -> sealed.put(version.secret(), version));
        var told =
                write(
                        scope,
                        allowed.stream().map(Targets.Allowed::permit).toList(),
                        answers,
                        "read",
                        _ -> {
                            for (var one : allowed) {
                                if (sealed.containsKey(one.row().id())) {
                                    int version = one.row().version();
                                    answers.done(one.index(), 200, one.row().id(), version);
                                } else {
                                    answers.refuse(one.index(), Ground.missing());
                                }
                            }
                        });
        try (var sealing = ground.sealing(tenant)) {
            return told.stream().map(answer -> opened(sealing, answer, sealed)).toList();
        }
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
        return write(
                scope,
                decided.allowed().stream().map(Targets.Allowed::permit).toList(),
                answers,
                "update",
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
        var decided = targets.decide(scope, DELETE_SECRET, items, VersionOf::target);
        decided.refused().forEach(answers::refuse);
        var now = ground.clock().instant();
        var tenant = scope.tenant();
        return write(
                scope,
                decided.allowed().stream().map(Targets.Allowed::permit).toList(),
                answers,
                "delete",
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

    /// What a batch does inside its transaction.
    @FunctionalInterface
    private interface Work {
        void in(Handle tx);
    }

    private List<Answer> write(
            Scope scope, List<Permit> permits, Answers answers, String operation, Work work) {
        return ground.database()
                .write(
                        scope.tenant(),
                        tx -> {
                            ground.policy().recheck(tx, permits);
                            work.in(tx);
                            ground.ledger().append(tx, scope.principal(), answers.event(operation));
                            return answers.list();
                        });
    }
}
