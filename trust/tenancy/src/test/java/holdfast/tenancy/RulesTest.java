package holdfast.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void what_is_written_is_read_back() {
        var rules = new Rules(List.of("local"), List.of("10.0.0.0/8"), false, false, false);

        assertThat(Rules.stored(rules.text())).isEqualTo(rules);
    }

    @Test
    void rules_of_before_there_was_a_switch_for_caching_let_it_be() {
        var before = "{\"backends\":[],\"addresses\":[],\"sharing\":false,\"autoRotation\":true}";

        assertThat(Rules.stored(before))
                .isEqualTo(new Rules(List.of(), List.of(), false, true, true));
        assertThat(Rules.stored("{}")).isEqualTo(Rules.USUAL);
    }
}
