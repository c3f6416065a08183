package holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.storage.Storage;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OpeningTest {
    @ParameterizedTest
    @EnumSource
    void what_was_written_is_there_after_opening_again(TestDatabase engine) {
        var place = engine.place();
        try (var database = place.open(Sample.NOTES)) {
            database.write(
                    TenantId.DEFAULT,
                    tx -> Sample.insert(tx, TenantId.DEFAULT, new UUID(1, 1), "kept"));
        }

        try (var database = place.open(Sample.NOTES)) {
            assertThat(database.<Object>read(TenantId.DEFAULT, Sample::titles))
                    .asString()
                    .isEqualTo("[kept]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_room_that_comes_later_is_migrated_beside_the_others(TestDatabase engine) {
        var place = engine.place();
        place.open(Sample.NOTES).close();

        try (var database = place.open(Sample.NOTES, Sample.COUNTERS)) {
            database.writePlatform(
                    tx -> tx.execute("INSERT INTO second_counter (name, value) VALUES ('a', 1)"));
            var own = "second_only_" + database.engine().name().toLowerCase(Locale.ROOT);
            assertThat(
                            database.<Long>readPlatform(tx ->
                                    tx.createQuery("SELECT count(*) FROM <table>")
                                            .define("table", own)
                                            .mapTo(Long.class)
                                            .one()))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_schema_that_needs_a_newer_program_is_refused(TestDatabase engine) throws Exception {
        var place = engine.place();
        place.open(Sample.NOTES).close();
        Owner.execute(
                place.config(), "UPDATE storage_schema SET oldest_program = '9.1', version = 7");

        assertThatThrownBy(() -> place.open(Sample.NOTES))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE);
                            assertThat(refusal.detail())
                                    .isEqualTo(
                                            "the tables of sample need Holdfast 9.1 or newer, this"
                                                    + " is 0.1.0: start the newer program");
                        });
    }

    @ParameterizedTest
    @EnumSource
    void a_program_built_from_sources_opens_what_it_left_behind(TestDatabase engine) {
        var place = engine.place();
        for (int start = 0; start < 2; start++) {
            Storage.open(place.config(), "development", List.of(Sample.NOTES)).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_newer_schema_that_still_serves_this_program_is_left_alone(TestDatabase engine)
            throws Exception {
        var place = engine.place();
        place.open(Sample.NOTES).close();
        Owner.execute(
                place.config(),
                "UPDATE storage_schema SET version = 7, fingerprint = 'of a newer program'");

        place.open(Sample.NOTES).close();

        assertThat(Owner.text(place.config(), "SELECT fingerprint FROM storage_schema"))
                .isEqualTo("of a newer program");
    }

    @ParameterizedTest
    @EnumSource
    void a_script_that_was_changed_after_it_ran_is_refused(TestDatabase engine) throws Exception {
        var place = engine.place();
        place.open(Sample.NOTES).close();
        Owner.execute(place.config(), "UPDATE storage_schema SET fingerprint = 'other'");
        Owner.execute(place.config(), "UPDATE sample_schema_history SET checksum = 1");

        assertThatThrownBy(() -> place.open(Sample.NOTES)).hasMessageContaining("checksum");
    }
}
