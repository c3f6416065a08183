package holdfast.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the own certificate anew while the server runs; the server notices the new files by itself.
///
/// A thread of its own and no job: every server has its own certificate.
final class CertificateRenewal implements AutoCloseable {
    static final Duration EVERY = Duration.ofHours(6);

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);

    private final Runnable ensure;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param ensure makes it anew when its time is running out
    CertificateRenewal(Runnable ensure) {
        this.ensure = ensure;
    }

    CertificateRenewal start(Duration every) {
        Thread.ofVirtual()
                .name("own-certificate")
                .start(() -> {
                    try {
                        while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                            look();
                        }
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        return this;
    }

    private void look() {
        try {
            ensure.run();
        } catch (RuntimeException failure) {
            LOG.atError().setCause(failure).log("the own certificate was not renewed");
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
