package holdfast.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Looks for marked values in everything a server wrote, in every form a value may take. For one thread.
///
/// All values are looked for in one pass: a window of eight bytes moves over the content.
public final class Traces {
    private static final int WINDOW = 8; // bytes
    private static final int SIEVE_BITS = 20;

    private final Map<Long, List<Form>> forms = new HashMap<>();
    private final long[] sieve = new long[1 << (SIEVE_BITS - 6)];
    private final TreeSet<String> found = new TreeSet<>();
    private int marked;
    private int searched;

    private record Form(String name, Needle needle) {}

    /// The bytes of one form of one value; never printed.
    private static final class Needle {
        private final byte[] bytes;

        Needle(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /// @param name what the value is, for the report; the value itself is never told
    /// @throws IllegalArgumentException when the value is so short that it occurs by chance: 10 bytes are needed
    public Traces mark(String name, String value) {
        requireTelling(name, value.length());
        Forms.of(value).forEach((form, bytes) -> put(name + " as " + form, bytes));
        return this;
    }

    /// @param value of a key; copied
    public Traces mark(String name, byte[] value) {
        requireTelling(name, value.length);
        Forms.of(value).forEach((form, bytes) -> put(name + " as " + form, bytes));
        return this;
    }

    /// {@return whether a value of this length does not occur by chance}
    static boolean isTelling(String value) {
        return value.length() >= 10;
    }

    private void requireTelling(String name, int length) {
        if (length < 10) {
            throw new IllegalArgumentException(name + " is too short to be looked for");
        }
        marked++;
    }

    private void put(String name, byte[] bytes) {
        long window = 0;
        for (int i = 0; i < WINDOW; i++) {
            window = (window << 8) | (bytes[i] & 0xFF);
        }
        int bit = bit(window);
        sieve[bit >>> 6] |= 1L << bit;
        forms.computeIfAbsent(window, _ -> new ArrayList<>())
                .add(new Form(name, new Needle(bytes)));
    }

    /// Searches every file below `folder`; one that vanishes meanwhile is left out.
    ///
    /// @param except files that hold a value rightly, for example the key file
    public Traces searchFiles(Path folder, Set<Path> except) {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!except.contains(file)) {
                    searchFile(folder, file);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    private void searchFile(Path folder, Path file) throws IOException {
        try {
            search(folder.relativize(file).toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            searched++; // gone, with what was in it
        }
    }

    /// @param place for the report
    public Traces search(String place, String content) {
        return search(place, content.getBytes(StandardCharsets.UTF_8));
    }

    /// @param place for the report
    public Traces search(String place, byte[] content) {
        searched++;
        long window = 0;
        for (int i = 0; i < content.length; i++) {
            window = (window << 8) | (content[i] & 0xFF);
            int bit = bit(window);
            if ((sieve[bit >>> 6] & (1L << bit)) != 0 && i >= WINDOW - 1) {
                compare(place, content, i - WINDOW + 1, window);
            }
        }
        return this;
    }

    private void compare(String place, byte[] content, int at, long window) {
        for (var form : forms.getOrDefault(window, List.of())) {
            if (Forms.standsIn(content, at, form.needle().bytes)) {
                found.add(form.name() + " in " + place);
            }
        }
    }

    private static int bit(long window) {
        return (int) ((window * 0x9E3779B97F4A7C15L) >>> (64 - SIEVE_BITS));
    }

    /// {@return which value was found where and how, never the value}
    public Set<String> found() {
        return Set.copyOf(found);
    }

    public int marked() {
        return marked;
    }

    /// {@return how many files and texts were searched}
    public int searched() {
        return searched;
    }
}
