package holdfast.server;

import holdfast.http.Rate;
import holdfast.http.Route;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Finds the route of a request: a tree by segment, in which a literal beats `{name}` and `{name}` beats `{name*}`.
public final class RouteTable {
    private final Node root = new Node();
    private final List<Route> routes;

    /// @throws IllegalArgumentException when two routes share method and path
    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        this.routes.forEach(this::add);
    }

    public List<Route> routes() {
        return routes;
    }

    /// @param parameters decoded path parameters by name
    record Found(Route route, Map<String, String> parameters) {}

    /// {@return the route; empty when no route has this path}
    ///
    /// @throws holdfast.kernel.Refusal METHOD_NOT_ALLOWED when the path has other methods only
    Optional<Found> find(String method, String path) {
        var values = new ArrayList<String>();
        var segments = List.of(path.substring(1).split("/", -1));
        var node = walk(root, segments, 0, values);
        if (node == null) {
            return Optional.empty();
        }
        var asked = method.equals("HEAD") ? "GET" : method;
        var known = node.methods.get(asked);
        var route = known == null ? null : known.route();
        if (route != null && route.rate() == Rate.HEAVY && !asked.equals(method)) {
            throw notAllowed(node); // an export is made and recorded for who reads it
        }
        if (route == null && asked.equals("GET") && !StaticUi.isMachine(path)) {
            return Optional.empty(); // a page stands where a form is posted to
        }
        if (known == null || route == null) {
            throw notAllowed(node);
        }
        var names = known.names();
        if (names.isEmpty()) {
            return Optional.of(new Found(route, Map.of()));
        }
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), values.get(i));
        }
        return Optional.of(new Found(route, parameters));
    }

    private static Refusal notAllowed(Node node) {
        var methods = String.join(", ", new TreeSet<>(node.methods.keySet()));
        return Problem.METHOD_NOT_ALLOWED
                .because("this address knows " + methods)
                .with("allow", methods);
    }

    private static @org.jspecify.annotations.Nullable Node walk(
            Node node, List<String> segments, int at, List<String> values) {
        if (at == segments.size()) {
            return node.methods.isEmpty() ? null : node;
        }
        var literal = node.literals.get(segments.get(at));
        if (literal != null) {
            var found = walk(literal, segments, at + 1, values);
            if (found != null) {
                return found;
            }
        }
        if (node.any != null && !segments.get(at).isEmpty()) {
            values.add(segments.get(at));
            var found = walk(node.any, segments, at + 1, values);
            if (found != null) {
                return found;
            }
            values.removeLast();
        }
        if (node.rest != null) {
            values.add(String.join("/", segments.subList(at, segments.size())));
            return node.rest;
        }
        return null;
    }

    private void add(Route route) {
        var node = root;
        for (var segment : route.path().substring(1).split("/", -1)) {
            if (segment.endsWith("*}")) {
                node.rest = node.rest == null ? new Node() : node.rest;
                node = node.rest;
            } else if (segment.startsWith("{")) {
                node.any = node.any == null ? new Node() : node.any;
                node = node.any;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        var known = new Known(route, names(route.path()));
        if (node.methods.put(route.method(), known) != null) {
            throw new IllegalArgumentException(
                    "two routes for " + route.method() + " " + route.path());
        }
    }

    private static List<String> names(String path) {
        var names = new ArrayList<String>();
        for (var segment : path.split("/", -1)) {
            if (segment.startsWith("{")) {
                names.add(segment.replaceAll("[{}*]", ""));
            }
        }
        return names;
    }

    /// @param names of its path parameters, in order
    private record Known(Route route, List<String> names) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Known> methods = new HashMap<>();
        private @org.jspecify.annotations.Nullable Node any;
        private @org.jspecify.annotations.Nullable Node rest;
    }
}
