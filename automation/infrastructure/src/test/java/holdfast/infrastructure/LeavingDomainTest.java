package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.comparison.Drift;
import holdfast.estate.Credential;
import holdfast.estate.Run;
import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.testkit.TestDatabase;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of the credentials of a workload domain that is being deleted, on both databases.
@ParameterizedClass
@EnumSource
class LeavingDomainTest {
    private static final String WORKLOAD = "sfo-w01";

    private final Site site;
    private final Simulator manager =
            Simulator.start(SimulatorOptions.defaults(InstantSource.system()));
    private final UUID id;

    LeavingDomainTest(TestDatabase engine) {
        site = new Site(engine);
        id = site.create(manager).id();
        sync();
    }

    @AfterEach
    void close() {
        manager.close();
        site.close();
    }

    private void sync() {
        var run = site.sync(id);
        assertThat(run.status()).as(run.toString()).isEqualTo(Run.Status.SUCCESS);
        assertThat(run.sources().getFirst().removed()).isZero();
    }

    private List<Credential> leaving() {
        return site.list(id).stream()
                .filter(one -> one.drift().contains(Drift.DOMAIN_LEAVING))
                .toList();
    }

    private void assertTheWorkloadLeaves() {
        assertThat(leaving()).isNotEmpty().allMatch(one -> one.domains().contains(WORKLOAD));
        assertThat(leaving())
                .isEqualTo(
                        site.list(id).stream()
                                .filter(one -> one.domains().equals(List.of(WORKLOAD)))
                                .toList());
    }

    @Test
    void of_a_domain_that_is_being_deleted_every_credential_stays_and_says_so() {
        assertThat(leaving()).isEmpty();
        manager.estate().setDomainStatus(WORKLOAD, "DELETING");
        sync();

        assertTheWorkloadLeaves();
        assertThat(site.list(id)).hasSize(37);
        assertThat(site.values(id)).isEqualTo(Site.valuesOf(manager));
        assertThat(site.read(id).drifted()).isEqualTo(leaving().size());
    }

    @Test
    void a_domain_that_is_no_longer_listed_while_its_rows_are_is_leaving_too() {
        manager.estate().removeDomain(WORKLOAD);
        sync();

        assertTheWorkloadLeaves();
    }

    @Test
    void a_domain_that_stays_after_all_loses_the_finding() {
        manager.estate().setDomainStatus(WORKLOAD, "DEACTIVATING");
        sync();
        assertTheWorkloadLeaves();
        manager.estate().setDomainStatus(WORKLOAD, "ACTIVE");
        sync();

        assertThat(leaving()).isEmpty();
    }

    @Test
    void a_sync_without_an_answer_about_domains_succeeds_and_keeps_what_was_known() {
        manager.estate().setDomainStatus(WORKLOAD, "DELETING");
        sync();
        for (var status : List.of("403", "404", "500")) {
            manager.faults().add(Fault.of(FaultKind.STATUS, status).on("/v1/domains"));
            sync();
            assertTheWorkloadLeaves();
            manager.faults().clear();
        }
    }

    @Test
    void an_empty_list_of_domains_says_nothing() {
        var estate = manager.estate();
        estate.domains().forEach(domain -> estate.removeDomain(domain.name()));
        sync();

        assertThat(leaving()).isEmpty();
    }
}
