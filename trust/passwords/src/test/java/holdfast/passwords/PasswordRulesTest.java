package holdfast.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator may ask of passwords beyond their strength.
class PasswordRulesTest {
    private static final String SMALL = "correct-horse-battery-staple";
    private static final String MIXED = "Correct-Horse-Battery-42-Staples";

    @TempDir Path folder;

    @Test
    void nothing_more_is_asked_while_nobody_says_so() {
        var rules = new PasswordRules(0, Optional.empty());

        assertThat(wrong(rules, SMALL)).isEmpty();
        assertThat(wrong(rules, "passwordpassword")).contains("too-weak");
    }

    @Test
    void classes_of_characters_are_asked_for() {
        assertThat(wrong(new PasswordRules(2, Optional.empty()), SMALL)).isEmpty();
        assertThat(wrong(new PasswordRules(3, Optional.empty()), SMALL))
                .contains("too-few-classes");
        assertThat(wrong(new PasswordRules(4, Optional.empty()), MIXED)).isEmpty();
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () ->
                                                new PasswordRules(4, Optional.empty())
                                                        .require(SMALL, "ada", "/password"))
                                .fields()
                                .getFirst()
                                .params())
                .containsEntry("min", "4");
    }

    @Test
    void what_others_have_lost_is_refused_whatever_bytes_stand_around_it() throws IOException {
        var file = folder.resolve("lost.txt");
        Files.write(file, new byte[] {(byte) 0xff, '\n'});
        var rules = new PasswordRules(0, Optional.of(new BreachedList(file)));
        assertThat(wrong(rules, SMALL)).isEmpty();

        Files.write(
                file,
                ("\r\nanother\r\n" + SMALL + "\r\n").getBytes(StandardCharsets.UTF_8),
                java.nio.file.StandardOpenOption.APPEND);

        assertThat(wrong(rules, SMALL)).contains("breached");
        assertThat(wrong(rules, MIXED)).isEmpty();
        assertThat(rules.estimate(SMALL, "ada").accepted()).isFalse();
    }

    @Test
    void a_list_that_is_gone_lets_nobody_choose() {
        var rules = new PasswordRules(0, Optional.of(new BreachedList(folder.resolve("none.txt"))));

        assertThat(catchThrowableOfType(Refusal.class, () -> wrong(rules, SMALL)).problem())
                .isEqualTo(Problem.UNAVAILABLE);
    }

    private static Optional<String> wrong(PasswordRules rules, String password) {
        return rules.broken(password, "ada", "/password").map(FieldError::code);
    }
}
