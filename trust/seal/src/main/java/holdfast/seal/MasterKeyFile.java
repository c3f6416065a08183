package holdfast.seal;

import holdfast.crypto.Crypto;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// 32 bytes in hexadecimal, in a file that only its owner may touch, in a directory that only its owner may enter.
final class MasterKeyFile {
    private static final int KEY = 32; // bytes
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;
    private final Path directory;

    MasterKeyFile(Path file) {
        this.file = file.toAbsolutePath();
        this.directory = OwnerOnly.parent(this.file);
    }

    boolean exists() {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /// @throws holdfast.kernel.Refusal SEALED when it is missing, damaged, or others may read it
    SecretBytes read() {
        if (!exists()) {
            throw Problem.SEALED.because(
                    "the key file %s is missing: bring it back from where it is kept"
                            .formatted(file));
        }
        OwnerOnly.requireDirectory(directory);
        OwnerOnly.requireFile(file);
        try {
            return parsed(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// Makes a new key, unless somebody was faster: then that one is read.
    SecretBytes readOrCreate(Crypto crypto) {
        if (!exists()) {
            try (var key = crypto.random(KEY)) {
                create(key);
            } catch (FileAlreadyExistsException _) {
                return read();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        }
        return read();
    }

    /// Writes a key beside the file, makes it durable, and gives it its name in one step that never replaces.
    private void create(SecretBytes key) throws IOException {
        OwnerOnly.createDirectory(directory);
        OwnerOnly.requireDirectory(directory);
        var draft =
                Files.createTempFile(
                        directory,
                        "master.key.",
                        ".draft",
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            key.use(lent -> writeDurably(draft, lent));
            Files.createLink(file, draft);
        } finally {
            Files.deleteIfExists(draft);
        }
        syncDirectory();
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
            syncDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }

    private static boolean writeDurably(Path draft, byte[] key) {
        var text = new byte[KEY * 2 + 1];
        for (int i = 0; i < KEY; i++) {
            text[2 * i] = (byte) Character.forDigit(key[i] >> 4 & 0xf, 16);
            text[2 * i + 1] = (byte) Character.forDigit(key[i] & 0xf, 16);
        }
        text[KEY * 2] = '\n';
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            var source = ByteBuffer.wrap(text);
            while (source.hasRemaining()) {
                channel.write(source);
            }
            channel.force(true);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + draft, e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private void syncDirectory() throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private SecretBytes parsed(byte[] text) {
        var key = new byte[KEY];
        try {
            boolean whole =
                    text.length == KEY * 2 || (text.length == KEY * 2 + 1 && text[KEY * 2] == '\n');
            for (int i = 0; whole && i < KEY; i++) {
                whole = HexFormat.isHexDigit(text[2 * i]) && HexFormat.isHexDigit(text[2 * i + 1]);
                if (whole) {
                    key[i] =
                            (byte)
                                    (HexFormat.fromHexDigit(text[2 * i]) << 4
                                            | HexFormat.fromHexDigit(text[2 * i + 1]));
                }
            }
            if (!whole) {
                throw Problem.SEALED.because(
                        "the key file %s must hold 32 bytes as 64 hexadecimal digits"
                                .formatted(file));
            }
            return SecretBytes.owning(key);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }
}
