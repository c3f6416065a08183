package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every fault, seen from the client.
class FaultTest {
    private static final String LIST = "/v1/credentials";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension private final Running running = new Running();
    private Simulator simulator;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        simulator = running.simulator();
        client = running.client(simulator).loggedIn();
    }

    private void add(String fault) {
        simulator.faults().add(Fault.of(fault));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 502, 503})
    void a_status_may_be_forced(int status) throws Exception {
        add("status=" + status + "@/v1/credentials;times=1");
        var response = client.get(LIST);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body().contains("nginx")).isEqualTo(status == 502 || status == 503);
        assertThat(client.get(LIST).statusCode()).isEqualTo(200);
    }

    @Test
    void the_token_dies_in_the_middle_of_a_walk() throws Exception {
        add("mid-walk-401");
        assertThat(client.get(LIST + "?pageNumber=0&pageSize=10").statusCode()).isEqualTo(200);
        assertThat(client.get(LIST + "?pageNumber=1&pageSize=10").statusCode()).isEqualTo(401);
        assertThat(client.get(LIST + "?pageNumber=1&pageSize=10").statusCode()).isEqualTo(401);
        assertThat(client.loggedIn().get(LIST + "?pageNumber=1&pageSize=10").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "cut=5", "reset", "drop"})
    void a_connection_may_break(String fault) {
        add(fault + "@/v1/credentials");
        assertThatThrownBy(() -> client.get(LIST)).isInstanceOf(IOException.class);
    }

    @Test
    void a_change_may_be_accepted_although_the_connection_breaks() throws Exception {
        var body =
                "{\"operationType\":\"ROTATE\",\"elements\":[{\"resourceName\":\"sfo-m01-vc01.rainpole.io\",\"resourceType\":\"VCENTER\",\"credentials\":[{\"credentialType\":\"SSH\",\"username\":\"root\"}]}]}";
        add("reset@/v1/credentials;method=PATCH");
        assertThatThrownBy(() -> client.send("PATCH", LIST, body)).isInstanceOf(IOException.class);

        assertThat(client.json("/v1/credentials/tasks").path("elements").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated-json", "malformed-json", "html"})
    void a_body_may_be_no_json(String fault) throws Exception {
        add(fault);
        var response = client.get(LIST);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> Client.json(response)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trickle=10", "endless"})
    void a_body_may_not_end(String fault) throws Exception {
        add(fault + "@/v1/credentials");
        var request = client.request(LIST).build();
        var response = client.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            assertThat(body.readNBytes(20)).hasSize(20);
        }
    }

    @Test
    void an_answer_may_be_held_until_it_is_let_go() throws Exception {
        add("hold@/v1/credentials");
        var pending =
                client.http()
                        .sendAsync(
                                client.request(LIST).build(), HttpResponse.BodyHandlers.ofString());
        simulator.requests().await(request -> request.path().equals(LIST), PATIENCE);
        assertThat(pending).isNotDone();

        simulator.faults().clear();
        assertThat(pending.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void a_slow_answer_comes_late() throws Exception {
        add("slow=200@/v1/credentials");
        long before = System.nanoTime();
        client.get(LIST);
        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(200).toNanos());
    }

    @Test
    void lists_may_be_empty_half_or_without_metadata() throws Exception {
        add("empty-list;times=1");
        assertThat(client.json(LIST).path("elements").size()).isZero();
        add("half-list;times=1");
        assertThat(client.json(LIST).path("elements").size()).isEqualTo(18);
        add("no-page-metadata;times=1");
        assertThat(client.json(LIST).has("pageMetadata")).isFalse();
    }

    @Test
    void rows_may_come_twice_or_vanish_between_pages() throws Exception {
        add("duplicates;times=4");
        var ids = new HashSet<String>();
        int rows = 0;
        for (int page = 0; page < 4; page++) {
            for (var row :
                    client.json(LIST + "?pageNumber=" + page + "&pageSize=10").path("elements")) {
                ids.add(row.path("id").stringValue());
                rows++;
            }
        }
        assertThat(rows).isGreaterThan(ids.size());

        simulator.faults().clear();
        add("vanishing-row");
        var first = client.json(LIST + "?pageNumber=0&pageSize=10").path("elements");
        var second = client.json(LIST + "?pageNumber=1&pageSize=10").path("elements");
        assertThat(first.size()).isEqualTo(10);
        assertThat(second.get(0).path("id").stringValue())
                .isEqualTo(simulator.estate().credentials().get(11).id());
    }

    @Test
    void members_may_be_missing_null_empty_masked_or_of_another_type() throws Exception {
        for (var name : new String[] {"missing", "null", "empty", "masked"}) {
            add(name + "-field=password:2;times=1");
        }
        assertThat(client.json(LIST).path("elements").get(0).path("password").stringValue())
                .isEqualTo("********");
        add("missing-field=resource.domainName;times=1");
        assertThat(client.json(LIST).path("elements").get(1).path("resource").has("domainName"))
                .isFalse();
        add("null-field=password;times=1");
        assertThat(client.json(LIST).path("elements").get(1).path("password").isNull()).isTrue();
        add("wrong-type=username;times=1");
        assertThat(client.json(LIST).path("elements").get(0).path("username").isNumber()).isTrue();
        add("unknown-enum;times=1");
        assertThat(client.json(LIST).path("elements").get(0).toString())
                .contains("QUANTUM_GATEWAY", "PASSKEY");
    }

    @Test
    void a_redirect_may_lead_away() throws Exception {
        add("redirect=https://127.0.0.1:1/elsewhere");
        var response = client.get(LIST);
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location"))
                .contains("https://127.0.0.1:1/elsewhere");
    }

    @Test
    void a_fault_says_what_it_is_and_is_read_back() {
        for (var text :
                new String[] {
                    "slow=2000@/v1/tokens;method=POST;skip=1;times=2",
                    "reset",
                    "missing-field=password:3"
                }) {
            assertThat(Fault.of(text)).hasToString(text);
        }
        assertThatThrownBy(() -> Fault.of("slow=soon")).hasMessageContaining("number");
        assertThatThrownBy(() -> Fault.of("quake")).hasMessageContaining("unknown");
    }
}
