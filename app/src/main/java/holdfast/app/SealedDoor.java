package holdfast.app;

import holdfast.administration.ShareRoutes;
import holdfast.cluster.Counters;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.ledger.Ledger;
import holdfast.seal.SealRoom;
import holdfast.server.Allowance;
import holdfast.server.Dispatcher;
import holdfast.server.Limits;
import holdfast.server.RouteTable;
import holdfast.server.Server;
import holdfast.server.ServerConfig;
import holdfast.server.StaticUi;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What the server is while its root key waits for shares: an address to bring them to, on its own port, and SEALED for all
/// the rest. Nobody can sign in: sessions and tokens are read with keys that are not open yet.
final class SealedDoor {
    private static final UUID SERVICE = new UUID(0x7000L, 0x8000000000000105L);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final SealRoom seal;
    private final Limits limits;
    private final int requestsInFlight;

    SealedDoor(SealRoom seal, Counters counters, Config.Load load) {
        this.seal = seal;
        this.limits = new Limits(counters, load.rates(), Allowance.FREE);
        this.requestsInFlight = load.requestsInFlight();
    }

    /// @param event of what opened it
    record Opened(int port, Event event) {
        void record(Ledger ledger) {
            var service =
                    new Principal(
                            SERVICE,
                            Principal.Kind.SERVICE,
                            "seal",
                            TenantId.DEFAULT,
                            Origin.INTERNAL);
            ledger.record(service, event);
        }
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
    /// @return the port it was, and what the ledger is to be told of it
    Opened await(ServerConfig listening, Waiting waiting) {
        var opened = new CountDownLatch(1);
        var routes = new ShareRoutes(seal, opened::countDown);
        var dispatcher =
                new Dispatcher(
                        new RouteTable(routes.whileSealed()),
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
            return new Opened(server.port(), routes.opening());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Problem.SEALED.because("stopped while the root key waited for its shares");
        }
    }
}
