package holdfast.keys;

import static holdfast.keys.Site.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.Role;
import holdfast.kernel.Bytes;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.tenancy.Metadata;
import holdfast.tenancy.Rules;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tier;
import holdfast.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a key does and refuses to do, on both databases.
@ParameterizedClass
@EnumSource
class OperationsTest {
    private final Site site;

    OperationsTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void what_was_encrypted_opens_again_and_both_are_events_without_what_was_said() {
        var key = site.create("payments", KeyType.AES256_GCM);

        var made = text(site.encrypt(key, "höchst geheim"));

        assertThat(made.text()).startsWith("hfkc1:1:");
        assertThat(site.decrypt(key, VersionedText.read(made.kind(), made.text())))
                .isEqualTo("höchst geheim");
        assertThat(site.events("key.create"))
                .singleElement()
                .satisfies(event -> assertThat(event.resource()).isEqualTo("keys/payments"));
        for (var action : List.of("key.encrypt", "key.decrypt")) {
            assertThat(site.events(action))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.body())
                                    .contains("\"count\":1", "\"refused\":0", "\"versions\":[1]")
                                    .doesNotContain("geheim"));
        }
    }

    @Test
    void equal_plaintexts_have_unlike_ciphertexts() {
        var key = site.create("k", KeyType.AES256_GCM);

        assertThat(text(site.encrypt(key, "x")).bytes())
                .isNotEqualTo(text(site.encrypt(key, "x")).bytes());
    }

    @Test
    void a_ciphertext_opens_for_its_own_context_by_its_own_key_in_its_own_tenant_only() {
        var key = site.create("k", KeyType.AES256_GCM);
        var other = site.create("other", KeyType.AES256_GCM);
        var made = text(site.encrypt(key, "x"));
        var bob = stranger();
        site.room
                .keys()
                .create(
                        site.permit(bob, Action.WRITE_KEY, key),
                        new Keys.Draft(key, KeyType.AES256_GCM, true));

        var context = Bytes.copyOf("row 7".getBytes(StandardCharsets.UTF_8));
        assertThat(refusal(() -> site.decrypt(site.ada, key, made, context)).problem())
                .isEqualTo(Problem.INVALID);
        assertThat(refusal(() -> site.decrypt(other, made)).problem()).isEqualTo(Problem.INVALID);
        assertThat(refusal(() -> site.decrypt(bob, key, made, Site.NO_CONTEXT)).problem())
                .isEqualTo(Problem.INVALID);
        assertThat(site.events("key.decrypt", 2))
                .allMatch(event -> event.outcome() == Event.Outcome.FAILED);
        assertThat(site.decrypt(key, made)).isEqualTo("x");
    }

    @Test
    void material_that_is_swapped_with_that_of_another_key_opens_nothing() {
        var key = site.create("k", KeyType.AES256_GCM);
        site.create("other", KeyType.AES256_GCM);
        site.database.writePlatform(tx ->
                tx.execute(
                        "UPDATE keys_version SET material = (SELECT material FROM keys_version v"
                                + " JOIN keys_key k ON k.id = v.key_id WHERE k.name = 'other')"));

        assertThat(catchThrowableOfType(RuntimeException.class, () -> site.encrypt(key, "x")))
                .isInstanceOf(holdfast.crypto.Tampered.class);
    }

    @Test
    void older_versions_open_after_a_rotation_until_the_settings_or_a_destruction_end_it() {
        var key = site.create("k", KeyType.AES256_GCM);
        var first = text(site.encrypt(key, "one"));
        rotate(key);
        var second = text(site.encrypt(key, "two"));

        assertThat(second.version()).isEqualTo(2);
        assertThat(site.decrypt(key, first)).isEqualTo("one");
        assertThat(refusal(() -> site.encrypt(key, "x", Optional.of(1)).orThrow()).problem())
                .isEqualTo(Problem.CONFLICT);
        change(key, new Keys.Change(Optional.empty(), Optional.of(1), Optional.empty()));
        assertThat(text(site.encrypt(key, "x", Optional.of(1))).version()).isEqualTo(1);

        change(key, new Keys.Change(Optional.of(2), Optional.empty(), Optional.empty()));
        assertThat(refusal(() -> site.decrypt(key, first)).problem()).isEqualTo(Problem.CONFLICT);
        change(key, new Keys.Change(Optional.of(1), Optional.empty(), Optional.empty()));
        assertThat(site.decrypt(key, first)).isEqualTo("one");

        site.room.keys().destroy(site.permit(site.ada, Action.DESTROY_KEY, key), key, 1);
        assertThat(refusal(() -> site.decrypt(key, first)).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(site.decrypt(key, second)).isEqualTo("two");
    }

    @Test
    void a_rewrapped_ciphertext_is_of_the_newest_version_and_opens_as_before() {
        var key = site.create("k", KeyType.AES256_GCM);
        var old = text(site.encrypt(key, "x"));
        rotate(key);

        var wrapped = new Operations.Wrapped(old, Site.NO_CONTEXT);
        var now =
                text(
                        site.room
                                .operations()
                                .rewrap(
                                        site.permit(site.ada, Action.ENCRYPT_WITH_KEY, key),
                                        key,
                                        List.of(new Item.Good<>(wrapped)))
                                .getFirst());

        assertThat(now.version()).isEqualTo(2);
        assertThat(site.decrypt(key, now)).isEqualTo("x");
    }

    @Test
    void a_data_key_opens_again_and_is_shown_only_when_it_is_wanted() {
        var key = site.create("k", KeyType.AES256_GCM);
        var permit = site.permit(site.ada, Action.ENCRYPT_WITH_KEY, key);
        for (int bits : List.of(128, 256, 512)) {
            var order = new Operations.DataKeyOrder(bits, true, Site.NO_CONTEXT);
            var made = site.room.operations().dataKey(permit, key, order);
            try (var plaintext = made.plaintext().orElseThrow()) {
                assertThat(plaintext.length()).isEqualTo(bits / 8);
                assertThat(opened(key, made.ciphertext()).matches(plaintext)).isTrue();
            }
        }
        var hidden = new Operations.DataKeyOrder(256, false, Site.NO_CONTEXT);
        assertThat(site.room.operations().dataKey(permit, key, hidden).plaintext()).isEmpty();
    }

    private SecretBytes opened(KeyName key, VersionedText text) {
        return site.room
                .operations()
                .decrypt(
                        site.permit(site.ada, Action.DECRYPT_WITH_KEY, key),
                        key,
                        List.of(new Item.Good<>(new Operations.Wrapped(text, Site.NO_CONTEXT))))
                .getFirst()
                .orThrow()
                .plaintext();
    }

    @Test
    void one_of_many_that_does_not_open_leaves_the_others_alone_and_all_are_one_event() {
        var key = site.create("k", KeyType.AES256_GCM);
        var good = text(site.encrypt(key, "x"));
        var moved = text(site.encrypt(site.create("l", KeyType.AES256_GCM), "x"));
        var items = new ArrayList<Item<Operations.Wrapped>>();
        for (var text : List.of(good, moved, good)) {
            items.add(new Item.Good<>(new Operations.Wrapped(text, Site.NO_CONTEXT)));
        }

        var answers =
                site.room
                        .operations()
                        .decrypt(site.permit(site.ada, Action.DECRYPT_WITH_KEY, key), key, items);

        assertThat(answers.get(0)).isInstanceOf(Item.Good.class);
        assertThat(answers.get(1)).isInstanceOf(Item.Bad.class);
        assertThat(answers.get(2)).isInstanceOf(Item.Good.class);
        assertThat(site.events("key.decrypt"))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.body()).contains("\"count\":2", "\"refused\":1"));
    }

    @Test
    void a_disabled_key_does_nothing_at_once_on_every_node_until_it_is_enabled() {
        var key = site.create("k", KeyType.AES256_GCM);
        var made = text(site.encrypt(key, "x"));
        var elsewhere = site.anotherNode();
        assertThat(elsewhere(elsewhere, key, made)).isInstanceOf(Item.Good.class);

        set(key, Key.State.DISABLED);
        assertThat(refusal(() -> elsewhere(elsewhere, key, made)).problem())
                .isEqualTo(Problem.CONFLICT);
        assertThat(refusal(() -> site.encrypt(key, "x")).problem()).isEqualTo(Problem.CONFLICT);
        assertThat(refusal(() -> rotate(key)).problem()).isEqualTo(Problem.CONFLICT);

        set(key, Key.State.ENABLED);
        assertThat(elsewhere(elsewhere, key, made)).isInstanceOf(Item.Good.class);
        assertThat(site.events("key.disable")).hasSize(1);
        assertThat(site.events("key.enable")).hasSize(1);
    }

    private Item<Operations.Opened> elsewhere(KeysRoom node, KeyName key, VersionedText text) {
        return node.operations()
                .decrypt(
                        site.permit(site.ada, Action.DECRYPT_WITH_KEY, key),
                        key,
                        List.of(new Item.Good<>(new Operations.Wrapped(text, Site.NO_CONTEXT))))
                .getFirst();
    }

    @Test
    void a_destroyed_key_is_gone_and_one_of_the_same_name_opens_nothing_of_it() {
        var key = site.create("k", KeyType.AES256_GCM);
        var made = text(site.encrypt(key, "x"));

        site.room.keys().destroy(site.permit(site.ada, Action.DESTROY_KEY, key), key);

        assertThat(refusal(() -> site.decrypt(key, made)).problem()).isEqualTo(Problem.NOT_FOUND);
        site.create("k", KeyType.AES256_GCM);
        assertThat(refusal(() -> site.decrypt(key, made)).problem()).isEqualTo(Problem.INVALID);
    }

    @Test
    void a_key_does_what_its_type_can_and_nothing_else() {
        var key = site.create("k", KeyType.ED25519);

        assertThat(refusal(() -> site.encrypt(key, "x")).problem()).isEqualTo(Problem.CONFLICT);
    }

    @Test
    void who_may_encrypt_may_not_decrypt_and_a_right_taken_away_ends_at_once() {
        var key = site.create("k", KeyType.AES256_GCM);
        var made = text(site.encrypt(key, "x"));
        var eve = site.person("eve", Role.AUDITOR);
        var grant = site.grant(eve, Grant.Effect.ALLOW, "keys/k", Set.of(Action.ENCRYPT_WITH_KEY));

        var permit = site.permit(eve, Action.ENCRYPT_WITH_KEY, key);
        assertThat(refusal(() -> site.decrypt(eve, key, made, Site.NO_CONTEXT)).problem())
                .isEqualTo(Problem.NOT_PERMITTED);
        site.revoke(grant);
        var plain =
                new Operations.Plain(SecretBytes.ofUtf8("x"), Site.NO_CONTEXT, Optional.empty());
        assertThat(
                        refusal(() ->
                                        site.room
                                                .operations()
                                                .encrypt(
                                                        permit,
                                                        key,
                                                        List.of(new Item.Good<>(plain))))
                                .problem())
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    private void rotate(KeyName key) {
        site.room.keys().rotate(site.permit(site.ada, Action.WRITE_KEY, key), key);
    }

    private void set(KeyName key, Key.State state) {
        site.room.keys().set(site.permit(site.ada, Action.WRITE_KEY, key), key, state);
    }

    private void change(KeyName key, Keys.Change change) {
        int revision =
                site.room.keys().read(site.permit(site.ada, Action.READ_KEY, key), key).revision();
        site.room
                .keys()
                .change(site.permit(site.ada, Action.WRITE_KEY, key), key, change, revision);
    }

    /// {@return somebody who may do everything in another tenant}
    private Principal stranger() {
        var id = new TenantId(UUID.randomUUID());
        var now = site.clock.instant();
        site.database.writePlatform(tx -> {
            site.tenants.add(
                    tx,
                    new Tenant(
                            id,
                            "another",
                            Tier.ENTERPRISE,
                            Tenant.Status.ACTIVE,
                            now,
                            now,
                            Rules.USUAL,
                            Metadata.NONE,
                            1));
            return true;
        });
        site.tenants.refresh();
        var bob = site.person("bob").in(id);
        site.database.write(
                id,
                tx -> {
                    site.access.roles().assign(tx, bob, bob.id(), Set.of(Role.ADMIN));
                    return true;
                });
        site.access.roles().refresh(id);
        return bob;
    }

    private static Refusal refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }
}
