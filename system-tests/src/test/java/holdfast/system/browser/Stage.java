package holdfast.system.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import holdfast.browser.Chromium;
import holdfast.browser.Visit;
import holdfast.demo.Client;
import holdfast.simulator.Simulator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What all browser tests of a run share: the built server with its estate, one user of each role, and a Chromium.
final class Stage implements AutoCloseable {
    static final String PASSWORD = "basalt-Otter-43-lantern";
    private static final List<String> ROLES = List.of("OPERATOR", "USER", "READ_ONLY", "AUDITOR");

    /// Service and account of what the vault holds.
    private static final Map<String, String> SECRETS =
            new TreeMap<>(
                    Map.of(
                            "prod/db/orders", "app",
                            "prod/db/billing", "reader",
                            "prod/mail", "relay",
                            "test/db/orders", "app",
                            "office/door", "pin"));

    /// After five minutes the password is asked for again before what cannot be undone; a test takes less than two.
    private static final Duration LATELY = Duration.ofMinutes(3);

    private static final double PATIENCE = 20_000; // milliseconds

    private final House house;
    private final Estates estates;
    private final Chromium chromium;
    private final Map<String, Lately<String>> cookies = new HashMap<>();
    private final Map<String, Lately<Client>> clients = new HashMap<>();

    private Stage(House house, Estates estates, Chromium chromium) {
        this.house = house;
        this.estates = estates;
        this.chromium = chromium;
    }

    /// Opens all or nothing.
    static Stage open() {
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            var house = House.open();
            opened.push(house);
            var admin = house.firstRun("admin", PASSWORD);
            var estates = Estates.open(admin);
            opened.push(estates);
            for (var role : ROLES) {
                house.user(admin, role, PASSWORD);
            }
            SECRETS.forEach((service, account) -> keep(admin, service, account));
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
            return new Stage(house, estates, Chromium.start(House.root()));
        } catch (RuntimeException failure) {
            opened.forEach(Stage::closeQuietly);
            throw failure;
        }
    }

    private static void closeQuietly(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception _) {
            // the first failure is the one to tell
        }
    }

    URI url() {
        return house.server().url();
    }

    Browser browser() {
        return chromium.browser();
    }

    Estates estates() {
        return estates;
    }

    private static void keep(Client admin, String service, String account) {
        var secret =
                Map.of(
                        "service",
                        service,
                        "account",
                        account,
                        "value",
                        "amber-Kite-7-" + account,
                        "tags",
                        List.of("team-a", "kept"),
                        "notes",
                        "Used by " + service + ".");
        var id = admin.post("/api/secrets", secret).path("id").asString();
        admin.post(
                "/api/secrets/%s/versions".formatted(id),
                Map.of("value", "cobalt-Otter-9-" + account, "expectedVersion", 1));
        admin.post("/api/secrets/%s/reveal?purpose=view".formatted(id), Map.of());
    }

    /// Adds an environment of one SDDC Manager and syncs it.
    ///
    /// @return its id
    String add(String name, Simulator manager) {
        return Estates.add(client("admin"), name, manager);
    }

    /// A client of the API that is signed in as this user.
    Client client(String user) {
        return Lately.of(clients, user, name -> house.signIn(name, PASSWORD));
    }

    /// {@return the status a program with this API token is answered}
    int statusWith(String token, String path) {
        return house.withToken(token).call("GET", path, Optional.empty()).statusCode();
    }

    /// Cookies of a person who has signed in lately, not for each visit.
    String cookiesOf(String user) {
        return Lately.of(
                cookies,
                user,
                name -> {
                    try (var visit = Visit.open(browser(), url(), new NewContextOptions())) {
                        visit.go("/login");
                        new SignIn(visit.page()).as(name, PASSWORD);
                        new Frame(visit.page()).expectOpen();
                        return visit.cookies();
                    }
                });
    }

    /// What came of a sign-in, and when (System.nanoTime).
    private record Lately<T>(T value, long since) {
        static <T> T of(Map<String, Lately<T>> known, String user, Function<String, T> signIn) {
            return known.compute(
                            user,
                            (name, before) ->
                                    before == null || before.isLongAgo()
                                            ? new Lately<>(signIn.apply(name), System.nanoTime())
                                            : before)
                    .value();
        }

        private boolean isLongAgo() {
            return System.nanoTime() - since > LATELY.toNanos();
        }
    }

    @Override
    public void close() {
        chromium.close();
        estates.close();
        house.close();
    }
}
