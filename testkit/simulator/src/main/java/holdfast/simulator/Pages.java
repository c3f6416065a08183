package holdfast.simulator;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The vendor's page: `elements` and `pageMetadata`.
final class Pages {
    private Pages() {}

    /// @param number from 0
    /// @param size   0 for everything in one page
    record Asked(int number, int size) {
        static Asked of(Route.Call call) {
            return new Asked(number(call, "pageNumber"), number(call, "pageSize"));
        }

        /// @throws Refused 400 when it is no number from 0
        static int number(Route.Call call, String name) {
            var text = call.parameter(name).orElse("0");
            if (!text.matches("\\d{1,9}")) {
                throw Refused.badRequest(name + " must be a number from 0.");
            }
            return Integer.parseInt(text);
        }

        <T> List<T> slice(List<T> all) {
            if (size == 0) {
                return number == 0 ? all : List.of();
            }
            long from = Math.min((long) number * size, all.size());
            return all.subList((int) from, (int) Math.min(from + size, all.size()));
        }

        int pages(int total) {
            return size == 0 ? 1 : Math.ceilDiv(total, size);
        }
    }

    static <T> ObjectNode page(List<T> all, Asked asked, Function<T, JsonNode> render) {
        var slice = asked.slice(all);
        var page = Json.object();
        var elements = page.putArray("elements");
        slice.forEach(one -> elements.add(render.apply(one)));
        // pageSize tells the elements of this page, not what was asked for
        page.putObject("pageMetadata")
                .put("pageNumber", asked.number())
                .put("pageSize", slice.size())
                .put("totalElements", all.size())
                .put("totalPages", asked.pages(all.size()));
        return page;
    }

    static <T> ObjectNode whole(List<T> all, Function<T, JsonNode> render) {
        return page(all, new Asked(0, 0), render);
    }
}
