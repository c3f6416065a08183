import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes the libraries of a distribution smaller and quicker to load: `java Slim.java <folder of jars>`.
///
/// Signatures go: the cache of classes takes no class of a signed jar, and checking them costs a quarter of the start.
/// The registration of security providers goes: Holdfast asks each by name, and a registered one is made whenever
/// anybody lists providers. Native libraries go from the jars to `native/`, those of other platforms go altogether:
/// nothing is unpacked to a temporary directory at start, which may be mounted `noexec`.
final class Slim {
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib)");
    private static final String PROVIDERS = "META-INF/services/java.security.Provider";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Path natives;
    private final String platform;

    private Slim(Path natives, String platform) {
        this.natives = natives;
        this.platform = platform;
    }

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var natives = Files.createDirectories(folder.resolve("native"));
        var arch = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
        var slim = new Slim(natives, "org/sqlite/native/Linux/" + arch + "/");
        var jars = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(folder, "*.jar")) {
            found.forEach(jars::add);
        }
        for (var jar : jars) {
            if (slim.isFat(jar)) {
                slim.repack(jar);
            }
        }
    }

    private boolean isFat(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).anyMatch(this::goes);
        }
    }

    private boolean goes(String name) {
        return SIGNATURE.matcher(name).matches()
                || NATIVE.matcher(name).matches()
                || name.equals(PROVIDERS);
    }

    private void repack(Path jar) throws IOException {
        var slim = jar.resolveSibling(jar.getFileName() + ".slim");
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(slim))) {
            to.setLevel(Deflater.BEST_COMPRESSION);
            for (var entry : from.stream().toList()) {
                var name = entry.getName();
                var content = from.getInputStream(entry).readAllBytes();
                if (goes(name)) {
                    keepNative(name, content);
                } else {
                    to.putNextEntry(new ZipEntry(name));
                    to.write(name.equals(MANIFEST) ? mainSection(content) : content);
                    to.closeEntry();
                }
            }
        }
        Files.move(slim, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /// The other sections hold one digest for each signed class.
    private static byte[] mainSection(byte[] manifest) {
        var text = new String(manifest, StandardCharsets.UTF_8).replace("\r\n", "\n");
        int end = text.indexOf("\n\n");
        return (end < 0 ? text : text.substring(0, end) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private void keepNative(String name, byte[] content) throws IOException {
        var ours =
                name.startsWith(platform) || name.endsWith("/libamazonCorrettoCryptoProvider.so");
        if (ours) {
            Files.write(natives.resolve(name.substring(name.lastIndexOf('/') + 1)), content);
        }
    }
}
