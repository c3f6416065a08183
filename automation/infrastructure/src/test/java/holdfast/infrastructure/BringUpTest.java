package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.comparison.Drift;
import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Switch;
import holdfast.simulator.Version;
import holdfast.testkit.TestDatabase;
import holdfast.vcf.SourceKind;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the Installer tells of the bring-up beside what the SDDC Manager tells now, on both databases.
@ParameterizedClass
@EnumSource
class BringUpTest {
    private final Site site;
    private final Simulator manager =
            Simulator.start(SimulatorOptions.defaults(InstantSource.system()));

    BringUpTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        manager.close();
        site.close();
    }

    @Test
    void what_still_is_and_what_is_no_longer_of_the_bring_up_is_shown() {
        var options =
                SimulatorOptions.defaults(InstantSource.system())
                        .withAppliance(Role.INSTALLER, Version.V9_0_2);
        try (var installer = Simulator.start(options)) {
            var id =
                    site.create(
                                    "both",
                                    Optional.of(Site.source(installer)),
                                    Optional.of(Site.source(manager)))
                            .id();
            site.sync(id);
            var host =
                    manager.estate().credentials().stream()
                            .filter(row -> row.component().type().equals("ESXI"))
                            .filter(row -> drift(id, row.id()).contains(Drift.STILL_BRING_UP))
                            .findFirst()
                            .orElseThrow();
            assertThat(drift(id, host.id())).doesNotContain(Drift.CHANGED_SINCE_BRING_UP);

            manager.estate().rotate(host.id());
            site.sync(id);
            assertThat(drift(id, host.id())).doesNotContain(Drift.STILL_BRING_UP);
            assertThat(site.list(id))
                    .anyMatch(row ->
                            row.source() == SourceKind.INSTALLER
                                    && row.resourceName().equals(host.component().name())
                                    && row.drift().contains(Drift.CHANGED_SINCE_BRING_UP));
        }
    }

    @Test
    void a_deployment_that_failed_is_named_on_the_run() {
        var options =
                SimulatorOptions.defaults(InstantSource.system())
                        .withAppliance(Role.INSTALLER, Version.V9_1_0);
        try (var installer = Simulator.start(options)) {
            installer.switches().set(Switch.FAILED_DEPLOYMENT, "yes");
            var source = Optional.of(Site.source(installer));
            var run = site.sync(site.create("failed", source, Optional.empty()).id());

            assertThat(run.sources().getFirst().sentence())
                    .endsWith("Deployment sfo-m01 has not succeeded (COMPLETED_WITH_FAILURE).");
        }
    }

    /// {@return findings about the row of SDDC Manager with this id}
    private List<Drift> drift(UUID environment, String row) {
        var wanted = manager.estate().require(row);
        return site.list(environment).stream()
                .filter(one -> one.source() == SourceKind.SDDC_MANAGER)
                .filter(one -> one.resourceName().equals(wanted.component().name()))
                .filter(one -> one.username().equals(wanted.account().username()))
                .findFirst()
                .orElseThrow()
                .drift();
    }
}
