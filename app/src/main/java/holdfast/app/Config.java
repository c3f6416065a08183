package holdfast.app;

import holdfast.identity.IdentityRoom;
import holdfast.kernel.Network;
import holdfast.process.Logs;
import holdfast.server.Limits;
import holdfast.server.ProxyHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything an operator can set, checked. Read once at start; no other class reads the environment.
///
/// @param stateDir    absolute
/// @param port        0 to 65535; 0 takes any free port
/// @param plainPort   0 is off
/// @param certificate empty means the server's own
/// @param database    empty means SQLite in `stateDir`
record Config(
        Path stateDir,
        Path logDir,
        String address,
        int port,
        int plainPort,
        List<String> trustedProxies,
        ProxyHeader proxyHeader,
        List<String> publicNames,
        Optional<Certificate> certificate,
        Optional<PostgreSql> database,
        Unseal unseal,
        IdentityRoom.Passwords passwords,
        Outside outside,
        Load load,
        Logs.Style logging) {

    record Certificate(Path chain, Path key) {}

    record PostgreSql(
            String url,
            String user,
            String password,
            String owner,
            String ownerPassword,
            String backedUp) {
        @Override
        public String toString() {
            return "PostgreSql[" + url + ", " + user + "]"; // the passwords never print
        }
    }

    record Unseal(boolean byPassphrase, Path keyFile, String passphrase) {
        @Override
        public String toString() {
            return "Unseal[" + (byPassphrase ? "passphrase" : "key-file") + "]";
        }
    }

    /// @param requestsInFlight how many are answered at once
    record Load(int requestsInFlight, Limits.Numbers rates) {}

    record Outside(boolean loopback, List<String> deny) {}

    /// @throws ConfigMistakes listing every mistake at once, each with the option to mend
    static Config from(List<String> flags, Map<String, String> environment, Path home) {
        return from(Settings.merge(flags, environment), home);
    }

    /// {@return what is wrong, each with the option to mend}
    static List<String> mistakes(Settings settings) {
        try {
            from(settings, Path.of("/"));
            return List.of();
        } catch (ConfigMistakes mistakes) {
            return mistakes.mistakes();
        }
    }

    static Config from(Settings settings, Path home) {
        var check = new Check(settings);
        var stateDir = check.path(Option.STATE_DIR, home.resolve(".holdfast"));
        var config =
                new Config(
                        stateDir,
                        check.path(Option.LOG_DIR, stateDir.resolve("log")),
                        settings.value(Option.ADDRESS),
                        check.number(Option.PORT, 0, 65_535),
                        check.number(Option.PLAIN_PORT, 0, 65_535),
                        check.networks(Option.TRUSTED_PROXIES),
                        check.proxyHeader(),
                        check.list(Option.PUBLIC_NAMES),
                        check.certificate(),
                        check.database(),
                        check.unseal(stateDir),
                        check.passwords(),
                        new Outside(
                                check.flag(Option.OUTBOUND_LOOPBACK),
                                check.networks(Option.OUTBOUND_DENY)),
                        check.load(),
                        new Logs.Style(
                                check.oneOf(
                                        Option.LOG_LEVEL,
                                        "DEBUG",
                                        "INFO",
                                        "WARNING",
                                        "ERROR",
                                        "CRITICAL"),
                                check.oneOf(Option.LOG_FORMAT, "text", "json").equals("json")));
        if (check.number(Option.NODES, 1, 64) > 1 && config.database().isEmpty()) {
            check.mistake(
                    Option.NODES,
                    "more than one server needs PostgreSQL: SQLite has one writer on one host."
                            + " Set database-url, or nodes to 1");
        }
        if (!check.mistakes.isEmpty()) {
            throw new ConfigMistakes(check.mistakes);
        }
        return config;
    }

    /// Collects mistakes while it reads.
    private static final class Check {
        private final Settings settings;
        private final List<String> mistakes;

        Check(Settings settings) {
            this.settings = settings;
            this.mistakes = new ArrayList<>(settings.mistakes());
        }

        void mistake(Option option, String sentence) {
            var source = settings.source(option);
            mistakes.add(
                    (source.equals("default") ? option.key() : source + ": " + option.key())
                            + ": "
                            + sentence);
        }

        Path path(Option option, Path fallback) {
            var value = settings.value(option);
            return (value.isEmpty() ? fallback : Path.of(value)).toAbsolutePath().normalize();
        }

        int number(Option option, int least, int most) {
            var value = settings.value(option);
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // said below
            }
            mistake(option, "must be %d-%d, is '%s'".formatted(least, most, value));
            return least;
        }

        ProxyHeader proxyHeader() {
            return oneOf(Option.PROXY_HEADER, "x-forwarded-for", "forwarded").equals("forwarded")
                    ? ProxyHeader.FORWARDED
                    : ProxyHeader.X_FORWARDED_FOR;
        }

        Load load() {
            return new Load(
                    number(Option.REQUESTS_IN_FLIGHT, 8, 100_000),
                    new Limits.Numbers(
                            number(Option.RATE_SIGN_IN, 5, 1_000_000),
                            number(Option.RATE_API, 60, 1_000_000),
                            number(Option.RATE_HEAVY, 1, 1_000_000)));
        }

        boolean flag(Option option) {
            return oneOf(option, "false", "true").equals("true");
        }

        String oneOf(Option option, String... allowed) {
            var value = settings.value(option);
            if (!Arrays.asList(allowed).contains(value)) {
                mistake(
                        option,
                        "must be one of %s, is '%s'".formatted(String.join(", ", allowed), value));
                return allowed[0];
            }
            return value;
        }

        List<String> networks(Option option) {
            var networks = list(option);
            networks.stream()
                    .filter(text -> Network.read(text).isEmpty())
                    .forEach(text ->
                            mistake(
                                    option,
                                    "'%s' is no address or network such as 10.0.0.0/8"
                                            .formatted(text)));
            return networks;
        }

        List<String> list(Option option) {
            return Arrays.stream(settings.value(option).split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .toList();
        }

        Optional<Certificate> certificate() {
            var chain = settings.value(Option.TLS_CERTIFICATE);
            var key = settings.value(Option.TLS_KEY);
            if (chain.isEmpty() && key.isEmpty()) {
                return Optional.empty();
            }
            if (chain.isEmpty() || key.isEmpty()) {
                mistake(
                        chain.isEmpty() ? Option.TLS_CERTIFICATE : Option.TLS_KEY,
                        "tls-certificate and tls-key belong together: set both or neither");
            }
            return Optional.of(new Certificate(Path.of(chain), Path.of(key)));
        }

        Optional<PostgreSql> database() {
            var url = settings.value(Option.DATABASE_URL);
            if (url.isEmpty()) {
                return Optional.empty();
            }
            if (!url.startsWith("jdbc:postgresql:")) {
                mistake(Option.DATABASE_URL, "must start with jdbc:postgresql:");
            }
            for (var option : List.of(Option.DATABASE_USER, Option.DATABASE_OWNER)) {
                if (settings.value(option).isEmpty()) {
                    mistake(option, "is needed together with database-url");
                }
            }
            if (!settings.value(Option.DATABASE_USER).isEmpty()
                    && settings.value(Option.DATABASE_USER)
                            .equals(settings.value(Option.DATABASE_OWNER))) {
                mistake(
                        Option.DATABASE_USER,
                        "must not be database-owner: the server's role owns nothing");
            }
            return Optional.of(
                    new PostgreSql(
                            url,
                            settings.value(Option.DATABASE_USER),
                            settings.value(Option.DATABASE_PASSWORD),
                            settings.value(Option.DATABASE_OWNER),
                            settings.value(Option.DATABASE_OWNER_PASSWORD),
                            backedUp()));
        }

        private String backedUp() {
            var text = settings.value(Option.DATABASE_BACKED_UP);
            if (!text.matches("(always|migration-\\d{1,6})?")) {
                mistake(
                        Option.DATABASE_BACKED_UP,
                        "must be empty, always, or what the refused start named, for example"
                                + " migration-42; is '%s'".formatted(text));
            }
            return text;
        }

        IdentityRoom.Passwords passwords() {
            var text = settings.value(Option.PASSWORD_BREACHED);
            var breached =
                    text.isEmpty()
                            ? Optional.<Path>empty()
                            : Optional.of(path(Option.PASSWORD_BREACHED, Path.of("")));
            breached.filter(file -> !Files.isReadable(file))
                    .ifPresent(file ->
                            mistake(
                                    Option.PASSWORD_BREACHED,
                                    "'%s' is no file that can be read".formatted(file)));
            return new IdentityRoom.Passwords(number(Option.PASSWORD_CLASSES, 0, 4), breached);
        }

        Unseal unseal(Path stateDir) {
            boolean byPassphrase =
                    oneOf(Option.UNSEAL, "key-file", "passphrase").equals("passphrase");
            var passphrase = settings.value(Option.PASSPHRASE);
            if (byPassphrase && passphrase.length() < 16) {
                mistake(Option.PASSPHRASE, "must have 16 characters or more");
            }
            return new Unseal(
                    byPassphrase,
                    path(Option.KEY_FILE, stateDir.resolve("master.key")),
                    passphrase);
        }
    }
}
