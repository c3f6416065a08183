package holdfast.ledger;

import static holdfast.ledger.LedgerFixture.ADA;
import static holdfast.ledger.LedgerFixture.EVE;
import static holdfast.ledger.LedgerFixture.OTHER;
import static holdfast.ledger.LedgerFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.crypto.Crypto;
import holdfast.kernel.Bytes;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.merkle.Tree;
import holdfast.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// What the ledger promises to those who do not trust it, on both databases.
@ParameterizedClass
@EnumSource
class ProofsTest {
    private final LedgerFixture fixture;
    private final Proofs proofs;
    private final Tree tree;
    private final Crypto crypto;

    ProofsTest(TestDatabase engine) {
        fixture = new LedgerFixture(engine);
        proofs = fixture.proofs;
        crypto = fixture.crypto;
        tree = new Tree(crypto);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_untouched_ledger_is_sound() {
        fill(10);
        var early = proofs.checkpoint();
        fill(10);
        var late = proofs.checkpoint();

        assertThat(proofs.verify())
                .isEqualTo(new Verdict.Sound(20, 0, late.note(), proofs.verifierKey()));
        assertThat(proofs.verify(early.note())).isInstanceOf(Verdict.Sound.class);
    }

    @Test
    void an_empty_ledger_is_sound() {
        assertThat(proofs.checkpoint().root()).isEqualTo(tree.empty());
        assertThat(proofs.verify()).isInstanceOf(Verdict.Sound.class);
        assertThat(bundled()).isInstanceOf(Verdict.Sound.class);
    }

    @Test
    void a_changed_event_is_found_by_its_index() {
        fill(10);

        tamper("UPDATE ledger_event SET actor_name = 'nobody' WHERE idx = 4");

        assertThat(index(proofs.verify())).isEqualTo(4);
        assertThat(index(bundled())).isEqualTo(4);
    }

    @Test
    void a_changed_event_with_a_matching_hash_is_found_between_two_heads() {
        fill(4);
        proofs.checkpoint();
        fill(4);
        proofs.checkpoint();
        var leaf = new Leaf(fixture.crypto);
        var event = fixture.database.readPlatform(tx -> new EventStore().from(tx, 5, 1).getFirst());
        var forged = event.record().replace("item/1", "item/9");

        fixture.database.writePlatform(tx ->
                tx.createUpdate(
                                """
                                UPDATE ledger_event
                                   SET resource = 'item/9', body = '{"of":"item/9"}', leaf_hash = :hash
                                 WHERE idx = 5
                                """)
                        .bind("hash", leaf.hash(event.salt().orElseThrow().toArray(), forged))
                        .execute());

        var verdict = (Verdict.Broken) proofs.verify();
        assertThat(verdict.index()).isEqualTo(4);
        assertThat(verdict.reason()).contains("events 4 to 7");
        fill(1);
        assertThat(catchThrowableOfType(Refusal.class, proofs::checkpoint).problem())
                .isEqualTo(Problem.CONFLICT);
    }

    @Test
    void removed_events_are_found() {
        fill(10);
        proofs.checkpoint();

        tamper("DELETE FROM ledger_event WHERE idx = 6");
        assertThat(index(proofs.verify())).isEqualTo(6);

        tamper("DELETE FROM ledger_event WHERE idx > 6");
        assertThat(index(proofs.verify())).isEqualTo(6);
    }

    @Test
    void a_ledger_cut_with_its_heads_is_found_by_who_kept_one() {
        fill(10);
        var kept = proofs.checkpoint().note();

        tamper("DELETE FROM ledger_event WHERE idx > 6");
        tamper("DELETE FROM ledger_checkpoint");

        assertThat(proofs.verify()).isInstanceOf(Verdict.Sound.class);
        assertThat(index(proofs.verify(kept))).isEqualTo(7);
    }

    @Test
    void exchanged_events_are_found() {
        fill(10);

        tamper("UPDATE ledger_event SET idx = 99 WHERE idx = 2");
        tamper("UPDATE ledger_event SET idx = 2 WHERE idx = 3");
        tamper("UPDATE ledger_event SET idx = 3 WHERE idx = 99");

        assertThat(index(proofs.verify())).isEqualTo(2);
    }

    @Test
    void an_inserted_event_is_found() {
        fill(10);
        proofs.checkpoint();

        tamper("UPDATE ledger_event SET idx = idx + 100 WHERE idx > 4");
        tamper("UPDATE ledger_event SET idx = idx - 99 WHERE idx > 100");

        assertThat(index(proofs.verify())).isEqualTo(5);
    }

    @Test
    void a_changed_inner_hash_is_found() {
        fill(300);
        proofs.checkpoint();
        assertThat(proofs.verify()).isInstanceOf(Verdict.Sound.class);

        var other = tree.empty().toArray();
        fixture.database.writePlatform(tx ->
                tx.createUpdate("UPDATE ledger_tile SET hash = :hash")
                        .bind("hash", other)
                        .execute());

        assertThat(index(proofs.verify())).isZero();
    }

    @Test
    void one_event_is_proved_in_a_signed_head_without_showing_another() {
        fill(300);
        fixture.record(EVE, TestEvent.of("secret.read", "theirs"));
        var proof = proofs.inclusion(OTHER, 1);

        assertThat(proof.index()).isEqualTo(300);
        assertThat(new Leaf(fixture.crypto).hash(proof.salt().toArray(), proof.record()))
                .isEqualTo(proof.leafHash().toArray());
        assertThat(
                        tree.includes(
                                proof.checkpoint().root(),
                                proof.checkpoint().size(),
                                proof.index(),
                                proof.leafHash(),
                                proof.path()))
                .isTrue();
        assertThat(catchThrowableOfType(Refusal.class, () -> proofs.inclusion(OTHER, 2)).problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void a_later_head_extends_an_earlier_one() {
        fill(100);
        var first = proofs.checkpoint();
        fill(200);
        var second = proofs.checkpoint();

        var proof = proofs.consistency(first.size(), second.size());
        assertThat(proof.fromRoot()).isEqualTo(first.root());
        assertThat(proof.toRoot()).isEqualTo(second.root());
        assertThat(
                        tree.extendsTree(
                                first.size(),
                                first.root(),
                                second.size(),
                                second.root(),
                                proof.path()))
                .isTrue();
    }

    @Test
    void proofs_over_rows_are_those_that_go_made() {
        var vectors =
                JsonMapper.shared()
                        .readTree(Path.of("../../docs/formats/vectors/ledger.json").toFile());
        var roots = new HashMap<Long, String>();
        vectors.get("roots")
                .forEach(one -> roots.put(one.get("size").asLong(), one.get("root").asString()));
        fill(300);
        fixture.database.writePlatform(tx -> {
            for (int i = 0; i < 300; i++) { // commitment of event i is SHA-256("event i")
                var event = ("event " + i).getBytes(StandardCharsets.UTF_8);
                tx.createUpdate("UPDATE ledger_event SET leaf_hash = :hash WHERE idx = :i")
                        .bind("hash", crypto.sha256(new byte[] {0}, crypto.sha256(event)))
                        .bind("i", i)
                        .execute();
            }
            return true;
        });
        int compared = 0;
        for (var vector : vectors.get("consistencies")) {
            long from = vector.get("from").asLong();
            long to = vector.get("to").asLong();
            if (to <= 300) {
                var proof = proofs.consistency(from, to);
                var path = new ArrayList<String>();
                vector.get("path").forEach(hash -> path.add(hash.asString()));

                assertThat(proof.path()).extracting(Bytes::toHex).isEqualTo(path);
                assertThat(proof.fromRoot().toHex()).isEqualTo(roots.get(from));
                assertThat(proof.toRoot().toHex()).isEqualTo(roots.get(to));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    @Test
    void details_that_went_before_their_time_are_found() {
        fill(10);
        proofs.checkpoint();

        tamper("UPDATE ledger_event SET body = NULL, salt = NULL WHERE idx = 4");

        assertThat(index(proofs.verify())).isEqualTo(4);
    }

    @Test
    void after_the_retention_everything_still_verifies_and_says_how_much_is_gone() {
        fill(600);
        fixture.record(EVE, TestEvent.of("a.b", "theirs"));
        var kept = proofs.checkpoint();
        fixture.clock.advance(Duration.ofDays(400));
        fill(10);

        assertThat(fixture.room.forget(TENANT, fixture.clock.instant())).isEqualTo(600);
        fixture.settle();

        assertThat((Verdict.Sound) proofs.verify(kept.note()))
                .returns(600L, Verdict.Sound::gone)
                .returns(612L, Verdict.Sound::size);
        assertThat((Verdict.Sound) bundled()).returns(600L, Verdict.Sound::gone);
        var proof = proofs.inclusion(TENANT, 1);
        assertThat(proof.record()).isEmpty();
        assertThat(
                        tree.includes(
                                proof.checkpoint().root(),
                                proof.checkpoint().size(),
                                proof.index(),
                                proof.leafHash(),
                                proof.path()))
                .isTrue();
        tamper("UPDATE ledger_event SET actor_name = 'nobody' WHERE idx = 605");
        assertThat(index(bundled())).isEqualTo(605);
    }

    @Test
    void a_bundle_of_one_tenant_verifies_and_shows_nothing_of_another() {
        fill(3);
        fixture.record(EVE, TestEvent.of("secret.read", "theirs"));
        var out = new ByteArrayOutputStream();
        proofs.export(TENANT, out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("item/2")
                .doesNotContain("theirs");
        assertThat(verified(out.toByteArray())).isInstanceOf(Verdict.Sound.class);
    }

    @Test
    void no_byte_of_a_bundle_changes_unnoticed() {
        fixture.record(
                ADA,
                TestEvent.of("a.b", "äß")
                        .saying(Map.of("text", "漢 \u0001 \\", "number", 1e30, "small", 0.25)));
        fill(1);
        proofs.checkpoint();
        fixture.record(EVE, TestEvent.of("a.b", "x"));
        var bundle = bundle();
        assertThat(verified(bundle)).isInstanceOf(Verdict.Sound.class);

        for (int i = 0; i < bundle.length; i++) {
            for (int bit : new int[] {1, 0x20, 0x80}) {
                var changed = bundle.clone();
                changed[i] ^= (byte) bit;
                assertThat(verified(changed))
                        .as("byte %d, bit %d", i, bit)
                        .isInstanceOf(Verdict.Broken.class);
            }
        }
    }

    @Test
    void a_bundle_cut_anywhere_is_not_sound() {
        fill(2);
        proofs.checkpoint();
        fill(1);
        var bundle = bundle();

        for (int length = 0; length < bundle.length; length++) {
            var cut = java.util.Arrays.copyOf(bundle, length);
            assertThat(verified(cut)).as("%d bytes", length).isInstanceOf(Verdict.Broken.class);
        }
    }

    @Test
    void a_bundle_signed_by_somebody_else_is_not_sound_for_who_knows_the_key() {
        fill(2);
        var bundle = bundle();
        var stranger = fixture.proofsOfAnotherKey().verifierKey();

        assertThat(LedgerBundle.verify(fixture.crypto, new ByteArrayInputStream(bundle), stranger))
                .isInstanceOf(Verdict.Broken.class);
        assertThat(
                        LedgerBundle.verify(
                                fixture.crypto,
                                new ByteArrayInputStream(bundle),
                                proofs.verifierKey()))
                .isInstanceOf(Verdict.Sound.class);
    }

    private void fill(int count) {
        fixture.database.write(
                TENANT,
                tx -> {
                    for (int i = 0; i < count; i++) {
                        fixture.ledger.append(tx, ADA, TestEvent.of("a.b", "item/" + i));
                    }
                    return true;
                });
        fixture.settle();
    }

    private void tamper(String sql) {
        fixture.database.writePlatform(tx -> tx.createUpdate(sql).execute());
    }

    private Verdict bundled() {
        return verified(bundle());
    }

    private byte[] bundle() {
        var out = new ByteArrayOutputStream();
        proofs.export(out);
        return out.toByteArray();
    }

    private Verdict verified(byte[] bundle) {
        return LedgerBundle.verify(fixture.crypto, new ByteArrayInputStream(bundle));
    }

    private static long index(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Broken.class);
        return ((Verdict.Broken) verdict).index();
    }
}
