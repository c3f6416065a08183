package holdfast.vcf;

import holdfast.http.Outbound;
import holdfast.http.OutboundFailure;
import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The only [Appliances]: one session a call.
final class VcfClient implements Appliances {
    private static final int MAX_PAGES = 10_000;
    private static final int EXPIRY_POLLS = 24;

    private final Reach reach;

    /// Reads row by row out of a larger document, so more tokens follow each.
    private final JsonMapper json =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

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
                case INSTALLER -> deployments(session, appliance, reading);
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
        return new VcfSession(reach, login, json);
    }

    /// An Installer may have become the SDDC Manager at the same address: that is said, not guessed.
    private Appliance appliance(VcfSession session, SourceKind kind) {
        JsonNode about;
        try {
            about = session.readTree("/v1/system/appliance-info");
        } catch (SourceFailed failed) {
            if (failed.failure().httpStatus().filter(status -> status == 404).isEmpty()) {
                throw failed;
            }
            about = json.createObjectNode(); // before 9.0 there is no such address
        }
        var role = Tolerant.optionalText(about, "role");
        if (role.isPresent() && !role.get().equalsIgnoreCase(kind.role())) {
            throw new SourceFailed(
                    Failure.of(
                            Status.WRONG_ROLE,
                            "This address is a %s, not a %s. An Installer that lives on the hosts it deployed turns into the SDDC Manager."
                                    .formatted(role.get(), kind.title())));
        }
        var permissions = session.permissions();
        return new Appliance(
                role,
                Tolerant.optionalText(about, "version"),
                hint(permissions, "CREDENTIAL_READ"),
                hint(permissions, "CREDENTIAL_WRITE"));
    }

    private static Optional<Boolean> hint(java.util.Set<String> permissions, String wanted) {
        return permissions.isEmpty() ? Optional.empty() : Optional.of(permissions.contains(wanted));
    }

    private Fetched credentials(
            VcfSession session, Appliance appliance, boolean expiry, Reading reading) {
        var pages = new CredentialPages(json);
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
            return new Fetched(rows, List.of(), toTheEnd && pages.isComplete(), version);
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

    private Fetched deployments(VcfSession session, Appliance appliance, Reading reading) {
        var rows = new ArrayList<Found>();
        var unmapped = new ArrayList<String>();
        int count = 0;
        try {
            for (var deployment : session.readTree("/v1/sddcs").path("elements")) {
                var id = Tolerant.text(deployment, "id");
                if (id.isEmpty()) {
                    continue;
                }
                var path =
                        "/v1/sddcs/"
                                + java.net.URLEncoder.encode(
                                        id, java.nio.charset.StandardCharsets.UTF_8)
                                + "/spec";
                var read = BringUp.read(session.readTree(path), id);
                rows.addAll(read.rows());
                unmapped.addAll(read.unmapped());
                count++;
                reading.at(count, rows.size());
            }
            return new Fetched(distinct(rows), unmapped, true, appliance.version());
        } catch (RuntimeException e) {
            rows.forEach(Found::close);
            throw e;
        }
    }

    /// Two deployments may describe the same site, the later attempt last.
    private static List<Found> distinct(List<Found> rows) {
        var byId = new java.util.LinkedHashMap<String, Found>();
        for (var row : rows) {
            var before = byId.put(row.externalId(), row);
            if (before != null) {
                before.close();
            }
        }
        return List.copyOf(byId.values());
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
                known.putAll(expiryOf(session, type));
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

    private Map<String, Found.Validity> expiryOf(VcfSession session, String type) {
        var task =
                session.ask(
                        "/v1/credentials/expirations", Map.of("resourceType", type), session::tree);
        var id = Tolerant.text(task, "id");
        var found = new HashMap<String, Found.Validity>();
        for (int poll = 0; poll < EXPIRY_POLLS && !id.isEmpty(); poll++) {
            var state =
                    Tolerant.text(task, "status")
                            .toUpperCase(java.util.Locale.ROOT)
                            .replace(' ', '_');
            if (!state.equals("IN_PROGRESS") && !state.equals("PENDING")) {
                break;
            }
            reach.pause(reach.pace().poll());
            task = session.readTree("/v1/credentials/expirations/" + id);
        }
        for (var element : task.path("elements")) {
            found.put(
                    Tolerant.text(element, "id"),
                    CredentialPages.expiry(
                            element.path("expiry"), Optional.empty(), Optional.empty()));
        }
        return found;
    }
}
