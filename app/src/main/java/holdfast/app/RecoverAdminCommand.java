package holdfast.app;

import holdfast.access.AccessRoom;
import holdfast.client.Secrets;
import holdfast.client.Surroundings;
import holdfast.identity.IdentityRoom;
import holdfast.kernel.Problem;
import holdfast.ledger.LedgerRoom;
import holdfast.tenancy.TenancyRoom;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `holdfast recover-admin`: lets whoever owns the machine back in. One event in the ledger says so.
@Command(
        name = "recover-admin",
        description = {
            "Makes a user an administrator with a new password, to be changed at the first"
                    + " sign-in.",
            "Offline: stop the server first. Same flags as serve. Leaves one event in the ledger."
        })
final class RecoverAdminCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec CommandSpec spec;

    @Parameters(paramLabel = "USERNAME", description = "An existing user, or a new one.")
    String username;

    @Option(
            names = "--new-password-file",
            paramLabel = "FILE",
            description =
                    "A file with the password; - is standard input. Asked for when not given.")
    String passwordFile = "";

    RecoverAdminCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        var config = ServeFlags.config(spec);
        if (config.database().isEmpty() && !Files.exists(config.stateDir().resolve("keys.db"))) {
            throw Problem.UNAVAILABLE.because(
                    "there is no state in %s: name it with --state-dir"
                            .formatted(config.stateDir()));
        }
        var password =
                new Secrets(around).read("--new-password-file", passwordFile, "new password");
        try (var grounds = Grounds.open(config, Holdfast.SCHEMAS)) {
            recover(config, grounds, password);
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "%s is an administrator again; the password must be changed at the first"
                                + " sign-in%n",
                        username);
        return 0;
    }

    private void recover(Config config, Grounds grounds, String password) {
        var crypto = Chance.crypto();
        var ids = Chance.ids();
        var database = grounds.database();
        var seal = Holdfast.unsealed(config, grounds.keys()).seal();
        try (var ledger = LedgerRoom.assemble(database, crypto, ids, Chance.CLOCK)) {
            var tenancy = TenancyRoom.assemble(database, ledger.ledger(), Chance.CLOCK);
            var access = AccessRoom.assemble(database, ledger.ledger(), tenancy, Chance.CLOCK);
            var ground =
                    new IdentityRoom.Ground(
                            database,
                            ledger.ledger(),
                            tenancy.tenants(),
                            tenancy.quotas(),
                            access,
                            seal,
                            grounds.cluster().counters(),
                            crypto,
                            Chance.CLOCK,
                            ids);
            try (var identity =
                    IdentityRoom.assemble(
                            ground, IdentityRoom.Hashing.MEASURED, config.passwords())) {
                identity.recovery().recover(username, password);
            }
        }
    }
}
