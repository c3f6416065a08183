package holdfast.secret;

import holdfast.kernel.SecretBytes;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What differs between two versions: details by member, values by member of a JSON object or by line. Pure.
public final class Differences {
    private static final int MAX_LINES =
            1_500; // of what differs, on each side: the table of lengths is their product
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Differences() {}

    /// @param member for example `metadata.owner`
    /// @param from   text; what is no text, as JSON
    public record OfDetail(String member, Optional<String> from, Optional<String> to) {}

    /// @param at   a JSON pointer or `line 3`
    /// @param from closed by whoever sends it
    /// @param to   closed by whoever sends it
    public record OfValue(String at, Optional<SecretBytes> from, Optional<SecretBytes> to) {}

    public static List<OfDetail> ofDetails(Details from, Details to) {
        var found = new ArrayList<OfDetail>();
        if (!from.notes().equals(to.notes())) {
            found.add(difference("notes", from.notes(), to.notes()));
        }
        if (!from.tags().equals(to.tags())) {
            found.add(difference("tags", from.tags(), to.tags()));
        }
        var names = new TreeSet<>(from.metadata().keySet());
        names.addAll(to.metadata().keySet());
        for (var name : names) {
            var old = Optional.ofNullable(from.metadata().get(name));
            var now = Optional.ofNullable(to.metadata().get(name));
            if (!old.equals(now)) {
                found.add(
                        new OfDetail(
                                "metadata." + name,
                                old.map(Differences::told),
                                now.map(Differences::told)));
            }
        }
        return found;
    }

    private static OfDetail difference(String member, Object from, Object to) {
        return new OfDetail(member, Optional.of(told(from)), Optional.of(told(to)));
    }

    private static String told(Object value) {
        return value instanceof String text ? text : JSON.writeValueAsString(value);
    }

    /// {@return what differs; for binary values nothing is told but that they do}
    public static List<OfValue> ofValues(Content from, Content to) {
        if (from.bytes().matches(to.bytes())) {
            return List.of();
        }
        if (from.kind() != Content.Kind.TEXT || to.kind() != Content.Kind.TEXT) {
            return List.of(new OfValue("", Optional.empty(), Optional.empty()));
        }
        var old = from.bytes().revealUtf8();
        var now = to.bytes().revealUtf8();
        return object(old)
                .flatMap(before -> object(now).map(after -> ofMembers(before, after)))
                .orElseGet(() -> ofLines(old.split("\n", -1), now.split("\n", -1)));
    }

    private static Optional<JsonNode> object(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private static List<OfValue> ofMembers(JsonNode from, JsonNode to) {
        var found = new ArrayList<OfValue>();
        members("", from, to, found);
        return found;
    }

    private static void members(String at, JsonNode from, JsonNode to, List<OfValue> found) {
        var names = new TreeSet<>(from.propertyNames());
        names.addAll(to.propertyNames());
        for (var name : names) {
            var pointer = at + "/" + name.replace("~", "~0").replace("/", "~1");
            var old = Optional.ofNullable(from.get(name));
            var now = Optional.ofNullable(to.get(name));
            if (old.filter(JsonNode::isObject).isPresent()
                    && now.filter(JsonNode::isObject).isPresent()) {
                members(pointer, old.get(), now.get(), found);
            } else if (!old.equals(now)) {
                found.add(
                        new OfValue(
                                pointer,
                                old.map(Differences::written),
                                now.map(Differences::written)));
            }
        }
    }

    private static SecretBytes written(JsonNode node) {
        return SecretBytes.ofUtf8(node.isString() ? node.asString() : node.toString());
    }

    /// Lines that went and came, after what is alike at both ends is left out.
    private static List<OfValue> ofLines(String[] from, String[] to) {
        int head = 0;
        while (head < Math.min(from.length, to.length) && from[head].equals(to[head])) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(from.length, to.length) - head
                && from[from.length - 1 - tail].equals(to[to.length - 1 - tail])) {
            tail++;
        }
        int[] before = {head, from.length - tail};
        int[] after = {head, to.length - tail};
        boolean compared = before[1] - before[0] <= MAX_LINES && after[1] - after[0] <= MAX_LINES;
        int[][] common = compared ? common(from, before, to, after) : new int[0][];
        var found = new ArrayList<OfValue>();
        int i = before[0];
        int j = after[0];
        while (i < before[1] || j < after[1]) {
            int x = i - before[0];
            int y = j - after[0];
            if (compared && i < before[1] && j < after[1] && from[i].equals(to[j])) {
                i++;
                j++;
            } else if (j == after[1]
                    || (i < before[1] && (!compared || common[x + 1][y] >= common[x][y + 1]))) {
                found.add(line(i + 1, Optional.of(from[i++]), Optional.empty()));
            } else {
                found.add(line(j + 1, Optional.empty(), Optional.of(to[j++])));
            }
        }
        return found;
    }

    /// {@return the length of the longest common run of lines from each pair of places on}
    private static int[][] common(String[] from, int[] before, String[] to, int[] after) {
        int rows = before[1] - before[0];
        int columns = after[1] - after[0];
        var lengths = new int[rows + 1][columns + 1];
        for (int x = rows - 1; x >= 0; x--) {
            for (int y = columns - 1; y >= 0; y--) {
                lengths[x][y] =
                        from[before[0] + x].equals(to[after[0] + y])
                                ? lengths[x + 1][y + 1] + 1
                                : Math.max(lengths[x + 1][y], lengths[x][y + 1]);
            }
        }
        return lengths;
    }

    private static OfValue line(int number, Optional<String> from, Optional<String> to) {
        return new OfValue(
                "line " + number,
                from.map(text -> SecretBytes.ofUtf8(CharBuffer.wrap(text))),
                to.map(text -> SecretBytes.ofUtf8(CharBuffer.wrap(text))));
    }
}
