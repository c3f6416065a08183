package holdfast.app;

import holdfast.administration.ShareRoutes;
import holdfast.cluster.Counters;
import holdfast.http.Allowance;
import holdfast.http.Dispatcher;
import holdfast.http.Limits;
import holdfast.http.RouteTable;
import holdfast.http.Server;
import holdfast.http.ServerConfig;
import holdfast.http.StaticUi;
import holdfast.kernel.Problem;
import holdfast.seal.SealRoom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What the server is while its root key waits for shares: an address to bring them to, on its own port, and SEALED for all
/// the rest. Nobody can sign in: sessions and tokens are read with keys that are not open yet.
final class SealedDoor {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final SealRoom seal;
    private final Limits limits;
    private final int requestsInFlight;

    SealedDoor(SealRoom seal, Counters counters, Config.Load load) {
        this.seal = seal;
        this.limits = new Limits(counters, load.rates(), Allowance.FREE);
        this.requestsInFlight = load.requestsInFlight();
    }

    /// Who is told while it waits.
    interface Waiting {
        /// Nobody.
        Waiting ALONE = (_, _) -> {};

        /// Told at first, and every ten seconds.
        ///
        /// @param port that the shares can be brought to
        void sealed(int port, boolean first);
    }

    /// Returns when the root key is open and the port is free again.
    ///
    /// @return the port it was
    int await(ServerConfig listening, Waiting waiting) {
        var opened = new CountDownLatch(1);
        var dispatcher =
                new Dispatcher(
                        new RouteTable(new ShareRoutes(seal, opened::countDown).whileSealed()),
                        _ -> Optional.empty(),
                        limits,
                        new StaticUi(SealedDoor.class.getClassLoader()),
                        Chance.ids(),
                        (_, _, _, _) -> {},
                        requestsInFlight);
        try (var server = new Server(listening, dispatcher, Chance.ids()).start()) {
            waiting.sealed(server.port(), true);
            while (!opened.await(LOOK.toSeconds(), TimeUnit.SECONDS)) {
                waiting.sealed(server.port(), false);
            }
            return server.port();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Problem.SEALED.because("stopped while the root key waited for its shares");
        }
    }
}
