package holdfast.vcf;

import holdfast.kernel.SecretBytes;
import holdfast.outbound.Outbound;
import holdfast.outbound.OutboundFailure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The only [Appliances]: one session a call.
final class VcfClient implements Appliances {
    private static final int MAX_PAGES = 10_000;
    private static final int EXPIRY_POLLS = 24;

    private final Reach reach;

    VcfClient(Reach reach) {
        this.reach = reach;
    }

    /// What a source says about itself.
    ///
    /// @param role empty before 9.0
    record Appliance(
            Optional<String> role,
            Optional<String> version,
            Optional<Boolean> canRead,
            Optional<Boolean> canRotate) {}

    @Override
    public TestResult probe(
            SourceKind kind,
            Address address,
            Optional<String> username,
            Optional<SecretBytes> password) {
        return new Probing(this, reach.clock()).probe(kind, address, username, password);
    }

    @Override
    public Fetched fetch(Login login, boolean expiry, Reading reading) {
        try (var session = open(login)) {
            var appliance = appliance(session, login.kind());
            return switch (login.kind()) {
                case SDDC_MANAGER -> credentials(session, appliance, expiry, reading);
                case INSTALLER -> new Deployments(session, reading).read(appliance.version());
            };
        }
    }

    /// Signs in, looks, and leaves.
    ///
    /// @throws SourceFailed with the reason in plain words
    Appliance look(Login login) {
        try (var session = open(login)) {
            var appliance = appliance(session, login.kind());
            var path =
                    login.kind() == SourceKind.SDDC_MANAGER
                            ? "/v1/credentials?pageNumber=0&pageSize=1"
                            : "/v1/sddcs";
            session.read(path, Outbound.Answer::status);
            return new Appliance(
                    appliance.role(),
                    appliance.version(),
                    Optional.of(true),
                    appliance.canRotate());
        }
    }

    /// Shakes hands only: nothing is sent.
    ///
    /// @throws SourceFailed when there is no certificate to show
    Failure.Certificate inspect(Address address) {
        try {
            var target =
                    new Outbound.Target(address.host(), address.port(), address.trust().outbound());
            return Failure.Certificate.of(
                    reach.outbound().inspect(target, reach.pace().connect()), address.trust());
        } catch (OutboundFailure failure) {
            throw new SourceFailed(VcfSession.failure(failure, address.trust()));
        }
    }

    private VcfSession open(Login login) {
        return new VcfSession(reach, login);
    }

    /// An Installer may have become the SDDC Manager at the same address: that is said, not guessed.
    private Appliance appliance(VcfSession session, SourceKind kind) {
        JsonNode about;
        try {
            about = session.readTree(VcfSession.APPLIANCE_INFO);
        } catch (SourceFailed failed) {
            if (failed.failure().httpStatus().filter(status -> status == 404).isEmpty()) {
                throw failed;
            }
            about = VcfJson.MAPPER.createObjectNode(); // before 9.0 there is no such address
        }
        var role = Tolerant.optionalText(about, "role");
        if (role.isPresent() && !role.get().equalsIgnoreCase(kind.role())) {
            throw new SourceFailed(Failure.of(Status.WRONG_ROLE, anotherKind(kind, role.get())));
        }
        var permissions = session.permissions();
        return new Appliance(
                role,
                Tolerant.optionalText(about, "version"),
                hint(permissions, "CREDENTIAL_READ"),
                hint(permissions, "CREDENTIAL_WRITE"));
    }

    private static String anotherKind(SourceKind wanted, String role) {
        if (role.equalsIgnoreCase(SourceKind.SDDC_MANAGER.role())) {
            return "This Installer has become the SDDC Manager of its site, as one does that lives"
                    + " on the hosts it deployed; enter it as the SDDC Manager of the"
                    + " environment and remove the Installer.";
        }
        return role.equalsIgnoreCase(SourceKind.INSTALLER.role())
                ? "This address is a VCF Installer; enter it as the Installer of the environment."
                : "This address is a %s, not a %s; correct the address."
                        .formatted(role, wanted.title());
    }

    private static Optional<Boolean> hint(java.util.Set<String> permissions, String wanted) {
        return permissions.isEmpty() ? Optional.empty() : Optional.of(permissions.contains(wanted));
    }

