package holdfast.app;

import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Version;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The whole server on a free port, with a simulated Installer and SDDC Manager behind it, and people in every role.
final class LiveServer implements AutoCloseable {
    static final String ADMIN = "ada";

    private final Ahead clock = new Ahead();
    private final Config config;
    private Holdfast holdfast;
    private final SSLContext tls;
    private final Simulator sddcManager;
    private final Simulator installer;

    private LiveServer(Path folder, List<String> more)
            throws IOException, GeneralSecurityException {
        var state =
                Files.createDirectory(
                        folder.resolve("state"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        var flags =
                new ArrayList<>(
                        List.of(
                                "--state-dir",
                                state.toString(),
                                "--port",
                                "0",
                                "--address",
                                "127.0.0.1",
                                "--outbound-loopback",
                                "true"));
        flags.addAll(more);
        config = Config.from(flags, Map.of(), folder);
        holdfast = Holdfast.start(config, clock);
        tls = believing(holdfast.certificate());
        var options = SimulatorOptions.defaults(InstantSource.system());
        sddcManager = Simulator.start(options);
        installer = Simulator.start(options.withAppliance(Role.INSTALLER, Version.V9_0_2));
    }

    static LiveServer start(Path folder, String... flags)
            throws IOException, GeneralSecurityException {
        return new LiveServer(folder, List.of(flags));
    }

    Holdfast holdfast() {
        return holdfast;
    }

    /// Stops the server and starts it again on what it kept, at another port.
    void restart() {
        holdfast.close();
        holdfast = Holdfast.start(config, clock);
    }

    SSLContext tls() {
        return tls;
    }

    URI url() {
        return URI.create("https://localhost:" + holdfast.port());
    }

    Path certificate() {
        return holdfast.certificate();
    }

    Simulator sddcManager() {
        return sddcManager;
    }

    Simulator installer() {
        return installer;
    }

    /// Lets time pass for everything that asks the server's clock.
    void wait(Duration step) {
        clock.ahead.updateAndGet(step::plus);
    }

    /// {@return somebody without a session}
    Person nobody() {
        return new Person(url(), tls);
    }

    /// Does the first run.
    ///
    /// @return the first administrator, signed in
    Person setUp() throws IOException, InterruptedException {
        var admin = nobody();
        admin.post(
                        "/api/setup",
                        Map.of(
                                "code",
                                holdfast.setupCode().orElseThrow(),
                                "username",
                                ADMIN,
                                "password",
                                Person.PASSWORD))
                .requireStatus(201);
        return admin;
    }

    /// {@return a new user in this role, signed in, with a password of their own}
    Person person(Person admin, String role) throws IOException, InterruptedException {
        var name = role.toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        admin.post(
                        "/api/users",
                        Map.of("username", name, "password", "Given-by-9-others!", "role", role))
                .requireStatus(201);
        var person = nobody();
        person.signIn(name, "Given-by-9-others!").requireStatus(200);
        person.post(
                        "/api/me/password",
                        Map.of(
                                "currentPassword",
                                "Given-by-9-others!",
                                "newPassword",
                                Person.PASSWORD))
                .requireStatus(204);
        return person;
    }

    /// {@return the body that makes an environment of both simulated appliances, pinned}
    Map<String, Object> environment(String name) {
        var body = new HashMap<String, Object>();
        body.put("name", name);
        body.put("sddcManager", source(sddcManager));
        body.put("installer", source(installer));
        return body;
    }

    static Map<String, Object> source(Simulator appliance) {
        return Map.of(
                "host",
                "localhost",
                "port",
                appliance.port(),
                "username",
                appliance.user(),
                "password",
                appliance.password(),
                "trust",
                Map.of("mode", "PIN", "fingerprint", appliance.fingerprint()));
    }

    @Override
    public void close() {
        holdfast.close();
        sddcManager.close();
        installer.close();
    }

    private static SSLContext believing(Path chain) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(chain)) {
            int number = 0;
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("c" + number++, certificate);
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /// The machine's clock, set ahead.
    private static final class Ahead implements InstantSource {
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead.get());
        }
    }
}
