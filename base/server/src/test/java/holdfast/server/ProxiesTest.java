package holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.http.Access;
import holdfast.http.Rate;
import holdfast.http.Response;
import holdfast.http.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whose word about the client's address counts.
class ProxiesTest {
    private static final Route ADDRESS =
            new Route(
                    "GET",
                    "/api/address",
                    Access.PUBLIC,
                    0,
                    Rate.FREE,
                    request -> Response.json(request.origin().address()));

    private final Proxies nobody = new Proxies(List.of(), ProxyHeader.X_FORWARDED_FOR);
    private final Proxies ours =
            new Proxies(List.of("10.0.0.0/8", "fd00::/8"), ProxyHeader.X_FORWARDED_FOR);
    private final Proxies standard =
            new Proxies(List.of("10.0.0.0/8", "fd00::/8"), ProxyHeader.FORWARDED);

    @Test
    void without_a_declared_proxy_the_headers_count_for_nothing() {
        assertThat(nobody.client("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    }

    @Test
    void from_anybody_but_a_declared_proxy_they_count_for_nothing() {
        assertThat(ours.client("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    }

    @Test
    void the_walk_ends_at_the_first_hop_that_no_declared_proxy_has() {
        assertThat(ours.client("10.0.0.1", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
        assertThat(ours.client("10.0.0.1", List.of("1.1.1.1, 198.51.100.1, 10.9.9.9")))
                .isEqualTo("198.51.100.1");
        assertThat(ours.client("10.0.0.1", List.of("1.1.1.1", "198.51.100.1")))
                .isEqualTo("198.51.100.1");
        assertThat(ours.client("fd00::1", List.of("2001:db8::7"))).isEqualTo("2001:db8::7");
    }

    @Test
    void a_port_beside_the_address_does_not_matter() {
        assertThat(ours.client("10.0.0.1", List.of("198.51.100.1:4711"))).isEqualTo("198.51.100.1");
        assertThat(ours.client("10.0.0.1", List.of("[2001:db8::7]:4711"))).isEqualTo("2001:db8::7");
    }

    @Test
    void what_is_no_address_ends_the_walk_at_the_proxy() {
        for (var odd :
                List.of("unknown", "_hidden", "", "localhost", "evil.example", "[", "1.2.3.4.5")) {
            assertThat(ours.client("10.0.0.1", List.of(odd)))
                    .describedAs(odd)
                    .isEqualTo("10.0.0.1");
        }
    }

    @Test
    void the_standard_header_is_read_where_it_is_the_one_declared() {
        assertThat(standard.client("10.0.0.1", List.of("for=198.51.100.1;proto=https;by=10.0.0.1")))
                .isEqualTo("198.51.100.1");
        assertThat(standard.client("10.0.0.1", List.of("For=\"[2001:db8::7]:4711\"")))
                .isEqualTo("2001:db8::7");
        assertThat(
                        standard.client(
                                "10.0.0.1", List.of("for=1.1.1.1, for=198.51.100.1, for=10.2.2.2")))
                .isEqualTo("198.51.100.1");
        assertThat(standard.client("10.0.0.1", List.of("for=unknown"))).isEqualTo("10.0.0.1");
    }

    @Test
    void over_the_wire_a_stranger_cannot_choose_an_address() throws Exception {
        try (var server = TestServer.with(List.of(ADDRESS))) {
            assertThat(
                            server.get(
                                    "/api/address",
                                    "X-Forwarded-For: 198.51.100.1",
                                    "Forwarded: for=198.51.100.1",
                                    "X-Real-IP: 198.51.100.1"))
                    .contains("\"127.0.0.1\"");
        }
        try (var server = TestServer.with(List.of(ADDRESS), 100, List.of("127.0.0.1"))) {
            assertThat(server.get("/api/address", "X-Forwarded-For: 198.51.100.1"))
                    .contains("\"198.51.100.1\"");
            assertThat(server.get("/api/address", "Forwarded: for=198.51.100.1"))
                    .contains("\"127.0.0.1\"");
        }
    }
}
