package holdfast.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a program did to the files of one folder, in order, read from `strace -f -y -xx`.
///
/// A call takes from line `begin` to line `end` of the trace; they differ when another thread came between.
/// A call that changes the folder in a way not known here fails the test.
final class DiskTrace {
    /// Starts the line by which a program tells that a write is kept.
    static final String ANSWER = "answered ";

    /// What `strace` has to tell.
    static final String CALLS =
            "trace=?open,openat,write,writev,pwrite64,?pwritev,?pwritev2,?fallocate,ftruncate,?truncate,"
                    + "fsync,fdatasync,?unlink,unlinkat,?rename,?renameat,?renameat2";

    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\((.*)");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. \\w+ resumed>(.*)");
    private static final Pattern RESULT = Pattern.compile(".*\\) += (-?\\d+)[^=]*");
    private static final Pattern FILE = Pattern.compile("\\d+<([^>]*)>(.*)");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern NUMBERS = Pattern.compile(", (\\d+)(?:, (\\d+))?\\).*");

    private final String folder;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Started> unfinished = new HashMap<>();

    /// A call and the lines it took.
    ///
    /// @param file its name in the folder; the folder's own is empty
    record Operation(int begin, int end, String file, Action action) {}

    /// What was done.
    sealed interface Action {
        /// Takes no copy of `bytes`.
        @SuppressWarnings("ArrayRecordComponent") // read only here and in the image
        record Write(long at, byte[] bytes) implements Action {}

        record Truncate(long size) implements Action {}

        record Sync() implements Action {}

        /// Opened so that it is made when it is not there.
        record Create() implements Action {}

        record Unlink() implements Action {}

        /// Told that the write of this name is kept.
        record Answer(String name) implements Action {}
    }

    private record Started(int line, String call, String arguments) {}

    private DiskTrace(Path folder) {
        this.folder = folder.toString();
    }

    static List<Operation> read(Path trace, Path folder) throws IOException {
        var read = new DiskTrace(folder);
        int number = 0;
        try (var lines = Files.newBufferedReader(trace, StandardCharsets.US_ASCII)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                read.line(number++, line);
            }
        }
        read.operations.sort((a, b) -> Integer.compare(a.begin, b.begin));
        return List.copyOf(read.operations);
    }

    private void line(int number, String line) {
        var resumed = RESUMED.matcher(line);
        if (resumed.matches()) {
            var started = unfinished.remove(resumed.group(1));
            if (started != null) {
                call(started, number, started.arguments + resumed.group(2));
            }
            return;
        }
        var call = CALL.matcher(line);
        if (!call.matches()) {
            return; // a signal, an exit
        }
        var arguments = call.group(3);
        if (arguments.endsWith(UNFINISHED)) {
            var cut = arguments.substring(0, arguments.length() - UNFINISHED.length());
            unfinished.put(call.group(1), new Started(number, call.group(2), cut));
        } else {
            call(new Started(number, call.group(2), arguments), number, arguments);
        }
    }

    private void call(Started started, int end, String arguments) {
        var result = RESULT.matcher(arguments);
        if (!result.matches() || result.group(1).startsWith("-")) {
            return;
        }
        int done = Integer.parseInt(result.group(1));
        if (started.call.equals("write") && arguments.startsWith("1<")) {
            var line = new String(bytes(text(arguments)), StandardCharsets.US_ASCII);
            if (line.startsWith(ANSWER)) {
                var name = line.substring(ANSWER.length()).strip();
                add(started, end, "", new Action.Answer(name));
            }
            return;
        }
        boolean byName = !Character.isDigit(arguments.charAt(0));
        var file = FILE.matcher(arguments);
        if (!byName && !file.matches()) {
            return;
        }
        var path = Path.of(string(byName ? text(arguments) : file.group(1)));
        if (!path.startsWith(folder) || path.toString().endsWith("-shm")) {
            return; // shared memory is made anew after a power cut
        }
        var name = Path.of(folder).relativize(path).toString();
        var rest = byName ? arguments : file.group(2);
        switch (started.call) {
            case "pwrite64" -> {
                var numbers = numbers(rest.substring(rest.lastIndexOf('"') + 1));
                var written = Arrays.copyOf(bytes(text(rest)), done);
                add(started, end, name, new Action.Write(numbers[1], written));
            }
            case "ftruncate" -> add(started, end, name, new Action.Truncate(numbers(rest)[0]));
            case "fsync", "fdatasync" -> add(started, end, name, new Action.Sync());
            case "unlink", "unlinkat" -> add(started, end, name, new Action.Unlink());
            case "open", "openat" -> {
                if (rest.contains("O_CREAT")) {
                    add(started, end, name, new Action.Create());
                }
                if (rest.contains("O_TRUNC")) {
                    add(started, end, name, new Action.Truncate(0));
                }
            }
            default -> throw new AssertionError(started.call + " on " + name + " is not known");
        }
    }

    private void add(Started started, int end, String file, Action action) {
        operations.add(new Operation(started.line, end, file, action));
    }

    private static long[] numbers(String text) {
        var numbers = NUMBERS.matcher(text);
        if (!numbers.matches()) {
            throw new AssertionError("no numbers in " + text);
        }
        var second = numbers.group(2);
        return new long[] {
            Long.parseLong(numbers.group(1)), second == null ? 0 : Long.parseLong(second)
        };
    }

    private static String text(String arguments) {
        var text = TEXT.matcher(arguments);
        if (!text.find()) {
            throw new AssertionError("no text in " + arguments);
        }
        return text.group(1);
    }

    private static String string(String escaped) {
        return escaped.startsWith("\\x")
                ? new String(bytes(escaped), StandardCharsets.UTF_8)
                : escaped;
    }

    private static byte[] bytes(String escaped) {
        return HexFormat.of().parseHex(escaped.replace("\\x", ""));
    }
}
