package holdfast.vcf;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Role;
import holdfast.simulator.Switch;
import holdfast.simulator.Version;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the client reads from each release, under every setting of what the vendor leaves open, and how it says what went wrong.
class ReadingTest {
    static Stream<Arguments> settings() {
        return Stream.of(Switch.values())
                .flatMap(which ->
                        which.settings().stream().map(setting -> Arguments.of(which, setting)));
    }

    /// What a check of expiry meets; under the other switches the list is read without one.
    private static final Set<Switch> OF_EXPIRY =
            EnumSet.of(
                    Switch.ACCEPTED_CODE,
                    Switch.LIST_EXPIRY,
                    Switch.RATE_LIMIT,
                    Switch.RETRY_AFTER,
                    Switch.EXPIRATION_OUTCOME);

    /// Appliances that settings are tried on one after the other.
    private static final Map<String, Appliance> SHARED = new HashMap<>();

    @AfterAll
    static void close() {
        SHARED.values().forEach(Appliance::close);
        SHARED.clear();
    }

    /// Tries one setting on an appliance that has all others as they are at first.
    private static void under(
            Switch which, String setting, Role role, Version version, Consumer<Appliance> reading) {
        if (OF_EXPIRY.contains(which)) { // an appliance remembers when it was asked last
            try (var own = Appliance.of(role, version)) {
                own.simulator().switches().set(which, setting);
                reading.accept(own);
            }
            return;
        }
        var shared = SHARED.computeIfAbsent(role + " " + version, _ -> Appliance.of(role, version));
        shared.simulator().switches().set(which, setting);
        try {
            reading.accept(shared);
        } finally {
            shared.simulator().switches().set(which, which.initial());
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void an_sddc_manager_is_read_under_every_setting(Switch which, String setting) {
        for (var version : new Version[] {Version.V4_5, Version.V9_1_1}) {
            under(
                    which,
                    setting,
                    Role.SDDC_MANAGER,
                    version,
                    appliance -> {
                        try (var fetched = appliance.fetch(OF_EXPIRY.contains(which))) {
                            assertThat(Appliance.values(fetched)).isEqualTo(appliance.truth());
                            assertThat(fetched.complete()).isTrue();
                            assertThat(fetched.version()).isPresent();
                        }
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void an_installer_is_read_under_every_setting(Switch which, String setting) {
        under(
                which,
                setting,
                Role.INSTALLER,
                Version.V9_0_2,
                appliance -> {
                    try (var fetched = appliance.fetch()) {
                        assertSpec(which, setting, fetched);
                    }
                });
    }

    private static void assertSpec(Switch which, String setting, Fetched fetched) {
        var values = Appliance.values(fetched);
        if (which == Switch.SPEC_PASSWORDS && !setting.equals("plaintext")) {
            assertThat(values).isEmpty();
            assertThat(fetched.rows()).hasSizeGreaterThan(15);
        } else {
            assertThat(values)
                    .containsKeys(
                            "ESXI sfo01-m01-esx01.rainpole.io SSH root",
                            "VCENTER sfo-m01-vc01.rainpole.io SSH root",
                            "VCF_OPERATIONS flt-ops01.rainpole.io API admin");
        }
        assertThat(values.containsKey("SDDC_MANAGER sfo-vcf01.rainpole.io SSH vcf"))
                .isEqualTo(!setting.equals("VVF") && !values.isEmpty());
        assertThat(fetched.unmapped()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void every_release_is_read_page_by_page(Version version) {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, version, 10);
                var fetched = appliance.fetch()) {
            assertThat(Appliance.values(fetched)).isEqualTo(appliance.truth());
            assertThat(fetched.complete()).isTrue();
        }
    }

    @Test
    void a_row_that_vanishes_between_pages_makes_the_list_incomplete() {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2, 10)) {
            appliance.simulator().faults().add(Fault.of(FaultKind.VANISHING_ROW));
            try (var fetched = appliance.fetch()) {
                assertThat(fetched.rows()).hasSize(36); // one was never on a page that was read
                assertThat(fetched.complete()).isFalse();
            }
        }
    }

    @Test
    void rows_that_change_places_between_pages_make_the_list_incomplete() {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2, 10)) {
            appliance.simulator().switches().set(Switch.LIST_ORDER, "reversed-by-page");
            try (var fetched = appliance.fetch()) {
                assertThat(fetched.rows()).hasSizeLessThan(37);
                assertThat(fetched.complete()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hold, /v1/credentials",
        "drop, /v1/credentials",
        "hold, /v1/tokens",
        "drop, /v1/tokens",
        "cut, /v1/tokens",
        "status=504, /v1/tokens"
    })
    void what_does_not_answer_once_is_asked_again(String fault, String place) {
        try (var appliance = Appliance.impatiently(Role.SDDC_MANAGER, Version.V9_0_2)) {
            appliance.simulator().faults().add(Fault.of(fault).on(place).times(1));
            try (var fetched = appliance.fetch()) {
                assertThat(Appliance.values(fetched)).isEqualTo(appliance.truth());
                assertThat(fetched.complete()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=404", "status=500", "html", "truncated-json", "malformed-json"})
    void a_refresh_that_gives_no_token_is_made_good_by_signing_in(String fault) {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2, 10)) {
            var simulator = appliance.simulator();
            simulator.switches().set(Switch.REFRESH_REPLY, "raw");
            simulator.faults().add(Fault.of(FaultKind.MID_WALK_401));
            simulator.faults().add(Fault.of(fault).on("/v1/tokens/access-token"));
            try (var fetched = appliance.fetch()) {
                assertThat(Appliance.values(fetched)).isEqualTo(appliance.truth());
            }
            assertThat(simulator.requests().count("PATCH /v1/tokens/access-token/refresh"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"quoted, 1", "raw, 2", "text-plain, 2", "both, 1"})
    void whatever_form_a_refresh_must_have_the_walk_goes_on(String form, int logins) {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2, 10)) {
            var simulator = appliance.simulator();
            simulator.switches().set(Switch.REFRESH_ACCEPTS, form);
            simulator.faults().add(Fault.of(FaultKind.MID_WALK_401));
            try (var fetched = appliance.fetch()) {
                assertThat(Appliance.values(fetched)).isEqualTo(appliance.truth());
            }
            assertThat(simulator.requests().count("POST /v1/tokens")).isEqualTo(logins);
        }
    }

    @Test
    void a_fresh_token_that_is_refused_too_is_said_so() {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2)) {
            appliance
                    .simulator()
                    .faults()
                    .add(Fault.of(FaultKind.STATUS, 401).on("/v1/credentials"));

            var failure = appliance.refusal();
            assertThat(failure.sentence()).contains("refused the token").contains("clock");
            assertThat(appliance.simulator().requests().count("GET /v1/credentials")).isEqualTo(3);
        }
    }

    @Test
    void a_check_of_expiry_that_does_not_end_is_not_followed_by_another() {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2)) {
            var simulator = appliance.simulator();
            simulator.switches().set(Switch.EXPIRATION_OUTCOME, "never-ends");
            simulator.switches().set(Switch.RATE_LIMIT, "never");
            try (var fetched = appliance.fetch(true)) {
                assertThat(Appliance.values(fetched)).isEqualTo(appliance.truth());
            }
            assertThat(simulator.requests().count("POST /v1/credentials/expirations")).isEqualTo(1);
        }
    }

    @Test
    void expiry_is_asked_type_by_type_and_told_of_every_row() {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_1_0);
                var fetched = appliance.fetch(true)) {
            assertThat(fetched.rows()).allMatch(row -> row.validity().expires().isPresent());
        }
    }

