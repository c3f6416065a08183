package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.health.Health;
import holdfast.testkit.Await;
import holdfast.testkit.TestClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the program itself adds to the health: the other systems and the certificate, which renews itself.
class HealthPartsTest {
    @TempDir Path folder;

    @Test
    void sources_that_could_not_be_read_are_counted_by_their_reason() {
        var fine = new SourcesCheck(() -> Map.of("OK", 3L, "NEVER", 1L, "RUNNING", 1L)).look();
        var bad = new SourcesCheck(() -> Map.of("OK", 3L, "TIMED_OUT", 2L)).look();

        assertThat(fine.status()).isEqualTo(Health.Status.HEALTHY);
        assertThat(bad.status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(bad.sentence()).startsWith("2 of 5 sources");
        assertThat(bad.details()).isEqualTo(Map.of("TIMED_OUT", 2L));
        assertThat(bad.advice()).isPresent();
    }

    @Test
    void a_certificate_asks_for_help_two_weeks_before_its_end() {
        var clock = new TestClock();
        var files = own(clock).ensure(List.of("localhost"));
        var check = new CertificateCheck(files.chain(), clock);

        assertThat(check.look().status()).isEqualTo(Health.Status.HEALTHY);
        clock.advance(Duration.ofDays(397 - 13));
        assertThat(check.look().status()).isEqualTo(Health.Status.DEGRADED);
        assertThat(check.look().sentence()).contains("ends in 12 days");
        clock.advance(Duration.ofDays(20));
        assertThat(check.look().sentence()).contains("has ended");
    }

    @Test
    void the_own_certificate_is_renewed_while_the_server_runs() throws Exception {
        var clock = new TestClock();
        var own = own(clock);
        var files = own.ensure(List.of("localhost"));
        var first = OwnCertificate.leaf(files.chain());
        try (var _ =
                new CertificateRenewal(() -> own.ensure(List.of("localhost")))
                        .start(Duration.ofMillis(5))) {
            clock.advance(Duration.ofDays(270));

            Await.until("it is renewed", () -> isAfter(files.chain(), first));
        }
        assertThat(new CertificateCheck(files.chain(), clock).look().sentence())
                .contains("good for 396 days");
    }

    @Test
    void the_running_server_tells_of_all_its_parts() throws Exception {
        try (var server = LiveServer.start(folder)) {
            var admin = server.setUp();

            var components = admin.get("/api/system/health").requireStatus(200).json();
            assertThat(components.path("components").findValuesAsString("name"))
                    .contains("sources", "certificate", "clock", "database", "disk");
            assertThat(admin.get("/metrics").requireStatus(200).text())
                    .contains(
                            "# TYPE holdfast_sources gauge",
                            "holdfast_jobs_failing{job=\"ledger-",
                            "holdfast_http_requests_open 1");
        }
    }

    private static boolean isAfter(Path chain, X509Certificate first) throws Exception {
        return OwnCertificate.leaf(chain)
                .getNotAfter()
                .toInstant()
                .isAfter(first.getNotAfter().toInstant());
    }

    private OwnCertificate own(TestClock clock) {
        return new OwnCertificate(StateDir.open(folder.resolve("tls")), clock, new SecureRandom());
    }
}
