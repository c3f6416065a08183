package holdfast.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Constant pieces of SQL, put together for the conditions of a [Search] that are there, so that each finds its index.
///
/// Time and cursor are not among them: a store turns those into a range.
///
/// @param values what the pieces name
record Conditions(String sql, Map<String, Object> values) {
    static Conditions of(Search search) {
        var pieces = new ArrayList<String>();
        var values = new HashMap<String, Object>();
        search.action().ifPresent(action -> action(action, pieces, values));
        search.resource().ifPresent(resource -> resource(resource, pieces, values));
        search.actor()
                .ifPresent(actor -> {
                    pieces.add(" AND actor = :actor");
                    values.put("actor", actor);
                });
        search.outcome().ifPresent(outcome -> pieces.add(piece(outcome)));
        search.severity().ifPresent(severity -> pieces.add(piece(severity)));
        search.text()
                .ifPresent(text -> {
                    pieces.add(
                            """
                             AND (lower(action) LIKE :text ESCAPE '!' OR lower(actor_name) LIKE :text ESCAPE '!'
                                  OR lower(resource) LIKE :text ESCAPE '!' OR lower(body) LIKE :text ESCAPE '!')
                            """);
                    values.put("text", "%" + escaped(text) + "%");
                });
        return new Conditions(String.join("", pieces), Map.copyOf(values));
    }

    private static void action(String action, List<String> pieces, Map<String, Object> values) {
        values.put("action", action);
        if (action.endsWith(".")) {
            pieces.add(" AND action >= :action AND action < :actionEnd");
            values.put("actionEnd", successor(action));
        } else {
            pieces.add(" AND action = :action");
        }
    }

    private static void resource(String resource, List<String> pieces, Map<String, Object> values) {
        values.put("resource", resource);
        if (resource.endsWith("/")) {
            pieces.add(" AND resource >= :resource AND resource < :resourceEnd");
            values.put("resourceEnd", successor(resource));
        } else {
            pieces.add(" AND resource = :resource");
        }
    }

    /// What is not ordinary has an index of its own, which must be named to be used.
    private static String piece(Event.Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> " AND outcome = 'SUCCESS'";
            case REFUSED -> " AND outcome = 'REFUSED' AND outcome <> 'SUCCESS'";
            case FAILED -> " AND outcome = 'FAILED' AND outcome <> 'SUCCESS'";
        };
    }

    private static String piece(Event.Severity severity) {
        return switch (severity) {
            case INFO -> " AND severity = 'INFO'";
            case WARNING -> " AND severity = 'WARNING' AND severity <> 'INFO'";
            case ERROR -> " AND severity = 'ERROR' AND severity <> 'INFO'";
            case CRITICAL -> " AND severity = 'CRITICAL' AND severity <> 'INFO'";
        };
    }

    /// {@return the smallest text above every text that begins with `prefix`}
    private static String successor(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }

    private static String escaped(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
    }
}
