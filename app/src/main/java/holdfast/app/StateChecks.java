package holdfast.app;

import holdfast.kernel.Refusal;
import holdfast.ledger.LedgerRoom;
import holdfast.storage.Database;
import holdfast.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Looks at what a server keeps: modes, disk, database, and its clock against the ledger. Changes nothing.
final class StateChecks {
    private static final long MIB = 1 << 20;
    private static final long LEAST_DISK = 512 * MIB;
    private static final int MOST = 10; // files with loose modes that are named
    private static final Duration SLACK = Duration.ofSeconds(2); // of the clock behind the ledger

    private final Config config;
    private final InstantSource clock;
    private final List<Finding> findings = new ArrayList<>();

    StateChecks(Config config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    List<Finding> all() throws IOException {
        if (Files.exists(config.stateDir())) {
            directory();
            disk();
        } else {
            fine(config.stateDir() + " will be made at first start");
        }
        if (config.database().isPresent()
                || Files.exists(config.stateDir().resolve("holdfast.db"))) {
            keyFile();
            database();
        }
        return findings;
    }

    private void directory() throws IOException {
        try {
            StateDir.open(config.stateDir());
            fine(config.stateDir() + " is private");
        } catch (Refusal refusal) {
            trouble(config.stateDir() + " is open to others", refusal.detail());
            return;
        }
        try (Stream<Path> inside = Files.walk(config.stateDir())) {
            inside.filter(path -> !path.startsWith(config.logDir()))
                    .filter(this::counts)
                    .filter(StateChecks::isLoose)
                    .limit(MOST)
                    .forEach(path ->
                            trouble(path + " is open to others", "chmod go= '%s'".formatted(path)));
        }
    }

    /// Below the first level a directory is out of reach already.
    private boolean counts(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || config.stateDir().equals(path.getParent());
    }

    private static boolean isLoose(Path path) {
        try {
            return !PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS))
                    .endsWith("------");
        } catch (IOException _) {
            return false; // it has gone in the meantime
        }
    }

    private void disk() throws IOException {
        long free = Files.getFileStore(config.stateDir()).getUsableSpace();
        findings.add(
                Finding.of(
                        free >= LEAST_DISK,
                        "%,d MiB free in %s".formatted(free / MIB, config.stateDir()),
                        "free at least %d MiB: without space reads of secrets are refused"
                                .formatted(LEAST_DISK / MIB)));
    }

    private void keyFile() {
        var file = config.unseal().keyFile();
        if (config.unseal().byPassphrase() || Files.exists(file)) {
            return;
        }
        if (isSplit()) {
            fine("the root key is split: after a start its holders bring their shares");
        } else {
            trouble(
                    "the key file %s is missing".formatted(file),
                    "bring it back from where it is kept; or, when the root key was moved to a"
                            + " passphrase, set `unseal: passphrase`");
        }
    }

    private boolean isSplit() {
        if (config.database().isEmpty() && !Files.exists(config.stateDir().resolve("keys.db"))) {
            return false; // looking would make one
        }
        try (var keys = Grounds.keys(config)) {
            return keys.method().filter("shares"::equals).isPresent();
        } catch (RuntimeException unreadable) {
            return false; // told of by the checks of modes and database
        }
    }

    private void database() {
        try (var database = Storage.look(Grounds.storage(config))) {
            fine(database.readPlatform(StateChecks::engine));
            clock(database);
        } catch (Refusal refusal) {
            trouble("the database cannot be used", refusal.detail());
        } catch (RuntimeException failure) {
            trouble(
                    "the database cannot be read: " + failure.getMessage(),
                    "see that it runs, that `database-url` is right and the roles may sign in");
        }
    }

    private static String engine(org.jdbi.v3.core.Handle tx) {
        try {
            var about = tx.getConnection().getMetaData();
            return "database %s %s"
                    .formatted(about.getDatabaseProductName(), about.getDatabaseProductVersion());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }

    private void clock(Database database) {
        var now = clock.instant();
        var behind =
                LedgerRoom.newestTime(database)
                        .map(newest -> Duration.between(now, newest))
                        .orElse(Duration.ZERO);
        findings.add(
                Finding.of(
                        behind.compareTo(SLACK) <= 0,
                        behind.compareTo(SLACK) <= 0
                                ? "the clock is not behind the ledger"
                                : "the clock is %,d s behind the newest event"
                                        .formatted(behind.toSeconds()),
                        "set it, for example: timedatectl set-ntp true"));
    }

    private void fine(String what) {
        findings.add(Finding.fine(what));
    }

    private void trouble(String what, String cure) {
        findings.add(Finding.trouble(what, cure));
    }
}
