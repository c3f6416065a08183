package holdfast.keys;

import holdfast.access.Permit;
import holdfast.crypto.SignatureScheme;
import holdfast.crypto.Tampered;
import holdfast.kernel.Bytes;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// The only [Operations]. Works outside of transactions by the state of the key it knows, then writes the event in one
/// that compares the revision: when the key changed in between, all is done again.
final class SealedOperations implements Operations {
    private static final int ATTEMPTS = 5;

    private final Ground ground;
    private final KeyRowStore rows = new KeyRowStore();
    private final KeyVersionStore versions = new KeyVersionStore();

    SealedOperations(Ground ground) {
        this.ground = ground;
    }

    @Override
    public List<Item<Made>> encrypt(Permit permit, KeyName name, List<Item<Plain>> items) {
        return each(
                new Call(permit, name, Operation.ENCRYPT),
                items,
                (key, one) -> {
                    int version = version(key, Operation.ENCRYPT, one.version());
                    return new Made(key.encrypt(version, one.plaintext(), one.context()));
                },
                made -> made.text().version());
    }

    @Override
    public List<Item<Opened>> decrypt(Permit permit, KeyName name, List<Item<Wrapped>> items) {
        return each(
                new Call(permit, name, Operation.DECRYPT),
                items,
                (key, one) ->
                        new Opened(opened(key, Operation.DECRYPT, one), one.ciphertext().version()),
                Opened::version);
    }

    @Override
    public List<Item<Made>> rewrap(Permit permit, KeyName name, List<Item<Wrapped>> items) {
        return each(
                new Call(permit, name, Operation.REWRAP),
                items,
                (key, one) -> {
                    try (var plaintext = opened(key, Operation.REWRAP, one)) {
                        return new Made(key.encrypt(key.row().version(), plaintext, one.context()));
                    }
                },
                made -> made.text().version());
    }

    private static SecretBytes opened(Opening key, Operation operation, Wrapped one) {
        key.row().require(operation, one.ciphertext().version());
        try {
            return key.decrypt(one.ciphertext(), one.context());
        } catch (Tampered _) {
            throw one.ciphertext().unopened();
        }
    }

    @Override
    public DataKey dataKey(Permit permit, KeyName name, DataKeyOrder order) {
        return each(
                        new Call(permit, name, Operation.DATA_KEY),
                        List.of(new Item.Good<>(order)),
                        (key, one) -> dataKey(key, one),
                        made -> made.ciphertext().version())
                .getFirst()
                .orThrow();
    }

    private DataKey dataKey(Opening key, DataKeyOrder order) {
        var made = ground.crypto().random(order.bits() / Byte.SIZE);
        var wrapped = key.encrypt(key.row().version(), made, order.context());
        if (order.shown()) {
            return new DataKey(Optional.of(made), wrapped);
        }
        made.close();
        return new DataKey(Optional.empty(), wrapped);
    }

    @Override
    public List<Item<Made>> sign(Permit permit, KeyName name, List<Item<Message>> items) {
        return each(
                new Call(permit, name, Operation.SIGN),
                items,
                (key, one) -> {
                    int version = version(key, Operation.SIGN, one.version());
                    var scheme = scheme(key.row().type(), one.scheme());
                    var signature =
                            one.input()
                                    .use(lent ->
                                            ground.crypto()
                                                    .signatures()
                                                    .sign(scheme, key.material(version), lent));
                    return made(VersionedText.Kind.SIGNATURE, version, signature);
                },
                made -> made.text().version());
    }

    @Override
    public List<Item<Checked>> verify(Permit permit, KeyName name, List<Item<Claim>> items) {
        return each(
                new Call(permit, name, Operation.VERIFY),
                items,
                (key, one) -> {
                    int version = one.text().version();
                    key.row().require(Operation.VERIFY, version);
                    var scheme = scheme(key.row().type(), one.scheme());
                    var publicKey = key.publicKey(version);
                    var signature = one.text().bytes().toArray();
                    boolean valid =
                            one.input()
                                    .use(lent ->
                                            ground.crypto()
                                                    .signatures()
                                                    .verify(scheme, publicKey, lent, signature));
                    return new Checked(valid, version);
                },
                Checked::version);
    }

    @Override
    public List<Item<Made>> hmac(Permit permit, KeyName name, List<Item<Message>> items) {
        return each(
                new Call(permit, name, Operation.HMAC),
                items,
                (key, one) -> {
                    int version = version(key, Operation.HMAC, one.version());
                    return made(VersionedText.Kind.HMAC, version, mac(key, version, one.input()));
                },
                made -> made.text().version());
    }

