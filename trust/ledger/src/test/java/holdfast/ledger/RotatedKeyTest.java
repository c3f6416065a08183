package holdfast.ledger;

import static holdfast.ledger.LedgerFixture.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.merkle.Notes;
import holdfast.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Heads of a ledger whose service has another key by now.
class RotatedKeyTest {
    private final LedgerFixture fixture = new LedgerFixture(TestDatabase.SQLITE);
    private final Proofs proofs = fixture.proofs;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void heads_from_before_still_verify_and_new_ones_verify_for_who_knows_either_key() {
        var old = proofs.verifierKey();
        fill();
        var before = proofs.checkpoint();
        fixture.rotate();
        fill();
        var after = proofs.checkpoint();

        assertThat(proofs.verifierKey().split(" ", -1)).hasSize(2).contains(old);
        assertThat(after.origin()).isEqualTo(before.origin());
        assertThat(proofs.verify()).isInstanceOf(Verdict.Sound.class);
        assertThat(proofs.verify(before.note())).isInstanceOf(Verdict.Sound.class);
        assertThat(proofs.verify(after.note())).isInstanceOf(Verdict.Sound.class);
        for (var known : List.of(old, proofs.verifierKey().split(" ", -1)[0])) {
            assertThat(new Notes(fixture.crypto).open(known, after.note())).isPresent();
            assertThat(offline(known)).isInstanceOf(Verdict.Sound.class);
        }
        var stranger = fixture.proofsOfAnotherKey().verifierKey();
        assertThat(offline(stranger)).isInstanceOf(Verdict.Broken.class);
    }

    @Test
    void a_note_with_one_changed_signature_of_two_does_not_open() {
        fill();
        fixture.rotate();
        var note = proofs.checkpoint().note();
        var notes = new Notes(fixture.crypto);
        var keys = proofs.verifierKey();
        assertThat(notes.open(keys, note)).isPresent();
        for (var line : note.lines().filter(one -> one.startsWith("\u2014")).toList()) {
            int at = line.length() - 10;
            var changed = line.substring(0, at) + (line.charAt(at) == 'A' ? 'B' : 'A');
            var other = changed + line.substring(at + 1);

            assertThat(notes.open(keys, note.replace(line, other))).isEmpty();
        }
    }

    private Verdict offline(String known) {
        var bundle = new ByteArrayOutputStream();
        proofs.export(bundle);
        return LedgerBundle.verify(
                fixture.crypto, new ByteArrayInputStream(bundle.toByteArray()), known);
    }

    private void fill() {
        for (int i = 0; i < 3; i++) {
            fixture.record(ADA, new Recorded("test.done", "thing/" + i));
        }
    }

    private record Recorded(String action, String resource) implements Event {
        @Override
        public java.util.Map<String, Object> body() {
            return java.util.Map.of();
        }
    }
}
