package holdfast.vcf;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads every deployment that an Installer holds. For one reading.
///
/// Of two that tell the same account the successful, then the newer one counts: the values are those of the bring-up.
final class Deployments {
    private static final String SUCCESS = "COMPLETED_WITH_SUCCESS";

    private final VcfSession session;
    private final Appliances.Reading reading;
    private final Map<String, Found> rows = new LinkedHashMap<>();
    private final List<String> unmapped = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean complete = true;
    private int count;

    /// @param reading told after each deployment
    Deployments(VcfSession session, Appliances.Reading reading) {
        this.session = session;
        this.reading = reading;
    }

    /// One of them, as the list tells it.
    private record Deployment(String id, String name, String status, Instant created) {
        private static Deployment of(JsonNode node) {
            var id = Tolerant.text(node, "id");
            return new Deployment(
                    id,
                    Tolerant.optionalText(node, "name").orElse(id),
                    Tolerant.text(node, "status"),
                    Tolerant.instant(node, "creationTimestamp").orElse(Instant.MIN));
        }

        private boolean succeeded() {
            return status.equals(SUCCESS);
        }
    }

    /// @param version of the Installer
    /// @throws SourceFailed NOTHING_DEPLOYED, UNREADABLE and what the session throws
    Fetched read(Optional<String> version) {
        var deployments = list();
        if (deployments.isEmpty()) {
            throw new SourceFailed(Failure.of(Status.NOTHING_DEPLOYED));
        }
        try {
            deployments.forEach(this::read);
            return new Fetched(List.copyOf(rows.values()), unmapped, complete, version, notes);
        } catch (RuntimeException e) {
            rows.values().forEach(Found::close);
            throw e;
        }
    }

    /// The one with the last word last.
    private List<Deployment> list() {
        var page = session.readTree("/v1/sddcs");
        if (!page.path("elements").isArray()) {
            throw new SourceFailed(Failure.of(Status.UNREADABLE));
        }
        var deployments = new ArrayList<Deployment>();
        page.path("elements").forEach(node -> deployments.add(Deployment.of(node)));
        int announced = Tolerant.number(page.path("pageMetadata"), "totalElements").orElse(0);
        complete =
                announced <= deployments.size()
                        && deployments.stream().noneMatch(one -> one.id().isEmpty());
        deployments.removeIf(one -> one.id().isEmpty());
        deployments.sort(
                Comparator.comparing(Deployment::succeeded).thenComparing(Deployment::created));
        return deployments;
    }

    private void read(Deployment deployment) {
        if (!deployment.succeeded()) {
            notes.add(
                    "Deployment %s has not succeeded (%s)."
                            .formatted(deployment.name(), deployment.status()));
        }
        specification(deployment)
                .ifPresentOrElse(
                        spec -> add(BringUp.read(spec, deployment.id())),
                        () -> {
                            complete = false;
                            notes.add(
                                    "Deployment %s has no specification to read."
                                            .formatted(deployment.name()));
                        });
        count++;
        reading.at(count, rows.size());
    }

    /// Nothing for a deployment that has none (yet): the others count all the same.
    private Optional<JsonNode> specification(Deployment deployment) {
        var id = URLEncoder.encode(deployment.id(), StandardCharsets.UTF_8);
        try {
            return Optional.of(session.readTree("/v1/sddcs/" + id + "/spec"));
        } catch (SourceFailed failed) {
            int status = failed.failure().httpStatus().orElse(0);
            if (status == 400 || status == 404) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private void add(Fetched spec) {
        unmapped.addAll(spec.unmapped());
        for (var row : spec.rows()) {
            var before = rows.get(row.externalId());
            if (before != null && row.value().isEmpty()) {
                continue; // it says nothing that is not known
            }
            rows.put(row.externalId(), row);
            if (before != null) {
                before.close();
            }
        }
    }
}
