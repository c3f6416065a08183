package holdfast.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Certificates by `openssl`, so that what our server shows was not made by us.
final class Certificates {
    private Certificates() {}

    static void selfSigned(Path certificate, Path key) throws IOException {
        OpenSsl.must(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
    }

    /// A leaf below an intermediate below a root; writes the chain without the root, and the leaf's key.
    static void chained(Path folder, Path chain, Path key) throws IOException {
        var root = folder.resolve("root.pem");
        var rootKey = folder.resolve("root-key.pem");
        OpenSsl.must(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=Root",
                "-addext",
                "basicConstraints=critical,CA:TRUE",
                "-keyout",
                rootKey.toString(),
                "-out",
                root.toString());
        var middle = folder.resolve("middle.pem");
        var middleKey = folder.resolve("middle-key.pem");
        signed(
                folder,
                "/CN=Intermediate",
                "basicConstraints=critical,CA:TRUE",
                middle,
                middleKey,
                root,
                rootKey);
        var leaf = folder.resolve("leaf.pem");
        signed(
                folder,
                "/CN=localhost",
                "subjectAltName=DNS:localhost",
                leaf,
                key,
                middle,
                middleKey);
        Files.writeString(chain, Files.readString(leaf) + Files.readString(middle));
    }

    private static void signed(
            Path folder,
            String subject,
            String extension,
            Path certificate,
            Path key,
            Path issuer,
            Path issuerKey)
            throws IOException {
        var request = folder.resolve("request.pem");
        var extensions = folder.resolve("extensions.txt");
        Files.write(extensions, List.of(extension));
        OpenSsl.must(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                subject,
                "-keyout",
                key.toString(),
                "-out",
                request.toString());
        OpenSsl.must(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                issuer.toString(),
                "-CAkey",
                issuerKey.toString(),
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                extensions.toString(),
                "-out",
                certificate.toString());
    }
}
