package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.kernel.TenantId;
import holdfast.ledger.LedgerRoom;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Databases that earlier programs left behind, in `released/`: `gzip -9n holdfast.db` after a first run by `ada`.
///
/// Every release adds its own; none is ever changed.
class ReleasedDatabaseTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = "0.1.0-first")
    void a_database_of_an_earlier_program_is_copied_migrated_and_kept_whole(String released)
            throws Exception {
        var old = state("old");
        try (var in =
                new GZIPInputStream(
                        Objects.requireNonNull(
                                getClass()
                                        .getResourceAsStream(
                                                "/released/" + released + ".db.gz")))) {
            Files.copy(in, old.resolve("holdfast.db"));
        }
        var before = rows(old, "SELECT name FROM identity_user");

        try (var database =
                        Storage.open(StorageConfig.sqlite(old), Version.text(), Holdfast.SCHEMAS);
                var ledger =
                        LedgerRoom.assemble(
                                database, Chance.crypto(), Chance.ids(), Chance.CLOCK)) {
            assertThat(ledger.ledger().entry(TenantId.DEFAULT, 1).orElseThrow().action())
                    .isEqualTo("setup.complete");
        }
        var fresh = state("fresh");
        Storage.open(StorageConfig.sqlite(fresh), Version.text(), Holdfast.SCHEMAS).close();

        assertThat(rows(old, "SELECT name FROM identity_user")).isEqualTo(before).isNotEmpty();
        assertThat(schema(old)).isEqualTo(schema(fresh));
        try (var files = Files.list(old)) {
            assertThat(files.filter(file -> file.toString().contains(".before-migration-")))
                    .singleElement()
                    .satisfies(copy ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(copy)))
                                    .isEqualTo("rw-------"));
        }
    }

    private Path state(String name) throws IOException {
        return Files.createDirectory(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static List<String> schema(Path state) throws SQLException {
        return rows(
                state,
                "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY"
                        + " 1");
    }

    private static List<String> rows(Path state, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + state.resolve("holdfast.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }
}
