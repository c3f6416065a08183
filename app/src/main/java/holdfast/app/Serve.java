package holdfast.app;

import holdfast.kernel.Refusal;
import holdfast.process.IdleMemory;
import holdfast.process.Logs;
import holdfast.process.ServiceNotice;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `holdfast serve`: starts the server and stays until it is told to stop.
///
/// Prints, for people and programs: `url …`, `fingerprint …`, at first run `setup-code …`, and `ready` at the end.
final class Serve {
    private static final Duration WATCHDOG = Duration.ofSeconds(10);

    private Serve() {}

    static int run(List<String> flags, PrintStream out, PrintStream err) {
        var config = Config.from(flags, System.getenv(), Path.of(System.getProperty("user.home")));
        try {
            StateDir.open(config.stateDir());
            Logs.start(config.logging(), config.logDir());
            serve(config, out);
            return 0;
        } catch (Refusal refusal) {
            err.println(refusal.detail());
            return 1;
        } catch (IOException | GeneralSecurityException failure) {
            err.println("cannot start: " + failure.getMessage());
            return 1;
        }
    }

    private static void serve(Config config, PrintStream out)
            throws IOException, GeneralSecurityException {
        var notice = new ServiceNotice(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
        var stopped = new CountDownLatch(1);
        var holdfast = Holdfast.start(config, Chance.CLOCK, waiting(config, notice, out));
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    notice.stopping();
                                    holdfast.close();
                                    Logs.stop();
                                    stopped.countDown();
                                },
                                "stop"));
        out.println("holdfast " + Version.text());
        out.println("url " + url(config, holdfast.port()));
        out.println(
                "fingerprint "
                        + OwnCertificate.fingerprint(holdfast.certificate(), Chance.crypto()));
        holdfast.setupCode()
                .ifPresent(code -> {
                    out.println("setup-code " + code);
                    out.println("Open the URL and create the first administrator with this code.");
                });
        out.println("ready");
        out.flush();
        notice.ready();
        var memory = IdleMemory.ofThisProcess();
        try {
            while (!stopped.await(WATCHDOG.toSeconds(), TimeUnit.SECONDS)) {
                notice.watchdog();
                memory.look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A sealed server is up, for whoever watches over it: only people can do what is left.
    private static SealedDoor.Waiting waiting(
            Config config, ServiceNotice notice, PrintStream out) {
        return (port, first) -> {
            if (first) {
                out.println("url " + url(config, port));
                out.println("sealed");
                out.println("The root key waits for its shares: holdfast unseal URL");
                out.flush();
                notice.ready();
            } else {
                notice.watchdog();
            }
        };
    }

    private static String url(Config config, int port) {
        var everywhere = config.address().equals("0.0.0.0") || config.address().equals("::");
        var loopback = config.address().startsWith("127.");
        var host =
                config.publicNames().stream()
                        .findFirst()
                        .orElse(everywhere || loopback ? "localhost" : config.address());
        return port == 443 ? "https://" + host : "https://%s:%d".formatted(host, port);
    }
}
