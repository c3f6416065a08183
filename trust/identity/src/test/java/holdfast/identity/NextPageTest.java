package holdfast.identity;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testkit.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a sign-in by form leads on to.
class NextPageTest {
    @ParameterizedTest
    @CsvSource({
        "/environments/1?q=a%20b, /environments/1?q=a%20b",
        "/me, /me",
        "/apis, /apis",
        "/umgebung/Zürich, /umgebung/Z%C3%BCrich"
    })
    void a_page_of_this_server_is_led_on_to(String wanted, String location) {
        assertThat(NextPage.of(wanted)).hasValue(new NextPage(location));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "environments",
                "https://evil.example/",
                "//evil.example/",
                "///evil.example/",
                "/\\evil.example/",
                "\\\\evil.example/",
                "/\t/evil.example/",
                "/a\r\nSet-Cookie: a=b",
                "/a b",
                "javascript:alert(1)",
                "/api/me",
                "/./api/me",
                "/login?next=/me",
                "/logout"
            })
    void nothing_else_is(String wanted) {
        assertThat(NextPage.of(wanted)).isEmpty();
    }

    @Test
    void a_form_leads_on_and_a_refused_one_keeps_where_to() {
        try (var house = new House(TestDatabase.SQLITE)) {
            house.setUp();
            var right = Map.of("username", "ada", "password", House.PASSWORD, "next", "/me?a=b");
            var wrong = Map.of("username", "ada", "password", "wrong", "next", "/me?a=b");

            assertThat(house.send(TestRequest.form("/login", wrong)).headers())
                    .containsEntry("Location", "/login?problem=sign-in-refused&next=%2Fme%3Fa%3Db");
            assertThat(house.send(TestRequest.form("/login", right)).headers())
                    .containsEntry("Location", "/me?a=b");
        }
    }
}
