package holdfast.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the list of credentials wrong in the ways that were switched on.
final class ListFaults {
    private static final Set<FaultKind> MINE =
            Set.of(
                    FaultKind.UNKNOWN_ENUM,
                    FaultKind.MISSING_FIELD,
                    FaultKind.NULL_FIELD,
                    FaultKind.EMPTY_FIELD,
                    FaultKind.MASKED_FIELD,
                    FaultKind.WRONG_TYPE,
                    FaultKind.DUPLICATES,
                    FaultKind.TWINS,
                    FaultKind.EMPTY_LIST,
                    FaultKind.HALF_LIST,
                    FaultKind.VANISHING_ROW,
                    FaultKind.NO_PAGE_METADATA,
                    FaultKind.INFLATED_TOTAL);

    private final Faults faults;

    ListFaults(Faults faults) {
        this.faults = faults;
    }

    List<Fault> striking(Request request) {
        return faults.striking(request, fault -> MINE.contains(fault.kind()));
    }

    ObjectNode page(
            List<Fault> striking,
            List<Credential> rows,
            Pages.Asked asked,
            Function<Credential, ObjectNode> render) {
        var changed = rows;
        for (var fault : striking) {
            changed = rows(fault, changed, asked);
        }
        var page = Pages.page(changed, asked, render::apply);
        for (var fault : striking) {
            page(fault, page);
        }
        return page;
    }

    private static List<Credential> rows(Fault fault, List<Credential> rows, Pages.Asked asked) {
        return switch (fault.kind()) {
            case EMPTY_LIST -> List.of();
            case HALF_LIST -> rows.subList(0, rows.size() / 2);
            case VANISHING_ROW ->
                    rows.subList(asked.number() > 0 && !rows.isEmpty() ? 1 : 0, rows.size());
            case DUPLICATES -> duplicated(rows, asked);
            case TWINS -> twins(rows);
            default -> rows;
        };
    }

    /// Puts the very first row at the head of every page after the first, or twice into the only one.
    private static List<Credential> duplicated(List<Credential> rows, Pages.Asked asked) {
        if (rows.isEmpty()) {
            return rows;
        }
        var more = new ArrayList<Credential>(rows);
        int step = asked.size() == 0 ? 1 : asked.size();
        int last = asked.size() == 0 ? 1 : more.size();
        for (int at = step; at <= last; at += step) {
            more.add(at, rows.getFirst());
        }
        return more;
    }

    private static List<Credential> twins(List<Credential> rows) {
        var more = new ArrayList<Credential>(rows);
        rows.stream()
                .findFirst()
                .map(row ->
                        new Credential(
                                "00000000-0000-4000-8000-" + row.id().substring(24),
                                row.component(),
                                row.account(),
                                row.password() + "Twin",
                                row.created(),
                                row.modified(),
                                row.expires(),
                                row.checked(),
                                row.rotation()))
                .ifPresent(more::add);
        return more;
    }

    private static void page(Fault fault, ObjectNode page) {
        switch (fault.kind()) {
            case NO_PAGE_METADATA -> page.remove("pageMetadata");
            case INFLATED_TOTAL -> inflate(fault, page);
            case UNKNOWN_ENUM -> everyThird(page, ListFaults::strange);
            case MISSING_FIELD -> fields(fault, page, (holder, name) -> holder.remove(name));
            case NULL_FIELD -> fields(fault, page, (holder, name) -> holder.putNull(name));
            case EMPTY_FIELD -> fields(fault, page, (holder, name) -> holder.put(name, ""));
            case MASKED_FIELD ->
                    fields(fault, page, (holder, name) -> holder.put(name, "********"));
            case WRONG_TYPE -> fields(fault, page, (holder, name) -> holder.put(name, 42));
            default -> {
                // the rows were changed already
            }
        }
    }

    private static void inflate(Fault fault, ObjectNode page) {
        if (page.get("pageMetadata") instanceof ObjectNode metadata) {
            for (var name : List.of("totalElements", "totalPages")) {
                metadata.put(name, metadata.path(name).intValue() + fault.number());
            }
        }
    }

    private static void strange(ObjectNode row) {
        row.put("credentialType", "PASSKEY").put("accountType", "ROBOT");
        if (row.get("resource") instanceof ObjectNode resource) {
            resource.put("resourceType", "QUANTUM_GATEWAY");
        }
        row.putObject("expiry").put("status", "SOMEDAY").put("connectivityStatus", "MAYBE");
    }

    private static void everyThird(ObjectNode page, Consumer<ObjectNode> change) {
        each(page, 3, change);
    }

    /// Changes the member `name` of `holder`.
    private interface FieldChange {
        void apply(ObjectNode holder, String name);
    }

    private static void fields(Fault fault, ObjectNode page, FieldChange change) {
        int colon = fault.value().indexOf(':');
        var path = colon < 0 ? fault.value() : fault.value().substring(0, colon);
        int every =
                colon < 0 ? 1 : Math.max(1, Integer.parseInt(fault.value().substring(colon + 1)));
        int dot = path.indexOf('.');
        each(
                page,
                every,
                row -> {
                    if (dot < 0) {
                        change.apply(row, path);
                    } else if (row.get(path.substring(0, dot)) instanceof ObjectNode holder) {
                        change.apply(holder, path.substring(dot + 1));
                    }
                });
    }

    private static void each(ObjectNode page, int every, Consumer<ObjectNode> change) {
        if (page.get("elements") instanceof ArrayNode elements) {
            for (int i = 0; i < elements.size(); i += every) {
                if (elements.get(i) instanceof ObjectNode row) {
                    change.accept(row);
                }
            }
        }
    }
}