    @Test
    void a_list_of_deployments_that_is_none_is_unreadable() {
        try (var appliance = Appliance.of(Role.INSTALLER, Version.V9_0_2)) {
            appliance.simulator().faults().add(Fault.of(FaultKind.NO_ELEMENTS).on("/v1/sddcs"));

            assertThat(appliance.refusal().status()).isEqualTo(Status.UNREADABLE);
        }
    }

    @Test
    void a_deployment_without_a_spec_leaves_the_others_and_removes_nothing() {
        try (var appliance = Appliance.of(Role.INSTALLER, Version.V9_0_2)) {
            var simulator = appliance.simulator();
            simulator.switches().set(Switch.DEPLOYMENTS, 2);
            simulator.switches().set(Switch.FAILED_DEPLOYMENT, "in-progress");
            simulator.faults().add(Fault.of("status=404@/v1/sddcs/;times=1"));
            try (var fetched = appliance.fetch()) {
                assertThat(Appliance.values(fetched))
                        .containsKey("VCENTER sfo-m01-vc01.rainpole.io SSH root");
                assertThat(fetched.complete()).isFalse();
                assertThat(fetched.notes())
                        .containsExactly(
                                "Deployment dep-m02 has not succeeded (IN_PROGRESS).",
                                "Deployment dep-m02 has no specification to read.");
            }
        }
    }

