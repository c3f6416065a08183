package holdfast.vault;

import static holdfast.access.Action.DELETE_SECRET;
import static holdfast.access.Action.READ_SECRET;
import static holdfast.access.Action.REVEAL_SECRET;
import static holdfast.access.Action.WRITE_SECRET;

import holdfast.access.Policy;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import holdfast.kernel.FieldError;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.secret.Change;
import holdfast.secret.Content;
import holdfast.secret.SecretName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// HTTP to [Batches]: translates, decides nothing.
final class BatchRoutes {
    private static final String BATCH = SecretRoutes.ALL + "/batch/";
    private static final int BODY = 16 * 1024 * 1024; // bytes

    private final Batches batches;
    private final Policy policy;

    BatchRoutes(Batches batches, Policy policy) {
        this.batches = batches;
        this.policy = policy;
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "POST",
                        SecretRoutes.ALL + "/batch",
                        READ_SECRET,
                        BODY,
                        Rate.HEAVY,
                        this::mixed),
                new Route("POST", BATCH + "create", WRITE_SECRET, BODY, Rate.HEAVY, this::create),
                new Route(
                        "POST", BATCH + "read", REVEAL_SECRET, Route.JSON, Rate.HEAVY, this::read),
                new Route("POST", BATCH + "update", WRITE_SECRET, BODY, Rate.HEAVY, this::update),
                new Route(
                        "POST",
                        BATCH + "delete",
                        DELETE_SECRET,
                        Route.JSON,
                        Rate.HEAVY,
                        this::delete));
    }

    /// @param atomic all or nothing
    record Creates(List<Bodies.Create> items, Optional<Boolean> atomic) {}

    record Reads(List<Reading> items, Optional<Boolean> atomic) {}

    record Updates(List<Updating> items, Optional<Boolean> atomic) {}

    record Deletes(List<Deleting> items, Optional<Boolean> atomic) {}

    record Reading(Optional<UUID> id, Optional<String> service, Optional<String> account) {
        Batches.Target target() {
            return BatchRoutes.target(id, service, account);
        }
    }

    record Updating(
            Optional<UUID> id,
            Optional<String> service,
            Optional<String> account,
            Optional<SecretBytes> value,
            Optional<SecretBytes> valueBase64,
            Optional<String> change,
            int expectedVersion) {
        void close() {
            value.ifPresent(SecretBytes::close);
            valueBase64.ifPresent(SecretBytes::close);
        }
    }

    record Deleting(
            Optional<UUID> id,
            Optional<String> service,
            Optional<String> account,
            int expectedVersion) {
        Batches.VersionOf versionOf() {
            return new Batches.VersionOf(target(id, service, account), expectedVersion);
        }
    }

    record Mixed(List<Doing> items, Optional<Boolean> atomic) {}

    /// One member says what is to be done.
    record Doing(
            Optional<Reading> read,
            Optional<Bodies.Create> create,
            Optional<Updating> update,
            Optional<Deleting> delete) {
        /// @throws Refusal INVALID
        Batches.Operation operation() {
            var given = Stream.of(read, create, update, delete).filter(Optional::isPresent).count();
            if (given != 1) {
                throw Refusal.of(
                        List.of(
                                FieldError.of(
                                        "/read",
                                        "required",
                                        "give one of read, create, update, delete")));
            }
            return read.<Batches.Operation>map(one -> new Batches.Operation.Read(one.target()))
                    .or(() -> create.map(one -> new Batches.Operation.Create(one.draft())))
                    .or(() -> update.map(one -> new Batches.Operation.Update(updating(one))))
                    .or(() -> delete.map(one -> new Batches.Operation.Delete(one.versionOf())))
                    .orElseThrow();
        }

        void close() {
            create.ifPresent(Bodies.Create::close);
            update.ifPresent(Updating::close);
        }
    }

    private Response mixed(Request request) {
        var scope = policy.scope(request.caller(), READ_SECRET);
        var body = request.json(Mixed.class);
        Batches.requireSize(body.items().size());
        try {
            var items = each(body.items(), Doing::operation);
            return answer(batches.mixed(scope, items, body.atomic().orElse(false)));
        } finally {
            body.items().forEach(Doing::close);
        }
    }

    private Response create(Request request) {
        var scope = policy.scope(request.caller(), WRITE_SECRET);
        var body = request.json(Creates.class);
        Batches.requireSize(body.items().size());
        try {
            var items = each(body.items(), Bodies.Create::draft);
            return answer(batches.create(scope, items, body.atomic().orElse(false)));
        } finally {
            body.items().forEach(Bodies.Create::close);
        }
    }

    private Response read(Request request) {
        var scope = policy.scope(request.caller(), REVEAL_SECRET);
        var body = request.json(Reads.class);
        Batches.requireSize(body.items().size());
        var items = each(body.items(), Reading::target);
        return answer(batches.read(scope, items, body.atomic().orElse(false)));
    }

    private Response update(Request request) {
        var scope = policy.scope(request.caller(), WRITE_SECRET);
        var body = request.json(Updates.class);
        Batches.requireSize(body.items().size());
        try {
            return answer(
                    batches.update(
                            scope,
                            each(body.items(), BatchRoutes::updating),
                            body.atomic().orElse(false)));
        } finally {
            body.items().forEach(Updating::close);
        }
    }

    private static Batches.NewValueOf updating(Updating one) {
        var target = target(one.id(), one.service(), one.account());
        var why = Change.why(one.change());
        var content = Content.of(one.value(), one.valueBase64());
        return new Batches.NewValueOf(
                target, new Secrets.NewValue(content, why), one.expectedVersion());
    }

    private Response delete(Request request) {
        var scope = policy.scope(request.caller(), DELETE_SECRET);
        var body = request.json(Deletes.class);
        Batches.requireSize(body.items().size());
        var items = each(body.items(), Deleting::versionOf);
        return answer(batches.delete(scope, items, body.atomic().orElse(false)));
    }

    private static Batches.Target target(
            Optional<UUID> id, Optional<String> service, Optional<String> account) {
        if (service.isPresent() != account.isPresent()) {
            throw Refusal.of(
                    List.of(
                            FieldError.of(
                                    "/account", "required", "service and account go together")));
        }
        return new Batches.Target(
                id, service.map(one -> new SecretName(one, account.orElseThrow())));
    }

    /// {@return the items; what breaks a rule by its own form is refused alone}
    private static <A, B> List<Batches.Item<B>> each(List<A> items, Function<A, B> read) {
        var all = new ArrayList<Batches.Item<B>>();
        for (var item : items) {
            try {
                all.add(new Batches.Item.Good<>(read.apply(item)));
            } catch (Refusal why) {
                all.add(new Batches.Item.Bad<>(why));
            }
        }
        return all;
    }

    /// One item as it is told.
    record Told(
            int index,
            int status,
            Optional<UUID> id,
            Optional<Integer> version,
            Optional<Content.Kind> kind,
            Optional<SecretBytes> value,
            Optional<SecretBytes> valueBase64,
            Optional<Why> problem) {
        static Told of(Batches.Answer answer) {
            return new Told(
                    answer.index(),
                    answer.status(),
                    answer.id(),
                    answer.version(),
                    answer.content().map(Content::kind),
                    answer.content().flatMap(Content::text),
                    answer.content().flatMap(Content::base64),
                    answer.refusal().map(Why::of));
        }
    }

    /// Why an item came to nothing, as a problem would say it.
    record Why(String code, String detail, Map<String, String> params, List<FieldError> errors) {
        static Why of(Refusal refusal) {
            return new Why(
                    refusal.problem().code(), refusal.detail(), refusal.params(), refusal.fields());
        }
    }

    record Tolds(List<Told> items, int done, int refused) {}

    private static Response answer(List<Batches.Answer> answers) {
        int refused = (int) answers.stream().filter(one -> one.refusal().isPresent()).count();
        return Response.json(
                new Tolds(
                        answers.stream().map(Told::of).toList(),
                        answers.size() - refused,
                        refused));
    }
}
