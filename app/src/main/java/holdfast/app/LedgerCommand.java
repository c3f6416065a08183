package holdfast.app;

import holdfast.ledger.LedgerBundle;
import holdfast.ledger.LedgerRoom;
import holdfast.ledger.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `holdfast ledger …`: what an auditor does with a ledger, without asking the server.
@Command(
        name = "ledger",
        description = "Checks a ledger without asking its server.",
        subcommands = LedgerCommand.Verify.class)
final class LedgerCommand {
    LedgerCommand() {}

    /// Checks a bundle, or the database itself. Exit code 0 when every event is as it was signed, 1 when not.
    @Command(
            name = "verify",
            description = {
                "Checks every event; tells the first that is not as it was. Exit code 1 when there"
                        + " is one.",
                "With FILE: a bundle from `holdfast audit export --format bundle`, offline.",
                "Without: the database of the configuration (same flags as serve), also while the"
                        + " server runs."
            })
    static final class Verify implements Callable<Integer> {
        @Spec CommandSpec spec;

        @Option(names = "--key", description = "The key you know the ledger by: name+hash+key.")
        Optional<String> key = Optional.empty();

        @Option(
                names = "--checkpoint",
                paramLabel = "NOTE",
                description =
                        "A file with a signed checkpoint that you kept; the database must extend"
                                + " it.")
        Optional<Path> note = Optional.empty();

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "A bundle.")
        Optional<Path> file = Optional.empty();

        @Override
        public Integer call() throws IOException {
            var out = spec.commandLine().getOut();
            var verdict = file.isPresent() ? bundle(file.get()) : database();
            return switch (verdict) {
                case Verdict.Sound sound -> sound(sound, out);
                case Verdict.Broken(long index, var reason) -> {
                    out.printf(Locale.ROOT, "BROKEN at event %,d: %s%n", index, reason);
                    yield 1;
                }
            };
        }

        private int sound(Verdict.Sound sound, PrintWriter out) {
            out.println("key " + sound.key());
            if (key.isPresent() && !key.get().equals(sound.key())) {
                out.println("BROKEN: signed by another key than the one you know");
                return 1;
            }
            out.printf(
                    Locale.ROOT,
                    "%s%nsound: %,d events%n",
                    sound.checkpoint().isEmpty()
                            ? "no checkpoint was signed yet"
                            : "checkpoint over %,d events".formatted(signed(sound.checkpoint())),
                    sound.size());
            if (sound.gone() > 0) {
                out.printf(
                        Locale.ROOT,
                        "of %,d the details are gone: their retention ended%n",
                        sound.gone());
            }
            return 0;
        }

        /// C2SP tlog-checkpoint: origin, size, root, each on a line.
        private static long signed(String note) {
            return note.lines().skip(1).findFirst().map(Long::parseLong).orElse(0L);
        }

        private Verdict bundle(Path file) throws IOException {
            try (var in = Files.newInputStream(file)) {
                return key.isPresent()
                        ? LedgerBundle.verify(Chance.crypto(), in, key.get())
                        : LedgerBundle.verify(Chance.crypto(), in);
            }
        }

        /// Takes no lock and changes nothing, so it may run beside the server.
        private Verdict database() throws IOException {
            var config = ServeFlags.config(spec);
            var kept = note.isPresent() ? Files.readString(note.get()) : "";
            try (var grounds = Glance.open(config)) {
                var seal = Holdfast.unsealed(config, grounds.keys()).seal();
                var proofs =
                        LedgerRoom.checking(
                                grounds.database(), Chance.crypto(), seal, Chance.CLOCK);
                return kept.isEmpty() ? proofs.verify() : proofs.verify(kept);
            }
        }
    }
}
