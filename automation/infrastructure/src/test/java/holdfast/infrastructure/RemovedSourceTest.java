package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.comparison.Kept;
import holdfast.configuration.EnvironmentDraft;
import holdfast.estate.CredentialQuery;
import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.ledger.Entry;
import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A source is removed with what it brought, or not at all, on both databases.
@ParameterizedClass
@EnumSource
class RemovedSourceTest {
    private final Site site;
    private final Simulator manager =
            Simulator.start(SimulatorOptions.defaults(InstantSource.system()));

    RemovedSourceTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        manager.close();
        site.close();
    }

    @Test
    void what_a_removed_source_brought_is_history_with_the_change() {
        var id = site.create(manager).id();
        site.sync(id);
        remove(id, "renamed");

        assertThat(site.read(id).name()).isEqualTo("renamed");
        assertThat(site.read(id).sddcManager()).isEmpty();
        assertThat(site.list(id)).isEmpty();
        var gone = site.list(id, gone(), 100);
        assertThat(gone).hasSize(37);
        assertThat(Site.valuesOf(manager)).containsValue(site.reveal(gone.getFirst()));
        Await.until(
                "the event that names what went",
                () ->
                        site.events("environment.sync").stream()
                                .map(Entry::body)
                                .anyMatch(body ->
                                        body.contains("\"removed\":37")
                                                && body.contains(gone.getFirst().id().toString())));
        assertThat(site.jobs.plans).isEmpty();
    }

    @Test
    void a_source_that_brings_something_for_the_first_time_is_not_removed_meanwhile() {
        var id = site.create(manager).id();
        var run = held(id);
        refused(id, run);

        manager.faults().clear();
        assertThat(site.await(id, run.id()).status()).isEqualTo(Run.Status.SUCCESS);
        assertThat(site.list(id)).hasSize(37);
        remove(id, "renamed");
        assertThat(site.list(id)).isEmpty();
    }

    @Test
    void a_source_that_is_synced_again_is_not_removed_meanwhile() {
        var id = site.create(manager).id();
        site.sync(id);
        manager.estate().rotate(manager.estate().credentials().getFirst().id());
        var run = held(id);
        refused(id, run);

        manager.faults().clear();
        assertThat(site.await(id, run.id()).status()).isEqualTo(Run.Status.SUCCESS);
        assertThat(site.values(id)).isEqualTo(Site.valuesOf(manager));
    }

    @Test
    void a_removal_whose_name_is_taken_leaves_the_source_as_it_was() {
        var id = site.create(manager).id();
        site.sync(id);
        site.create("other", Optional.empty(), Optional.empty());

        assertThat(catchThrowableOfType(Refusal.class, () -> remove(id, "other")).problem())
                .isEqualTo(Problem.INVALID);
        assertThat(site.read(id).sddcManager().orElseThrow().status()).isEqualTo(SourceStatus.OK);
        assertThat(site.list(id)).hasSize(37);
    }

    /// {@return a run that waits for its answer}
    private Run held(UUID id) {
        manager.requests().clear();
        manager.faults().add(Fault.of(FaultKind.HOLD).on("/v1/credentials"));
        var permit = site.may(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        var run = site.room.environments().sync(permit, id, Optional.empty());
        manager.requests()
                .await(request -> request.path().equals("/v1/credentials"), Duration.ofSeconds(5));
        return run;
    }

    /// Nothing of the change is stored: neither what it says of the source, nor the rest, nor its event.
    private void refused(UUID id, Run run) {
        var before = site.read(id);
        int events = site.events().size();
        var refusal = catchThrowableOfType(Refusal.class, () -> remove(id, "renamed"));

        assertThat(refusal.problem()).isEqualTo(Problem.ALREADY_RUNNING);
        assertThat(refusal.params()).containsEntry("run", run.id().toString());
        assertThat(site.read(id)).isEqualTo(before);
        assertThat(site.events()).hasSize(events);
    }

    private void remove(UUID id, String name) {
        site.room
                .environments()
                .update(
                        site.may(Action.MANAGE_ENVIRONMENT, Environments.resource(id)),
                        id,
                        new EnvironmentDraft(
                                name, Optional.empty(), Optional.empty(), Optional.empty()),
                        site.read(id).version());
    }

    private static CredentialQuery gone() {
        var all = CredentialQuery.ALL;
        return new CredentialQuery(
                all.text(),
                all.resourceTypes(),
                all.credentialTypes(),
                all.accountTypes(),
                all.domains(),
                all.sources(),
                Set.of(Kept.State.GONE),
                all.drift(),
                all.expiry(),
                all.sort(),
                false);
    }
}
