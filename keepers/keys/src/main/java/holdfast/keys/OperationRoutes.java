package holdfast.keys;

import static holdfast.keys.Operation.DATA_KEY;
import static holdfast.keys.Operation.DECRYPT;
import static holdfast.keys.Operation.ENCRYPT;
import static holdfast.keys.Operation.HMAC;
import static holdfast.keys.Operation.REWRAP;
import static holdfast.keys.Operation.SIGN;
import static holdfast.keys.Operation.VERIFY;
import static holdfast.keys.Operation.VERIFY_HMAC;

import holdfast.access.Permit;
import holdfast.access.Policy;
import holdfast.http.Handler;
import holdfast.http.Rate;
import holdfast.http.Request;
import holdfast.http.Response;
import holdfast.http.Route;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// HTTP to [Operations]: one item by `…/encrypt`, many by `…/encrypt/batch`. Translates, decides nothing.
final class OperationRoutes {
    private static final int SINGLE = 2 * 1024 * 1024; // bytes: a megabyte in base64, and room
    private static final int BATCH = 16 * 1024 * 1024; // bytes

    private final Operations operations;
    private final Policy policy;

    OperationRoutes(Operations operations, Policy policy) {
        this.operations = operations;
        this.policy = policy;
    }

    record Plains(List<Forms.Plain> items) {}

    record Wrappeds(List<Forms.Wrapped> items) {}

    record Messages(List<Forms.Message> items) {}

    record Signeds(List<Forms.Signed> items) {}

    record Authenticateds(List<Forms.Authenticated> items) {}

    List<Route> routes() {
        var encrypt =
                new Work<>(
                        ENCRYPT,
                        Forms.Plain::read,
                        operations::encrypt,
                        Forms.Ciphertext::of,
                        one -> one.plaintext().close());
        var decrypt =
                new Work<>(
                        DECRYPT,
                        Forms.Wrapped::read,
                        operations::decrypt,
                        Forms.Plaintext::of,
                        OperationRoutes::nothing);
        var rewrap =
                new Work<>(
                        REWRAP,
                        Forms.Wrapped::read,
                        operations::rewrap,
                        Forms.Ciphertext::of,
                        OperationRoutes::nothing);
        var sign =
                new Work<>(
                        SIGN,
                        Forms.Message::read,
                        operations::sign,
                        Forms.Signature::of,
                        one -> one.input().close());
        var verify =
                new Work<>(
                        VERIFY,
                        Forms.Signed::read,
                        operations::verify,
                        Function.identity(),
                        one -> one.input().close());
        var hmac =
                new Work<>(
                        HMAC,
                        Forms.Message::read,
                        operations::hmac,
                        Forms.Hmac::of,
                        one -> one.input().close());
        var verifyHmac =
                new Work<>(
                        VERIFY_HMAC,
                        Forms.Authenticated::read,
                        operations::verifyHmac,
                        Function.identity(),
                        one -> one.input().close());
        return List.of(
                single(ENCRYPT, "encrypt", one -> encrypt.one(one, Forms.Plain.class)),
                batch(ENCRYPT, "encrypt", all -> encrypt.all(all, Plains.class, Plains::items)),
                single(DECRYPT, "decrypt", one -> decrypt.one(one, Forms.Wrapped.class)),
                batch(DECRYPT, "decrypt", all -> decrypt.all(all, Wrappeds.class, Wrappeds::items)),
                single(REWRAP, "rewrap", one -> rewrap.one(one, Forms.Wrapped.class)),
                batch(REWRAP, "rewrap", all -> rewrap.all(all, Wrappeds.class, Wrappeds::items)),
                single(SIGN, "sign", one -> sign.one(one, Forms.Message.class)),
                batch(SIGN, "sign", all -> sign.all(all, Messages.class, Messages::items)),
                single(VERIFY, "verify", one -> verify.one(one, Forms.Signed.class)),
                batch(VERIFY, "verify", all -> verify.all(all, Signeds.class, Signeds::items)),
                single(HMAC, "hmac", one -> hmac.one(one, Forms.Message.class)),
                batch(HMAC, "hmac", all -> hmac.all(all, Messages.class, Messages::items)),
                single(
                        VERIFY_HMAC,
                        "verify-hmac",
                        one -> verifyHmac.one(one, Forms.Authenticated.class)),
                batch(
                        VERIFY_HMAC,
                        "verify-hmac",
                        all -> verifyHmac.all(all, Authenticateds.class, Authenticateds::items)),
                single(DATA_KEY, "data-key", this::dataKey));
    }

    private static Route single(Operation operation, String word, Handler handler) {
        var path = KeyRoutes.ONE + "/" + word;
        return new Route("POST", path, operation.action(), SINGLE, Rate.API, handler);
    }

    private static Route batch(Operation operation, String word, Handler handler) {
        var path = KeyRoutes.ONE + "/" + word + "/batch";
        return new Route("POST", path, operation.action(), BATCH, Rate.HEAVY, handler);
    }

    private Response dataKey(Request request) {
        var permit = KeyRoutes.permit(request, policy, DATA_KEY.action());
        var order = request.json(Forms.DataKey.class).read();
        return Response.json(
                Forms.NewDataKey.of(operations.dataKey(permit, KeyRoutes.name(request), order)));
    }

    /// A method of the door.
    @FunctionalInterface
    private interface Doing<A, B> {
        List<Item<B>> with(Permit permit, KeyName name, List<Item<A>> items);
    }

    /// From the form of a request to the form of its answer.
    private final class Work<F, A, B, T> {
        private final Operation operation;
        private final Function<F, A> reading;
        private final Doing<A, B> doing;
        private final Function<B, T> telling;
        private final Consumer<A> closing;

        Work(
                Operation operation,
                Function<F, A> reading,
                Doing<A, B> doing,
                Function<B, T> telling,
                Consumer<A> closing) {
            this.operation = operation;
            this.reading = reading;
            this.doing = doing;
            this.telling = telling;
            this.closing = closing;
        }

        Response one(Request request, Class<F> type) {
            var permit = KeyRoutes.permit(request, policy, operation.action());
            var asked = reading.apply(request.json(type));
            try {
                var name = KeyRoutes.name(request);
                var answer = doing.with(permit, name, List.of(new Item.Good<>(asked))).getFirst();
                return Response.json(telling.apply(answer.orThrow()));
            } finally {
                closing.accept(asked);
            }
        }

        <L> Response all(Request request, Class<L> type, Function<L, List<F>> listed) {
            var permit = KeyRoutes.permit(request, policy, operation.action());
            var forms = listed.apply(request.json(type));
            Operations.requireSize(forms.size());
            var asked = forms.stream().map(form -> Item.of(form, reading)).toList();
            try {
                var answers = doing.with(permit, KeyRoutes.name(request), asked);
                return Response.json(Forms.Tolds.of(answers, telling));
            } finally {
                asked.forEach(item -> {
                    if (item instanceof Item.Good<A>(var value)) {
                        closing.accept(value);
                    }
                });
            }
        }
    }

    private static void nothing(Object asked) {
        // a ciphertext is no secret
    }
}
