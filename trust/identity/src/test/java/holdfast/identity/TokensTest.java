package holdfast.identity;

import static holdfast.identity.House.body;
import static holdfast.identity.House.problem;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Role;
import holdfast.kernel.Problem;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What API tokens may do and from where, on both databases.
@ParameterizedClass
@EnumSource
class TokensTest {
    private final House house;

    private String admin = "";

    TokensTest(TestDatabase engine) {
        house = new House(engine);
    }

    @BeforeEach
    void firstRun() {
        admin = house.setUp();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void a_token_never_does_more_than_its_maker() {
        var grace = house.ready(admin, "grace", Role.READ_ONLY);

        assertThat(problem(() -> house.token(grace, List.of(Action.EXPORT_CREDENTIAL), List.of())))
                .isEqualTo(Problem.NOT_PERMITTED);
        var token = house.token(grace, List.of(Action.READ_CREDENTIAL), List.of());

        assertThat(token.secret()).startsWith("hf_").hasSizeGreaterThanOrEqualTo(43);
        assertThat(allowed(token.secret())).containsExactly(Action.READ_CREDENTIAL);
    }

    @Test
    void a_token_works_from_its_addresses_until_it_expires_or_is_revoked() {
        var token = house.token(admin, List.of(Action.READ_CREDENTIAL), List.of("10.0.0.0/8"));
        var request = TestRequest.get("/api/me").bearer(token.secret());

        assertThat(house.prove(request.from("10.1.2.3"))).isTrue();
        assertThat(house.prove(request.from("11.1.2.3"))).isFalse();
        house.clock.advance(Duration.ofDays(30));
        assertThat(house.prove(request.from("10.1.2.3"))).isFalse();

        admin = house.signIn("ada", House.PASSWORD);
        var second = house.token(admin, List.of(Action.READ_CREDENTIAL), List.of());
        house.send(TestRequest.delete("/api/tokens/" + second.token().id()).by(admin));
        assertThat(house.prove(TestRequest.get("/api/me").bearer(second.secret()))).isFalse();
    }

    @Test
    void a_token_made_by_a_token_has_no_wider_addresses_and_ends_no_later() {
        var parent =
                house.token(
                        admin,
                        List.of(Action.MANAGE_TOKEN, Action.READ_JOB),
                        List.of("10.0.0.0/8"));

        var plain = tokenBy(parent.secret(), Optional.empty(), 365).token();
        assertThat(plain.addresses()).containsExactly("10.0.0.0/8");
        assertThat(plain.expires()).isEqualTo(parent.token().expires());
        assertThat(tokenBy(parent.secret(), Optional.of(List.of()), 365).token().addresses())
                .containsExactly("10.0.0.0/8");
        var narrow = tokenBy(parent.secret(), Optional.of(List.of("10.1.0.0/16")), 1).token();
        assertThat(narrow.addresses()).containsExactly("10.1.0.0/16");
        assertThat(narrow.expires()).isBefore(parent.token().expires());
        for (var wider : List.of("0.0.0.0/0", "10.0.0.0/7", "11.1.2.3", "::/0")) {
            assertThat(problem(() -> tokenBy(parent.secret(), Optional.of(List.of(wider)), 1)))
                    .as(wider)
                    .isEqualTo(Problem.NOT_PERMITTED);
        }
    }

    @Test
    void a_bad_bearer_token_is_not_saved_by_a_good_cookie() {
        assertThat(house.prove(TestRequest.get("/api/me").by(admin).bearer("hf_no"))).isFalse();
    }

    private Views.TokenCreated tokenBy(String secret, Optional<List<String>> addresses, int days) {
        var form = new Tokens.Form("child", List.of(Action.READ_JOB), days, addresses);
        var request = TestRequest.post("/api/tokens", form).bearer(secret).from("10.1.2.3");
        return (Views.TokenCreated) body(house.send(request));
    }

    private java.util.Set<Action> allowed(String secret) {
        var proved =
                house.room.signIn().prove(TestRequest.get("/api/me").bearer(secret)).orElseThrow();
        return house.access.policy().allowed(proved.principal());
    }
}
