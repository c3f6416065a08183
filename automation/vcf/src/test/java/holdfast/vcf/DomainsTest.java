package holdfast.vcf;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.simulator.Fault;
import holdfast.simulator.Role;
import holdfast.simulator.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Which workload domains are said to be leaving, and when nothing is said of them.
class DomainsTest {
    private static final String WORKLOAD = "sfo-w01";

    @ParameterizedTest
    @EnumSource
    void a_domain_that_is_being_deleted_is_named_by_every_release(Version version) {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, version)) {
            appliance.simulator().estate().setDomainStatus(WORKLOAD, "DEACTIVATING");
            try (var fetched = appliance.fetch()) {
                assertThat(fetched.leaving()).hasValue(Set.of(WORKLOAD));
            }
        }
    }

    @Test
    void a_domain_that_only_rows_know_is_named() {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2)) {
            appliance.simulator().estate().removeDomain(WORKLOAD);
            try (var fetched = appliance.fetch()) {
                assertThat(fetched.leaving()).hasValue(Set.of(WORKLOAD));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=403", "status=404", "status=500", "html", "truncated-json"})
    void an_appliance_that_does_not_tell_its_domains_is_read_all_the_same(String fault) {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2)) {
            appliance.simulator().faults().add(Fault.of(fault).on("/v1/domains"));
            try (var fetched = appliance.fetch()) {
                assertThat(fetched.leaving()).isEmpty();
                assertThat(fetched.complete()).isTrue();
                assertThat(Appliance.values(fetched)).isEqualTo(appliance.truth());
            }
        }
    }

    @Test
    void pages_are_asked_for_when_they_are_announced() {
        var asked = new ArrayList<String>();
        var leaving =
                Domains.leaving(
                        path -> {
                            asked.add(path);
                            return path.endsWith("=1")
                                    ? page("b", "deactivating", 2, 2)
                                    : page("a", "ACTIVE", 2, 2);
                        },
                        List.of());

        assertThat(leaving).hasValue(Set.of("b"));
        assertThat(asked).containsExactly("/v1/domains", "/v1/domains?pageNumber=1");
    }

    @Test
    void a_list_with_less_than_it_announces_says_nothing() {
        assertThat(Domains.leaving(_ -> page("a", "DELETING", 1, 2), List.of())).isEmpty();
    }

    @Test
    void a_list_with_a_nameless_domain_says_nothing() {
        assertThat(Domains.leaving(_ -> page("", "ACTIVE", 1, 1), List.of())).isEmpty();
    }

    @Test
    void an_installer_knows_of_no_domains_that_leave() {
        try (var appliance = Appliance.of(Role.INSTALLER, Version.V9_0_2);
                var fetched = appliance.fetch()) {
            assertThat(fetched.leaving()).isEqualTo(Optional.empty());
        }
    }

    private static JsonNode page(String name, String status, int pages, int total) {
        return VcfJson.MAPPER.readTree(
                """
                {"elements": [{"name": "%s", "status": "%s"}],
                 "pageMetadata": {"totalPages": %d, "totalElements": %d}}
                """
                        .formatted(name, status, pages, total));
    }
}
