package holdfast.infrastructure;

import holdfast.comparison.Drift;
import holdfast.comparison.Kept;
import holdfast.kernel.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Counts the values of each filter column, by the names of the API.
final class Facets {
    /// Any finding that asks for attention, as a value of the filter `drift`.
    static final String ATTENTION = "attention";

    private final GridStore grid;

    Facets(GridStore grid) {
        this.grid = grid;
    }

    Map<String, Map<String, Integer>> of(
            Handle tx, TenantId tenant, Conditions.View view, GridStore.Clock clock) {
        var facets = new LinkedHashMap<String, Map<String, Integer>>();
        for (var facet : GridStore.Facet.values()) {
            var counts = grid.facet(tx, tenant, view, facet);
            facets.put(
                    facet.member(),
                    switch (facet) {
                        case DOMAINS -> domains(counts);
                        case DRIFT -> findings(counts);
                        case RESOURCE_TYPE, CREDENTIAL_TYPE, ACCOUNT_TYPE, SOURCE, STATE -> counts;
                    });
        }
        facets.put("expiry", grid.ends(tx, tenant, view, clock));
        return facets;
    }

    private static Map<String, Integer> domains(Map<String, Integer> joined) {
        var counts = new TreeMap<String, Integer>();
        joined.forEach((names, count) ->
                Kept.split(names).forEach(name -> counts.merge(name, count, Integer::sum)));
        return counts;
    }

    private static Map<String, Integer> findings(Map<String, Integer> bits) {
        var counts = new TreeMap<String, Integer>();
        bits.forEach((text, count) -> {
            int found = Integer.parseInt(text);
            Drift.of(found).forEach(finding -> counts.merge(finding.name(), count, Integer::sum));
            if ((found & Drift.ATTENTION) != 0) {
                counts.merge(ATTENTION, count, Integer::sum);
            }
        });
        return counts;
    }
}
