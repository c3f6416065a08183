package holdfast.vault;

import holdfast.kernel.Principal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.Event;
import holdfast.ledger.Ledger;
import holdfast.ledger.Search;
import holdfast.secret.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who reads a secret, and which of its versions: answered from the ledger alone, which names every version that left.
final class Uses {
    private static final int WINDOW = 1_000; // events
    private static final int MAX_WINDOWS = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Ledger ledger;

    Uses(Ledger ledger) {
        this.ledger = ledger;
    }

    /// One value that left.
    private record Use(Secret.Author reader, int version, Instant at) {}

    Secrets.Usage of(TenantId tenant, Row row) {
        var found = new ArrayList<Use>();
        var path = row.name().resource();
        var id = row.id().toString();
        var cut = new ArrayList<Instant>();
        for (var action : List.of("secret.read", "secret.reveal", "secret.visit")) {
            walk(
                    tenant,
                    search(action, Optional.of(path), Optional.empty()),
                    cut,
                    entry -> {
                        var body = JSON.readTree(entry.body());
                        if (body.path("secret").asString("").equals(id)) {
                            use(entry, body.path("version")).ifPresent(found::add);
                        }
                    });
        }
        walk(
                tenant,
                search("secret.batch", Optional.empty(), Optional.of(id)),
                cut,
                entry -> {
                    var body = JSON.readTree(entry.body());
                    switch (body.path("operation").asString("")) {
                        case "read" ->
                                use(entry, body.path("secrets").path(id)).ifPresent(found::add);
                        case "mixed" ->
                                use(entry, body.path("read").path(id)).ifPresent(found::add);
                        default -> {} // a change shows no value
                    }
                });
        walk(
                tenant,
                search("secret.export", Optional.empty(), Optional.of(id)),
                cut,
                entry ->
                        use(entry, JSON.readTree(entry.body()).path("secrets").path(id))
                                .ifPresent(found::add));
        var complete = new ArrayList<>(cut);
        ledger.wholeSince(tenant).ifPresent(complete::add);
        return new Secrets.Usage(
                readers(found),
                versions(found, row.version()),
                complete.stream().max(Comparator.naturalOrder()));
    }

    private static Search search(String action, Optional<String> resource, Optional<String> text) {
        return new Search(
                Optional.empty(),
                Optional.empty(),
                Optional.of(action),
                Optional.empty(),
                resource,
                Optional.of(Event.Outcome.SUCCESS),
                Optional.empty(),
                text,
                Optional.empty(),
                WINDOW);
    }

    /// @param cut takes the time of the oldest event that was looked at, when there are more
    private void walk(TenantId tenant, Search search, List<Instant> cut, Consumer<Entry> visitor) {
        var next = search;
        for (int i = 0; i < MAX_WINDOWS; i++) {
            var page = ledger.search(tenant, next);
            page.items().forEach(visitor);
            if (page.next().isEmpty() || page.items().isEmpty()) {
                return;
            }
            var last = page.items().getLast();
            if (i == MAX_WINDOWS - 1) {
                cut.add(last.time());
            }
            next =
                    new Search(
                            search.from(),
                            search.to(),
                            search.action(),
                            search.actor(),
                            search.resource(),
                            search.outcome(),
                            search.severity(),
                            search.text(),
                            Optional.of(last.sequence()),
                            WINDOW);
        }
    }

    private static Optional<Use> use(Entry entry, JsonNode version) {
        return version.isNumber()
                ? Optional.of(
                        new Use(
                                new Secret.Author(
                                        entry.actor(),
                                        Principal.Kind.valueOf(entry.actorKind()),
                                        entry.actorName()),
                                version.asInt(),
                                entry.time()))
                : Optional.empty();
    }

    /// {@return who read it, the latest first}
    private static List<Secrets.Reader> readers(List<Use> uses) {
        var readers = new HashMap<UUID, Secrets.Reader>();
        for (var use : uses) {
            readers.merge(
                    use.reader().id(),
                    new Secrets.Reader(use.reader(), use.version(), 1, use.at()),
                    Uses::together);
        }
        return readers.values().stream()
                .sorted(Comparator.comparing(Secrets.Reader::last).reversed())
                .toList();
    }

    private static Secrets.Reader together(Secrets.Reader one, Secrets.Reader other) {
        var later = one.last().isBefore(other.last()) ? other : one;
        return new Secrets.Reader(
                later.reader(),
                Math.max(one.version(), other.version()),
                one.reads() + other.reads(),
                later.last());
    }

    private static List<Secrets.OfVersion> versions(List<Use> uses, int active) {
        var newest = new HashMap<UUID, Integer>(); // by reader, of its latest read
        uses.stream()
                .sorted(Comparator.comparing(Use::at))
                .forEach(use -> newest.put(use.reader().id(), use.version()));
        var versions = new TreeMap<Integer, Secrets.OfVersion>(Comparator.reverseOrder());
        versions.put(active, new Secrets.OfVersion(active, 0, Optional.empty(), false));
        for (var use : uses) {
            versions.merge(
                    use.version(),
                    new Secrets.OfVersion(use.version(), 1, Optional.of(use.at()), false),
                    Uses::together);
        }
        return versions.values().stream().map(one -> judged(one, active, newest)).toList();
    }

    private static Secrets.OfVersion together(Secrets.OfVersion one, Secrets.OfVersion other) {
        var last =
                one.last().isEmpty() || other.last().isEmpty()
                        ? one.last().or(other::last)
                        : Optional.of(
                                one.last().get().isAfter(other.last().get())
                                        ? one.last().get()
                                        : other.last().get());
        return new Secrets.OfVersion(one.version(), one.reads() + other.reads(), last, false);
    }

    private static Secrets.OfVersion judged(
            Secrets.OfVersion one, int active, Map<UUID, Integer> newest) {
        boolean left = newest.values().stream().noneMatch(version -> version == one.version());
        return new Secrets.OfVersion(
                one.version(), one.reads(), one.last(), one.version() != active && left);
    }
}
