package holdfast.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/// The scripts of one room, in order.
record Scripts(String room, List<Script> scripts) {
    /// Raised when what is made of a script changes without the script.
    private static final String FORMAT = "1";

    private static final Pattern NAME = Pattern.compile("V(\\d+)__[a-z0-9_]+\\.sql");
    private static final Pattern ISOLATED =
            Pattern.compile("(?m)^-- tenant-isolation: ([a-z0-9_]+)\\s*$");
    private static final Pattern OLDEST = Pattern.compile("(?m)^-- oldest-program: (\\S+)\\s*$");

    /// One numbered script.
    record Script(String name, String text) {
        int version() {
            var matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                throw new IllegalStateException("not a script name like V001__what.sql: " + name);
            }
            return Integer.parseInt(matcher.group(1));
        }
    }

    static Scripts of(Schema schema) {
        var folder = "holdfast/" + schema.room() + "/db";
        try {
            var origin = origin(schema.anchor());
            var scripts =
                    Files.isDirectory(origin)
                            ? fromDirectory(origin.resolve(folder))
                            : fromJar(origin, folder + "/");
            if (scripts.isEmpty()) {
                throw new IllegalStateException("no scripts in " + folder);
            }
            return new Scripts(schema.room(), scripts);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the scripts in " + folder, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path to the scripts in " + folder, e);
        }
    }

    /// The jar or folder that holds a class. Asked of its file, not of its protection domain: that one tells nothing
    /// when the class came from a cache of classes and the program was moved since the cache was made.
    private static Path origin(Class<?> anchor) throws URISyntaxException {
        var name = anchor.getName().replace('.', '/') + ".class";
        var found = anchor.getClassLoader().getResource(name);
        if (found == null) {
            throw new IllegalStateException("no file " + name);
        }
        var text = found.toString();
        return Path.of(
                new URI(
                        text.startsWith("jar:")
                                ? text.substring("jar:".length(), text.indexOf("!/"))
                                : text.substring(0, text.length() - name.length())));
    }

    int version() {
        return scripts.getLast().version();
    }

    /// {@return the tables that row-level security guards}
    List<String> isolated() {
        return scripts.stream()
                .flatMap(script -> ISOLATED.matcher(script.text()).results())
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /// {@return the oldest program that works with the newest of these scripts}
    String oldestProgram() {
        return scripts.stream()
                .flatMap(script -> OLDEST.matcher(script.text()).results())
                .map(match -> Version.parse(match.group(1)))
                .reduce((_, later) -> later)
                .map(Version::toString)
                .orElse("0");
    }

    /// {@return a hash of all names and texts, hexadecimal}
    String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(FORMAT.getBytes(StandardCharsets.UTF_8));
            for (var script : scripts) {
                for (var part : List.of(script.name(), script.text())) {
                    digest.update((byte) 0);
                    digest.update(part.getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }

    private static List<Script> fromDirectory(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            var names = files.map(file -> file.getFileName().toString()).sorted().toList();
            var scripts = new ArrayList<Script>();
            for (var name : names) {
                scripts.add(new Script(name, Files.readString(folder.resolve(name))));
            }
            return List.copyOf(scripts);
        }
    }

    private static List<Script> fromJar(Path jar, String folder) throws IOException {
        try (var file = new JarFile(jar.toFile(), false)) {
            var names =
                    file.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(entry -> entry.getName())
                            .filter(name -> name.startsWith(folder))
                            .sorted()
                            .toList();
            var scripts = new ArrayList<Script>();
            for (var name : names) {
                try (InputStream in = file.getInputStream(file.getJarEntry(name))) {
                    var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    scripts.add(new Script(name.substring(folder.length()), text));
                }
            }
            return List.copyOf(scripts);
        }
    }
}
