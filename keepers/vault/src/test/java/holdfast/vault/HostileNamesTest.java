package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.kernel.Cursor;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.SecretQuery;
import holdfast.secret.Upkeep;
import holdfast.testkit.Cases;
import holdfast.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names, tags and metadata that somebody made to break something, on both databases.
@ParameterizedClass
@EnumSource
class HostileNamesTest {
    private final Site site;

    HostileNamesTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a/",
                "/a",
                "a//b",
                ".",
                "..",
                "a/../b",
                "a/./b",
                "a*",
                "**",
                "a\0b",
                "a\nb",
                "a\u202eb",
                "a\u200bb",
                "a\ufeffb",
                "a\u2028b",
                "\ud800",
                " ",
                "a/ /b"
            })
    void a_service_that_deceives_or_breaks_a_path_is_refused(String service) {
        assertThat(refused(service, "account"))
                .extracting(FieldError::pointer)
                .containsExactly("/service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", ".", "..", "*", "a\rb", "\udc00"})
    void an_account_is_one_segment(String account) {
        assertThat(refused("service", account))
                .extracting(FieldError::pointer)
                .containsExactly("/account");
    }

    @Test
    void names_that_look_alike_by_composition_are_one() {
        site.create("caf\u00e9", "a", "x");

        assertThat(
                        catchThrowableOfType(
                                        Refusal.class, () -> site.create("cafe\u0301", "a", "y"))
                                .problem())
                .isEqualTo(Problem.CONFLICT);
    }

    @Test
    void whatever_a_name_may_hold_comes_back_and_is_found() {
        Cases.of(
                40,
                random -> {
                    var service = Cases.text(random, 40);
                    var account = Cases.text(random, 20);
                    try {
                        var name = new SecretName(service, account);
                        var details =
                                Site.details(
                                        List.of("t" + account.hashCode()),
                                        Map.of("k\0'\"", Cases.text(random, 50)));
                        var made = site.create(service, account, service, details, Upkeep.USUAL);
                        var permit =
                                site.policy.permit(site.ada, Action.READ_SECRET, name.resource());
                        assertThat(site.secrets().find(permit, name)).isEqualTo(made);
                        assertThat(site.open(made)).isEqualTo(service);
                    } catch (Refusal refusal) {
                        assertThat(refusal.problem()).isIn(Problem.INVALID, Problem.CONFLICT);
                    }
                });
    }

    @Test
    void a_search_is_words_and_never_a_pattern_or_a_statement() {
        site.create("prod", "db", "x");
        for (var text :
                List.of("%", "_", "%%%", "' OR 1=1 --", "!", "p_od", ":tenant", "\0", "*")) {
            assertThat(found(text)).as(text).isEmpty();
        }
        assertThat(found("PROD db")).hasSize(1);
        assertThat(found("d")).hasSize(1);
    }

    @Test
    void details_that_are_too_much_are_refused_by_member() {
        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                new Details(
                                        "x".repeat(1_001),
                                        java.util.stream.IntStream.range(0, 21)
                                                .mapToObj(i -> "tag" + i)
                                                .toList(),
                                        Map.of("big", "y".repeat(10 * 1024))));

        assertThat(refusal.fields())
                .extracting(FieldError::pointer)
                .containsExactly("/notes", "/tags", "/metadata");
    }

    @Test
    void a_cursor_that_was_tampered_with_is_refused() {
        for (var text : List.of("", "x", "AAAA", "%%%", "MDE5OGMwZGU=")) {
            assertThat(catchThrowableOfType(Refusal.class, () -> Cursor.read(text)).problem())
                    .isEqualTo(Problem.MALFORMED);
        }
    }

    private List<Secret> found(String text) {
        var all = Site.everything();
        return site.secrets()
                .list(
                        site.policy.scope(site.ada, Action.READ_SECRET),
                        new SecretQuery(
                                Optional.of(text),
                                all.under(),
                                all.tags(),
                                all.state(),
                                all.sort(),
                                false,
                                all.after(),
                                all.limit(),
                                true))
                .items();
    }

    private static List<FieldError> refused(String service, String account) {
        return catchThrowableOfType(Refusal.class, () -> new SecretName(service, account)).fields();
    }
}
