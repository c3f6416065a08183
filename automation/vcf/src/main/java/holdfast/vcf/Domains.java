package holdfast.vcf;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Finds the workload domains that SDDC Manager is deleting: it says so, or no longer lists a domain whose rows it still has.
final class Domains {
    private static final String PATH = "/v1/domains";
    private static final Set<String> LEAVING = Set.of("DEACTIVATING", "DELETING");
    private static final int MAX_PAGES = 1_000;

    private final Set<String> listed = new HashSet<>();
    private final Set<String> leaving = new HashSet<>();
    private boolean everyOneReadable = true;
    private int announced;

    private Domains() {}

    /// Asks after the rows were read: a domain that was made in between is listed.
    ///
    /// @param appliance reads a path, or throws [SourceFailed]
    /// @return nothing when the appliance did not tell of every domain; the credentials matter more
    static Optional<Set<String>> leaving(Function<String, JsonNode> appliance, List<Found> rows) {
        var domains = new Domains();
        try {
            // pages and their parameters came with 9.1, so they are asked for only when announced
            int pages = domains.add(appliance.apply(PATH));
            for (int number = 1; number < Math.min(pages, MAX_PAGES); number++) {
                domains.add(appliance.apply(PATH + "?pageNumber=" + number));
            }
        } catch (SourceFailed _) {
            return Optional.empty();
        }
        return domains.isComplete() ? Optional.of(domains.leaving(rows)) : Optional.empty();
    }

    /// {@return how many pages there are}
    private int add(JsonNode page) {
        for (var domain : page.path("elements")) {
            var name = Tolerant.text(domain, "name");
            everyOneReadable = everyOneReadable && !name.isEmpty();
            listed.add(name);
            if (LEAVING.contains(Tolerant.text(domain, "status").toUpperCase(Locale.ROOT))) {
                leaving.add(name);
            }
        }
        var about = page.path("pageMetadata");
        announced = Tolerant.number(about, "totalElements").orElse(announced);
        return Tolerant.number(about, "totalPages").orElse(1);
    }

    /// Every site has a management domain, so an empty list tells nothing.
    private boolean isComplete() {
        return everyOneReadable && !listed.isEmpty() && announced <= listed.size();
    }

    private Set<String> leaving(List<Found> rows) {
        rows.stream()
                .flatMap(row -> row.domains().stream())
                .filter(name -> !listed.contains(name))
                .forEach(leaving::add);
        return leaving;
    }
}
