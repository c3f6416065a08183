package holdfast.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A simulated appliance of VMware Cloud Foundation that serves HTTPS on loopback until it is closed.
///
/// What it holds is changed by [#estate], how it misbehaves by [#faults], what the vendor leaves open by [#switches],
/// and what it received is told by [#requests]. Safe to call from many threads.
public final class Simulator implements AutoCloseable {
    private final SimulatorOptions options;
    private final World world;
    private final RequestLog requests;
    private final CertificateMaker certificates;
    private final TlsListener listener;
    private final Optional<ControlPort> control;
    private volatile Role role;
    private volatile ServerCertificate certificate;

    private Simulator(SimulatorOptions options) {
        this.options = options;
        this.role = options.role();
        this.world = World.of(options);
        this.requests = new RequestLog(options.clock());
        this.certificates = new CertificateMaker(options.clock());
        this.certificate = certificates.make(options.certificate(), options.names());
        this.listener =
                new TlsListener(
                        options.port(),
                        new ServerTls(certificate, options.tls()),
                        new Wire(assemble()));
        this.control =
                options.controlPort() < 0
                        ? Optional.empty()
                        : Optional.of(new ControlPort(options.controlPort(), this));
    }

    /// Serves from the moment it returns.
    public static Simulator start(SimulatorOptions options) {
        var simulator = new Simulator(options);
        simulator.listener.start();
        simulator.control.ifPresent(ControlPort::start);
        return simulator;
    }

    private FaultyAppliance assemble() {
        var tokens = new Tokens(world);
        var rotations = new Rotations(world);
        var routes = new ArrayList<Route>();
        routes.addAll(new TokenRoutes(world, tokens).routes());
        routes.addAll(new RotationRoutes(world, rotations).routes());
        routes.addAll(new TaskRoutes(world, rotations).routes());
        routes.addAll(new ExpirationRoutes(world).routes());
        routes.addAll(new CredentialRoutes(world).routes());
        routes.addAll(new LocalAdminRoutes(world).routes());
        routes.addAll(new ComponentRoutes(world).routes());
        routes.addAll(new InventoryRoutes(world, this::role).routes());
        routes.addAll(new BringUpRoutes(world).routes());
        routes.addAll(new CloudBuilderRoutes(world).routes());
        routes.addAll(new FleetRoutes(world).routes());
        routes.addAll(new LockerRoutes(world).routes());
        return new FaultyAppliance(
                world, tokens, rotations, new Router(world, tokens, this::role, routes));
    }

    /// Joins the connections with the log and the appliance.
    private final class Wire implements Connection.Listener {
        private final FaultyAppliance appliance;

        private Wire(FaultyAppliance appliance) {
            this.appliance = appliance;
        }

        @Override
        public void opened(long connection) {
            requests.opened(connection);
        }

        @Override
        public void secured(long connection, String protocol) {
            requests.secured(connection, protocol);
        }

        @Override
        public Answer answer(long connection, Request request) {
            requests.received(connection, request);
            return appliance.answer(request);
        }

        @Override
        public void ended(long connection, long bytes) {
            requests.ended(connection, bytes);
        }
    }

    public int port() {
        return listener.port();
    }

    /// For example `https://localhost:8443`, without a slash at the end.
    public String url() {
        return "https://localhost:" + port();
    }

    /// Empty when the options ask for none.
    public Optional<Integer> controlPort() {
        return control.map(ControlPort::port);
    }

    /// SHA-256 of the certificate, upper-case hex with colons.
    public String fingerprint() {
        return certificate.fingerprint();
    }

    /// What a client would be told to trust: the certificate, or that of its authority for [CertificateShape#ISSUED].
    public String trustPem() {
        return certificate.trustPem();
    }

    public Role role() {
        return role;
    }

    public Version version() {
        return options.version();
    }

    /// Who may log in as ADMIN: by this name and [#password].
    public String user() {
        return options.user();
    }

    public String password() {
        return options.password();
    }

    /// Key of a service user with the role ADMIN.
    public String apiKey() {
        return world.logins().apiKey();
    }

    public RequestLog requests() {
        return requests;
    }

    public Estate estate() {
        return world.estate();
    }

    public Faults faults() {
        return world.faults();
    }

    public Switches switches() {
        return world.switches();
    }

    /// One more account of the appliance itself, or another password or role for a known one.
    public void addUser(User user) {
        world.logins().add(user);
    }

    /// A fresh certificate of the same shape.
    ///
    /// @return its fingerprint
    public String changeCertificate() {
        return changeCertificate(options.certificate(), options.names());
    }

    /// A fresh certificate; open connections end.
    ///
    /// @return its fingerprint
    public String changeCertificate(CertificateShape shape, List<String> names) {
        certificate = certificates.make(shape, names);
        listener.change(new ServerTls(certificate, options.tls()));
        return certificate.fingerprint();
    }

    /// The Installer turns into the SDDC Manager of the same site; certificate and port stay.
    public void becomeSddcManager() {
        become(Role.SDDC_MANAGER);
    }

    /// @throws IllegalArgumentException when the release has no such appliance
    public void become(Role other) {
        other.requireIn(options.version());
        role = other;
    }

    @Override
    public void close() {
        faults().clear();
        control.ifPresent(ControlPort::close);
        listener.close();
    }
}
