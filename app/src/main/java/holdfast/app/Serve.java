package holdfast.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// `holdfast serve`: starts the server and stays until it is told to stop.
final class Serve {
    private Serve() {}

    static int run(List<String> flags, PrintStream out, PrintStream err) {
        var config = Config.from(flags, System.getenv(), Path.of(System.getProperty("user.home")));
        StateDir.open(config.stateDir());
        out.println("state " + config.stateDir());
        return 0;
    }
}
