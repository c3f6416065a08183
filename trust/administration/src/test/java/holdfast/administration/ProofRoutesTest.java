package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.administration.Office.Did;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.ledger.LedgerBundle;
import holdfast.ledger.Verdict;
import holdfast.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What an auditor takes away, on both databases.
@ParameterizedClass
@EnumSource
class ProofRoutesTest {
    private final Office office;

    ProofRoutesTest(TestDatabase engine) {
        office = new Office(engine);
        for (int i = 0; i < 20; i++) {
            office.record(office.operator, Did.of("vm.start", "service/" + i, Map.of("n", i)));
        }
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void the_bundle_verifies_with_the_key_of_the_ledger_and_tells_that_it_was_taken() {
        var bundle = Office.bytes(office.get(office.auditor, "/api/audit/export/bundle"));

        assertThat(
                        LedgerBundle.verify(
                                office.crypto,
                                new ByteArrayInputStream(bundle),
                                office.proofs.verifierKey()))
                .isInstanceOf(Verdict.Sound.class);
        assertThat(new String(bundle, StandardCharsets.UTF_8)).contains("service/19");
        office.settle();
        var newest = office.ledger.ledger().entry(office.auditor.tenant(), newest()).orElseThrow();
        assertThat(newest.action()).isEqualTo("audit.export");
        assertThat(newest.actorName()).isEqualTo("alan");
    }

    @Test
    void a_consistency_proof_brings_both_roots() {
        var head =
                office.get(
                        office.auditor,
                        "/api/audit/proof/consistency?from=7",
                        ProofRoutes.ConsistencyView.class);
        var whole =
                office.get(
                        office.auditor,
                        "/api/audit/proof/consistency?from=" + head.to(),
                        ProofRoutes.ConsistencyView.class);
        var part =
                office.get(
                        office.auditor,
                        "/api/audit/proof/consistency?from=7&to=7",
                        ProofRoutes.ConsistencyView.class);

        assertThat(head.fromRoot()).isEqualTo(part.toRoot()).isNotEqualTo(head.toRoot());
        assertThat(whole.fromRoot()).isEqualTo(head.toRoot()).isEqualTo(whole.toRoot());
        assertThat(head.path()).isNotEmpty();
        assertThat(Office.text(office.get(office.auditor, "/api/audit/checkpoint")))
                .contains(whole.toRoot());
        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () -> office.get(office.auditor, "/api/audit/proof/consistency?from=0"));
        assertThat(refusal.problem()).isEqualTo(Problem.INVALID);
    }

    @Test
    void an_inclusion_proof_shows_its_event_and_the_verdict_says_how_far_it_went() {
        var proof =
                office.get(
                        office.auditor,
                        "/api/audit/proof/inclusion?index=" + newest(),
                        ProofRoutes.InclusionView.class);
        var verdict =
                office.get(office.auditor, "/api/audit/verify", ProofRoutes.VerdictView.class);

        assertThat(
                        new String(
                                Base64.getDecoder().decode(proof.leaf().orElseThrow()),
                                StandardCharsets.UTF_8))
                .contains("service/19");
        assertThat(proof.checkpoint()).contains(proof.root());
        assertThat(verdict.ok()).isTrue();
        assertThat(verdict.sentence()).isEqualTo("Verified to entry %d.".formatted(verdict.size()));
    }

    @Test
    void a_changed_event_turns_the_verdict() {
        office.database.writePlatform(tx ->
                tx.execute(
                        "UPDATE ledger_event SET actor_name = 'nobody' WHERE resource ="
                                + " 'service/3'"));

        var verdict =
                office.get(office.auditor, "/api/audit/verify", ProofRoutes.VerdictView.class);

        assertThat(verdict.ok()).isFalse();
        assertThat(verdict.firstBad()).isPresent();
    }

    private long newest() {
        return office.ledger.ledger().newest(office.auditor.tenant());
    }
}
