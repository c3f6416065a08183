package holdfast.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One call that an appliance offers.
///
/// @param path       `{name}` is one segment
/// @param appliances that offer it
/// @param since      the first release that has it
/// @param parameters of the query that are declared; others are refused
record Route(
        String method,
        String path,
        Access access,
        Set<Role> appliances,
        Version since,
        Set<String> parameters,
        Handler handler) {

    /// Does the work of a route.
    interface Handler {
        /// @throws Refused for what the appliance refuses
        Reply handle(Call call);
    }

    /// A request that was found to concern this route.
    ///
    /// @param segments values of the `{name}` parts
    record Call(Request request, Map<String, String> segments, Map<String, String> parameters) {
        String segment(String name) {
            return segments.getOrDefault(name, "");
        }

        Optional<String> parameter(String name) {
            return Optional.ofNullable(parameters.get(name));
        }

        /// @throws Refused 400 when it is neither true nor false
        Optional<Boolean> flag(String name) {
            return parameter(name)
                    .map(text -> {
                        if (!text.equals("true") && !text.equals("false")) {
                            throw Refused.badRequest(name + " must be true or false.");
                        }
                        return text.equals("true");
                    });
        }
    }

    /// On an SDDC Manager of any release.
    static Route sddc(String method, String path, Access access, Handler handler) {
        return new Route(
                method, path, access, Set.of(Role.SDDC_MANAGER), Version.V4_5, Set.of(), handler);
    }

    Route since(Version first) {
        return new Route(method, path, access, appliances, first, parameters, handler);
    }

    Route on(Role... these) {
        return new Route(method, path, access, Set.of(these), since, parameters, handler);
    }

    Route taking(String... names) {
        return new Route(method, path, access, appliances, since, Set.of(names), handler);
    }

    /// The values of the `{name}` parts when `actual` has this route's shape.
    Optional<Map<String, String>> match(String actual) {
        var wanted = path.split("/", -1);
        var given = actual.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        var segments = new HashMap<String, String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                segments.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(segments);
    }
}
