package holdfast.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// The demo's own administrator: a random password, kept beside the demo's state so that a second start knows it.
record DemoLogin(String username, String password) {
    /// @param state the demo's state directory, 0700
    static DemoLogin in(Path state) {
        var file = state.resolve("demo-password");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, HexFormat.of().formatHex(Main.random(8)) + "-Demo");
            }
            return new DemoLogin("admin", Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