    private Fetched credentials(
            VcfSession session, Appliance appliance, boolean expiry, Reading reading) {
        var pages = new CredentialPages(VcfJson.MAPPER);
        boolean toTheEnd = false;
        try {
            for (int number = 0; number < MAX_PAGES && !toTheEnd; number++) {
                var path =
                        "/v1/credentials?pageNumber=%d&pageSize=%d"
                                .formatted(number, reach.pace().pageSize());
                var page = session.read(path, answer -> add(pages, answer));
                reading.at(number + 1, pages.count());
                toTheEnd =
                        page.rows() == 0
                                || page.totalPages().isEmpty()
                                || number + 1 >= page.totalPages().getAsInt();
            }
            var version = appliance.version().or(() -> managerVersion(session));
            var rows = expiry ? withExpiry(session, pages.rows()) : pages.rows();
            return new Fetched(
                    rows,
                    List.of(),
                    toTheEnd && pages.isComplete(),
                    version,
                    List.of(),
                    Domains.leaving(session::readTree, rows));
        } catch (RuntimeException e) {
            pages.close();
            throw e;
        }
    }

    private static CredentialPages.Page add(CredentialPages pages, Outbound.Answer answer) {
        try (var body = answer.body()) {
            return pages.add(body);
        } catch (IOException e) {
            throw new SourceFailed(Failure.of(Status.CUT));
        }
    }

    private Optional<String> managerVersion(VcfSession session) {
        try {
            return Tolerant.optionalText(
                    session.readTree("/v1/sddc-managers").path("elements").path(0), "version");
        } catch (SourceFailed _) {
            return Optional.empty(); // nice to know, nothing more
        }
    }

    /// Asks for what the list leaves out, one resource type after the other. The appliance signs in to every component for that.
    private List<Found> withExpiry(VcfSession session, List<Found> rows) {
        var types = new TreeSet<String>();
        rows.stream()
                .filter(row -> row.validity().isUnknown())
                .forEach(row -> types.add(row.account().resourceType()));
        Map<String, Found.Validity> known = new HashMap<>();
        for (var type : types) {
            try {
                var found = expiryOf(session, type);
                if (found.isEmpty()) {
                    break; // it still runs: the appliance takes one at a time
                }
                known.putAll(found.get());
            } catch (SourceFailed failed) {
                if (failed.failure().status() == Status.LOGIN_REFUSED) {
                    throw failed;
                }
                break; // the values matter more; the next sync asks again
            }
        }
        return rows.stream().map(row -> merged(row, known)).toList();
    }

    private static Found merged(Found row, Map<String, Found.Validity> known) {
        var validity = known.get(row.externalId());
        return validity == null || !row.validity().isUnknown()
                ? row
                : row.with(
                        new Found.Validity(
                                validity.expires(),
                                validity.checked(),
                                validity.connectivity(),
                                row.validity().rotateDays(),
                                row.validity().nextRotation()));
    }

    /// {@return ends of validity by id; nothing when the check did not end}
    private Optional<Map<String, Found.Validity>> expiryOf(VcfSession session, String type) {
        var task =
                session.ask(
                        "/v1/credentials/expirations", Map.of("resourceType", type), session::tree);
        var id = Tolerant.text(task, "id");
        var found = new HashMap<String, Found.Validity>();
        for (int poll = 0; isRunning(task) && !id.isEmpty(); poll++) {
            if (poll == EXPIRY_POLLS) {
                return Optional.empty();
            }
            reach.pause(reach.pace().poll());
            task =
                    session.readTree(
                            "/v1/credentials/expirations/"
                                    + URLEncoder.encode(id, StandardCharsets.UTF_8));
        }
        for (var element : task.path("elements")) {
            found.put(
                    Tolerant.text(element, "id"),
                    CredentialPages.expiry(
                            element.path("expiry"), Optional.empty(), Optional.empty()));
        }
        return Optional.of(found);
    }

    private static boolean isRunning(JsonNode task) {
        var state = Tolerant.text(task, "status").toUpperCase(Locale.ROOT).replace(' ', '_');
        return state.equals("IN_PROGRESS") || state.equals("PENDING");
    }
}