    @Override
    public List<Item<Checked>> verifyHmac(Permit permit, KeyName name, List<Item<Claim>> items) {
        return each(
                new Call(permit, name, Operation.VERIFY_HMAC),
                items,
                (key, one) -> {
                    int version = one.text().version();
                    key.row().require(Operation.VERIFY_HMAC, version);
                    boolean valid =
                            MessageDigest.isEqual(
                                    mac(key, version, one.input()).toArray(),
                                    one.text().bytes().toArray());
                    return new Checked(valid, version);
                },
                Checked::version);
    }

    private Bytes mac(Opening key, int version, SecretBytes input) {
        return input.use(lent -> ground.crypto().mac(key.material(version), lent));
    }

    private static Made made(VersionedText.Kind kind, int version, Bytes bytes) {
        return new Made(new VersionedText(kind, version, bytes));
    }

    private static int version(Opening key, Operation operation, Optional<Integer> asked) {
        int version = asked.orElse(key.row().version());
        key.row().require(operation, version);
        return version;
    }

    private static SignatureScheme scheme(KeyType type, Optional<SignatureScheme> asked) {
        var known = type.schemes();
        var wanted = asked.orElse(known.getFirst());
        if (!known.contains(wanted)) {
            throw Refusal.of(
                    List.of(
                            FieldError.of(
                                    "/algorithm",
                                    "not-one-of",
                                    "a key of type %s signs by %s".formatted(type, known))));
        }
        return wanted;
    }

    /// Who does what.
    private record Call(Permit permit, KeyName name, Operation operation) {
        TenantId tenant() {
            return permit.tenant();
        }
    }

    /// What is done with one item.
    @FunctionalInterface
    private interface Step<A, B> {
        B with(Opening key, A item);
    }

    private <A, B> List<Item<B>> each(
            Call call, List<Item<A>> items, Step<A, B> step, ToIntFunction<B> version) {
        call.permit().requireFor(call.operation().action(), call.name().resource());
        Operations.requireSize(items.size());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var held = held(call);
            held.row().require(call.operation()); // a type never changes
            var done = new ArrayList<Item<B>>(items.size());
            try (var key =
                    new Opening(ground, call.tenant(), held.row(), one -> find(call, held, one))) {
                for (var item : items) {
                    done.add(item.then(asked -> step.with(key, asked)));
                }
            }
            var tally = KeyEvent.Tally.of(done, version);
            if (recorded(call, held.row(), tally)) {
                return done;
            }
            done.forEach(SealedOperations::close);
            ground.cache().forget(call.tenant(), call.name());
        }
        throw Problem.CONFLICT.because("the key changes again and again: try later");
    }

    /// @return false when the key is not what it was any more
    private boolean recorded(Call call, KeyRow row, KeyEvent.Tally tally) {
        var event = new KeyEvent.Used(new KeyEvent.Subject(row), call.operation(), tally);
        return ground.database()
                .write(
                        call.tenant(),
                        tx -> {
                            ground.policy().recheck(tx, call.permit());
                            boolean same =
                                    rows.revision(tx, call.tenant(), row.id())
                                            .filter(now -> now == row.revision())
                                            .isPresent();
                            if (same) {
                                ground.ledger().append(tx, call.permit().principal(), event);
                            }
                            return same;
                        });
    }

    /// {@return the key; one that is remembered as disabled is looked at anew, since another node may have enabled it}
    private KeyCache.Held held(Call call) {
        return ground.cache()
                .find(call.tenant(), call.name())
                .filter(known -> known.row().isEnabled())
                .orElseGet(() -> {
                    var row =
                            ground.database()
                                    .read(
                                            call.tenant(),
                                            tx -> rows.find(tx, call.tenant(), call.name()))
                                    .orElseThrow(Ground::missing);
                    var held = new KeyCache.Held(row);
                    ground.cache().keep(call.tenant(), held);
                    return held;
                });
    }

    private KeyRow.Version find(Call call, KeyCache.Held held, int version) {
        return held.versions()
                .computeIfAbsent(
                        version,
                        wanted ->
                                ground.database()
                                        .read(
                                                call.tenant(),
                                                tx ->
                                                        versions.find(
                                                                tx,
                                                                call.tenant(),
                                                                held.row().id(),
                                                                wanted))
                                        .orElseThrow(() -> Ground.destroyed(wanted)));
    }

    private static <B> void close(Item<B> item) {
        switch (item) {
            case Item.Good<B>(Opened(var plaintext, var _)) -> plaintext.close();
            case Item.Good<B>(DataKey(var plaintext, var _)) ->
                    plaintext.ifPresent(SecretBytes::close);
            default -> {
                // holds no secret
            }
        }
    }
}
