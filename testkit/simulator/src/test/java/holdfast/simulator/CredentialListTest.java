package holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `GET /v1/credentials` gives, in every release.
class CredentialListTest {
    @RegisterExtension private final Running running = new Running();

    @ParameterizedTest
    @EnumSource
    void every_release_lists_its_own_fields(Version version) throws Exception {
        var simulator = running.simulator(Role.SDDC_MANAGER, version);
        var page = running.client(simulator).loggedIn().json("/v1/credentials");

        assertThat(page.path("elements").size()).isEqualTo(37);
        int withoutIp = 0;
        for (var row : page.path("elements")) {
            var resource = row.path("resource");
            assertThat(version.resourceTypes())
                    .contains(resource.path("resourceType").stringValue());
            assertThat(resource.has("domainNames")).isEqualTo(version.namesDomainsInPlural());
            assertThat(resource.has("domainName")).isTrue();
            assertThat(row.has("expiry")).isFalse();
            withoutIp += resource.has("resourceIp") ? 0 : 1;
        }
        assertThat(withoutIp > 0).isEqualTo(version.isAtLeast(Version.V9_0_2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 20_000})
    void there_are_as_many_rows_as_were_asked_for(int count) throws Exception {
        var simulator = running.simulator(options -> options.withCredentials(count, 7));
        var page = running.client(simulator).loggedIn().json("/v1/credentials");

        var ids = new HashSet<String>();
        page.path("elements").forEach(row -> ids.add(row.path("id").stringValue()));
        assertThat(ids).hasSize(count);
        assertThat(page.path("pageMetadata").path("totalElements").intValue()).isEqualTo(count);
    }

    @Test
    void pages_are_counted_from_0_and_tell_their_own_size() throws Exception {
        var client = running.client(running.simulator()).loggedIn();
        var last = client.json("/v1/credentials?pageNumber=3&pageSize=10");

        assertThat(last.path("elements").size()).isEqualTo(7);
        assertThat(last.path("pageMetadata").toString())
                .isEqualTo(
                        "{\"pageNumber\":3,\"pageSize\":7,\"totalElements\":37,\"totalPages\":4}");
        assertThat(client.json("/v1/credentials?pageNumber=4&pageSize=10").path("elements").size())
                .isZero();
    }

    @Test
    void filters_are_honoured_and_empty_or_unknown_ones_refused() throws Exception {
        var client = running.client(running.simulator()).loggedIn();

        assertThat(client.json("/v1/credentials?resourceType=PSC").path("elements").size())
                .isEqualTo(1);
        for (var query :
                new String[] {
                    "resourceType=", "resourceType=SDDC_MANAGER", "credentialType=SSH",
                    "pageSize=many", "accountType=ROBOT", "pageSize=1&pageSize=2"
                }) {
            assertThat(client.get("/v1/credentials?" + query).statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    @Test
    void one_seed_gives_one_site_and_another_seed_another() {
        var first = running.simulator(options -> options.withCredentials(500, 1));
        var same = running.simulator(options -> options.withCredentials(500, 1));
        var other = running.simulator(options -> options.withCredentials(500, 2));

        assertThat(same.estate().credentials()).isEqualTo(first.estate().credentials());
        assertThat(other.estate().credentials()).isNotEqualTo(first.estate().credentials());
    }

    @Test
    void some_passwords_are_awkward() {
        var passwords =
                running.simulator().estate().credentials().stream()
                        .map(Credential::password)
                        .toList();
        assertThat(passwords).anyMatch(password -> password.contains("\""));
        assertThat(passwords).anyMatch(password -> password.startsWith("="));
        assertThat(passwords).anyMatch(password -> password.codePoints().anyMatch(c -> c > 0xFFFF));
    }

    @Test
    void one_row_is_read_by_its_id() throws Exception {
        var simulator = running.simulator();
        var row = simulator.estate().credentials().getFirst();
        var client = running.client(simulator).loggedIn();

        assertThat(client.json("/v1/credentials/" + row.id()).path("password").stringValue())
                .isEqualTo(row.password());
        assertThat(client.get("/v1/credentials/none").statusCode()).isEqualTo(404);
    }

    @Test
    void a_shared_nsx_serves_several_domains_and_a_shared_sso_has_one_row() {
        var estate = running.simulator(options -> options.withCredentials(400, 3)).estate();

        assertThat(estate.credentials()).anyMatch(row -> row.component().domains().size() > 1);
        assertThat(
                        estate.credentials().stream()
                                .filter(row ->
                                        row.account()
                                                .username()
                                                .equals("administrator@vsphere.local")))
                .hasSize(1);
    }
}
