package holdfast.simulator;

import java.util.List;

/// A machine or service that has accounts.
///
/// @param name    FQDN
/// @param domains names of the workload domains that it serves, at least one
public record Component(String id, String name, String ip, String type, List<String> domains) {
    public Component {
        domains = List.copyOf(domains);
    }
}