    @Test
    void a_deployment_that_failed_is_read_and_named() {
        try (var appliance = Appliance.of(Role.INSTALLER, Version.V9_1_0)) {
            appliance.simulator().switches().set(Switch.FAILED_DEPLOYMENT, "yes");
            try (var fetched = appliance.fetch()) {
                assertThat(fetched.notes())
                        .containsExactly(
                                "Deployment sfo-m01 has not succeeded (COMPLETED_WITH_FAILURE).");
                assertThat(fetched.complete()).isTrue();
            }
        }
    }

    @Test
    void an_installer_that_became_the_sddc_manager_is_named_with_what_to_do() {
        try (var appliance = Appliance.of(Role.INSTALLER, Version.V9_0_2)) {
            appliance.simulator().becomeSddcManager();
            var failure =
                    Appliance.refusal(
                            () -> appliance.fetch(SourceKind.INSTALLER, "admin@local", false));

            assertThat(failure.status()).isEqualTo(Status.WRONG_ROLE);
            assertThat(failure.sentence())
                    .contains("has become the SDDC Manager")
                    .contains("enter it as the SDDC Manager");
        }
    }

    @Test
    void an_installer_in_the_place_of_an_sddc_manager_is_named_with_what_to_do() {
        try (var appliance = Appliance.of(Role.INSTALLER, Version.V9_0_2)) {
            var failure =
                    Appliance.refusal(
                            () -> appliance.fetch(SourceKind.SDDC_MANAGER, "admin@local", false));

            assertThat(failure.sentence())
                    .contains("is a VCF Installer")
                    .contains("enter it as the Installer");
        }
    }

    @Test
    void a_cloud_builder_is_told_from_an_appliance_that_restarts() {
        try (var builder = Appliance.of(Role.CLOUD_BUILDER, Version.V5_2_1)) {
            var failure =
                    Appliance.refusal(() -> builder.fetch(SourceKind.SDDC_MANAGER, "admin", false));
            assertThat(failure.status()).isEqualTo(Status.WRONG_ROLE);
            assertThat(failure.sentence()).contains("Cloud Builder").contains("bring-up file");
        }
        try (var manager = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2)) {
            manager.simulator().faults().add(Fault.of(FaultKind.NOT_FOUND_PAGE));
            assertThat(manager.refusal().status()).isEqualTo(Status.RESTARTING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/tokens", "/v1/credentials"})
    void a_page_of_a_proxy_in_passing_is_waited_out(String path) {
        try (var manager = Appliance.of(Role.SDDC_MANAGER, Version.V9_0_2)) {
            manager.simulator().faults().add(Fault.of(FaultKind.NOT_FOUND_PAGE).on(path).times(1));
            try (var fetched = manager.fetch()) {
                assertThat(Appliance.values(fetched)).isEqualTo(manager.truth());
            }
        }
    }

    @Test
    void the_appliance_s_own_words_are_passed_on() {
        try (var appliance = Appliance.of(Role.SDDC_MANAGER, Version.V9_1_0)) {
            var viewer = "viewer@vsphere.local";
            var failure =
                    Appliance.refusal(
                            () -> appliance.fetch(SourceKind.SDDC_MANAGER, viewer, false));

            assertThat(failure.status()).isEqualTo(Status.NOT_ALLOWED);
            assertThat(failure.httpStatus()).contains(403);
            assertThat(failure.message()).contains("Forbidden");
            assertThat(failure.remediation()).isPresent();
            assertThat(failure.referenceToken().orElseThrow()).matches("[0-9A-F]{6}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_failure_says_what_it_is_and_what_to_do(Status status) {
        if (status != Status.OK) {
            assertThat(status.sentence())
                    .matches("(?s)[A-Z].*[.;:] .*\\.") // a cause, then what to do
                    .hasSizeBetween(30, 260);
        }
    }
}
