package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.estate.SourceStatus;
import holdfast.vcf.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A source stands as its appliance answered.
class SourceStatusTest {
    @ParameterizedTest
    @EnumSource
    void every_answer_of_an_appliance_has_its_namesake(Status answer) {
        assertThat(SourceStatus.of(answer).name()).isEqualTo(answer.name());
    }
}
