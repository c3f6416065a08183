package holdfast.simulator;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What [Main] was told.
///
/// @param portFile gets the line that says where the simulator is
record CommandLine(SimulatorOptions options, Optional<Path> portFile) {
    /// @throws IllegalArgumentException naming the argument to correct
    static CommandLine parse(List<String> arguments, InstantSource clock) {
        var parser = new Parser(clock);
        var rest = new ArrayList<>(arguments);
        while (!rest.isEmpty()) {
            var name = rest.removeFirst();
            if (name.equals("--tls-1.2")) {
                parser.options = parser.options.withTls(TlsMode.TLS_1_2_ONLY);
            } else if (rest.isEmpty()) {
                throw new IllegalArgumentException(name + ": needs a value, or is not known");
            } else {
                parser.take(name, rest.removeFirst());
            }
        }
        return parser.result();
    }

    private static final class Parser {
        private SimulatorOptions options;
        private Role role = Role.SDDC_MANAGER;
        private Version version = Version.V9_0_2;
        private Optional<String> user = Optional.empty();
        private final List<String> names = new ArrayList<>();
        private Optional<Path> portFile = Optional.empty();

        private Parser(InstantSource clock) {
            options = SimulatorOptions.defaults(clock).withPorts(0, 0);
        }

        private void take(String name, String value) {
            options =
                    switch (name) {
                        case "--port" ->
                                options.withPorts(number(name, value), options.controlPort());
                        case "--control-port" ->
                                options.withPorts(options.port(), number(name, value));
                        case "--credentials" ->
                                options.withCredentials(number(name, value), options.seed());
                        case "--seed" ->
                                options.withCredentials(options.credentials(), number(name, value));
                        case "--password" -> options.withLogin(options.user(), value);
                        case "--certificate" ->
                                options.withCertificate(shape(value), options.names());
                        case "--fault" -> options.withFault(Fault.of(value));
                        case "--switch" -> setting(value);
                        default -> {
                            remember(name, value);
                            yield options;
                        }
                    };
        }

        private void remember(String name, String value) {
            switch (name) {
                case "--role" -> role = Role.of(value);
                case "--version" -> version = Version.of(value);
                case "--user" -> user = Optional.of(value);
                case "--name" -> names.add(value);
                case "--port-file" -> portFile = Optional.of(Path.of(value));
                default -> throw new IllegalArgumentException(name + ": is not known");
            }
        }

        private SimulatorOptions setting(String text) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "--switch: must be name=setting, is '" + text + "'");
            }
            var which = Switch.of(text.substring(0, equals));
            which.check(text.substring(equals + 1));
            return options.withSwitch(which, text.substring(equals + 1));
        }

        private static CertificateShape shape(String text) {
            return CertificateShape.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        private static int number(String name, String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException malformed) {
                throw new IllegalArgumentException(
                        name + ": must be a number, is '" + text + "'", malformed);
            }
        }

        private CommandLine result() {
            var whole = options.withAppliance(role, version);
            if (user.isPresent()) {
                whole = whole.withLogin(user.get(), whole.password());
            }
            if (!names.isEmpty()) {
                whole = whole.withCertificate(whole.certificate(), names);
            }
            return new CommandLine(whole, portFile);
        }
    }
}
