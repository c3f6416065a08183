package holdfast.administration;

import holdfast.kernel.Problem;
import holdfast.kernel.TenantId;
import holdfast.ledger.Ledger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where one subscriber stands in the ledgers of its tenants. The id of an event is the number of the tenant's own sequence;
/// a stream of several tenants says where it stands in each, `acme:12,bricks:7`.
final class EventLanes {
    private final List<Lane> lanes;

    /// @param lanes at least one; one alone needs no name
    EventLanes(List<Lane> lanes) {
        this.lanes = List.copyOf(lanes);
    }

    List<Lane> all() {
        return lanes;
    }

    boolean isOfSeveral() {
        return lanes.size() > 1;
    }

    /// Begins after what `last` says; a tenant that it does not name begins at its newest event.
    ///
    /// @throws holdfast.kernel.Refusal INVALID
    void startAt(Optional<String> last, Ledger ledger) {
        var known = last.map(this::read).orElse(Map.of());
        for (var lane : lanes) {
            long newest = ledger.newest(lane.tenant);
            lane.cursor = Math.min(known.getOrDefault(lane.name, newest), newest);
        }
    }

    String id() {
        return isOfSeveral()
                ? lanes.stream()
                        .map(lane -> lane.name + ":" + lane.cursor)
                        .collect(Collectors.joining(","))
                : Long.toString(lanes.getFirst().cursor);
    }

    private Map<String, Long> read(String last) {
        var known = new HashMap<String, Long>();
        try {
            if (!isOfSeveral()) {
                known.put(lanes.getFirst().name, Math.max(0, Long.parseLong(last)));
                return known;
            }
            for (var part : last.split(",", -1)) {
                int colon = part.lastIndexOf(':');
                known.put(
                        part.substring(0, colon),
                        Math.max(0, Long.parseLong(part.substring(colon + 1))));
            }
            return known;
        } catch (NumberFormatException | IndexOutOfBoundsException _) {
            throw Problem.MALFORMED.because(
                    "the last id is not one that a stream of these tenants gave");
        }
    }

    /// One tenant's ledger.
    static final class Lane {
        final String name;
        final TenantId tenant;
        long cursor;

        Lane(String name, TenantId tenant) {
            this.name = name;
            this.tenant = tenant;
        }
    }
}
