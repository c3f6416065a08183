package holdfast.app;

import holdfast.ledger.LedgerBundle;
import holdfast.ledger.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `holdfast ledger …`: what an auditor does with a ledger, without a server.
@Command(
        name = "ledger",
        description = "Checks a ledger without its server.",
        subcommands = LedgerCommand.Verify.class)
final class LedgerCommand {
    LedgerCommand() {}

    /// Checks an exported bundle. Exit code 0 when every event is as it was signed, 1 when not.
    @Command(
            name = "verify",
            description = "Checks an exported bundle; tells the first event that is not as it was.")
    static final class Verify implements Callable<Integer> {
        @Spec CommandSpec spec;

        @Parameters(
                paramLabel = "FILE",
                description = "A bundle from GET /api/audit/export/bundle.")
        Path file;

        @Option(names = "--key", description = "The key you know the ledger by: name+hash+key.")
        Optional<String> key = Optional.empty();

        @Override
        public Integer call() throws IOException {
            try (var in = Files.newInputStream(file)) {
                var crypto = Chance.crypto();
                var verdict =
                        key.isPresent()
                                ? LedgerBundle.verify(crypto, in, key.get())
                                : LedgerBundle.verify(crypto, in);
                return switch (verdict) {
                    case Verdict.Sound sound -> {
                        spec.commandLine().getOut().println("key " + sound.key());
                        spec.commandLine().getOut().printf("sound: %,d events%n", sound.size());
                        if (sound.gone() > 0) {
                            spec.commandLine()
                                    .getOut()
                                    .printf(
                                            "of %,d the details are gone: their retention ended%n",
                                            sound.gone());
                        }
                        yield 0;
                    }
                    case Verdict.Broken(long index, var reason) -> {
                        spec.commandLine().getOut().printf("BROKEN at %,d: %s%n", index, reason);
                        yield 1;
                    }
                };
            }
        }
    }
}
