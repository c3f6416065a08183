package holdfast.administration;

import holdfast.http.Request;
import holdfast.ledger.Entry;
import holdfast.ledger.Search;
import java.util.List;
import java.util.Locale;

/// What a subscriber wants to be told of: the conditions of the audit list, several types, and the services of secrets.
///
/// @param types    exact, a prefix ending in `.`, or an alias; any of them, or all when there are none
/// @param services each with all below it
/// @param search   the rest, as the audit list takes it
record EventFilter(List<String> types, List<String> services, Search search) {
    private static final String SECRETS = "secrets";

    EventFilter {
        types = List.copyOf(types);
        services = List.copyOf(services);
    }

    /// @throws holdfast.kernel.Refusal INVALID
    static EventFilter of(Request request) {
        return new EventFilter(
                request.queries("type").stream().filter(type -> !type.isEmpty()).toList(),
                request.queries("service"),
                Queries.search(request));
    }

    boolean matches(Entry entry) {
        return (types.isEmpty() || types.stream().anyMatch(type -> isOf(type, entry)))
                && (services.isEmpty()
                        || services.stream().anyMatch(service -> isAbout(service, entry)))
                && search.from().map(from -> !entry.time().isBefore(from)).orElse(true)
                && search.to().map(to -> entry.time().isBefore(to)).orElse(true)
                && search.actor().map(entry.actor()::equals).orElse(true)
                && search.resource().map(wanted -> isAt(wanted, entry.resource())).orElse(true)
                && search.outcome().map(entry.outcome()::equals).orElse(true)
                && search.severity().map(entry.severity()::equals).orElse(true)
                && search.text().map(text -> says(entry, text)).orElse(true);
    }

    private static boolean isOf(String type, Entry entry) {
        return entry.action().equals(type)
                || (type.endsWith(".") && entry.action().startsWith(type))
                || EventAlias.of(entry).filter(type::equals).isPresent();
    }

    /// A call for many names ids, not services: who listens for a service is told, and looks.
    private static boolean isAbout(String service, Entry entry) {
        return entry.resource().equals(SECRETS)
                || entry.resource().startsWith(SECRETS + "/" + service + "/");
    }

    private static boolean isAt(String wanted, String resource) {
        return wanted.endsWith("/") ? resource.startsWith(wanted) : resource.equals(wanted);
    }

    private static boolean says(Entry entry, String text) {
        var wanted = text.toLowerCase(Locale.ROOT);
        return List.of(entry.action(), entry.actorName(), entry.resource(), entry.body()).stream()
                .anyMatch(one -> one.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
