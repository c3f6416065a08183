package holdfast.client;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/// What a command finds around it.
///
/// @param environment variables, for example `HOLDFAST_TOKEN`
/// @param home        the person's own directory
/// @param in          read when a file is named `-`
/// @param out         where a download named `-` goes
public record Surroundings(
        Map<String, String> environment,
        Path home,
        Terminal terminal,
        InputStream in,
        OutputStream out) {
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
