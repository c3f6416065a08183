package holdfast.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `holdfast doctor`: looks at machine and state and says, for each finding, what cures it.
@Command(
        name = "doctor",
        description = {
            "Checks machine, state, database, port and certificate, with a cure for each finding.",
            "Changes nothing, also beside a running server. Same flags as serve. Exit code 1 when"
                    + " there is trouble."
        })
final class DoctorCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @picocli.CommandLine.Option(
            names = "--bundle",
            paramLabel = "FILE",
            description =
                    "Writes a ZIP for support as well: findings, options, ends of logs; no secrets,"
                            + " but names and addresses.")
    Optional<Path> bundle = Optional.empty();

    @Override
    public Integer call() throws IOException {
        var settings = ServeFlags.settings(spec);
        var config = ServeFlags.config(spec);
        var findings =
                Stream.of(
                                MachineChecks.all(),
                                new StateChecks(config, Chance.CLOCK).all(),
                                new EdgeChecks(config, Chance.CLOCK).all())
                        .flatMap(List::stream)
                        .toList();
        var out = spec.commandLine().getOut();
        findings.stream().map(Finding::line).forEach(out::println);
        if (bundle.isPresent()) {
            new SupportBundle(config, settings).write(bundle.get(), findings);
            out.println("wrote " + bundle.get());
        }
        return findings.stream().allMatch(Finding::isFine) ? 0 : 1;
    }
}
