package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.comparison.Drift;
import holdfast.comparison.Kept;
import holdfast.estate.CredentialQuery;
import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Switch;
import holdfast.simulator.User;
import holdfast.simulator.Version;
import holdfast.testkit.TestDatabase;
import holdfast.vcf.Status;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a sync promises, on both databases.
@ParameterizedClass
@EnumSource
class SyncTest {
    private final Site site;
    private final Simulator manager =
            Simulator.start(SimulatorOptions.defaults(InstantSource.system()));

    SyncTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        manager.close();
        site.close();
    }

    private UUID synced() {
        var id = site.create(manager).id();
        var run = site.sync(id);
        assertThat(run.status()).as(run.toString()).isEqualTo(Run.Status.SUCCESS);
        return id;
    }

    @Test
    void every_credential_arrives_with_its_value() {
        var id = synced();

        assertThat(site.values(id)).isEqualTo(Site.valuesOf(manager));
        assertThat(site.read(id).credentials()).isEqualTo(37);
        assertThat(site.read(id).domains()).isNotEmpty();
    }

    @Test
    void a_second_sync_of_the_same_changes_nothing() {
        var id = synced();
        var again = site.sync(id).sources().getFirst();

        assertThat(again.unchanged()).isEqualTo(37);
        assertThat(again.added() + again.changed() + again.removed()).isZero();
    }

    @Test
    void findings_that_a_crash_prevented_are_made_good_by_the_next_sync() {
        var id = synced();
        overwrite("drifted = 9");
        site.sync(id);
        assertThat(site.read(id).drifted()).as("nothing has moved: not looked at").isEqualTo(9);

        overwrite("noted = generation - 1");
        site.sync(id);
        assertThat(site.read(id).drifted()).isZero();
    }

    private void overwrite(String column) {
        site.database.write(
                TenantId.DEFAULT, tx -> tx.execute("UPDATE infrastructure_source SET " + column));
    }

    @Test
    void a_new_value_is_a_new_version_and_the_old_one_stays() {
        var id = synced();
        var row = manager.estate().credentials().getFirst();
        manager.estate().rotate(row.id());
        site.sync(id);

        var credential =
                site.list(id).stream().filter(one -> one.version() == 2).findFirst().orElseThrow();
        assertThat(site.reveal(credential))
                .isEqualTo(manager.estate().require(row.id()).password());
        assertThat(site.reveal(credential, Optional.of(1))).isEqualTo(row.password());
    }

    @Test
    void what_is_gone_becomes_history_and_can_come_back() {
        var id = synced();
        var row = manager.estate().credentials().getFirst();
        manager.estate().remove(row.id());
        assertThat(site.sync(id).sources().getFirst().removed()).isEqualTo(1);

        assertThat(site.list(id)).hasSize(36);
        var gone = site.list(id, states(Kept.State.GONE), 10).getFirst();
        assertThat(site.reveal(gone)).isEqualTo(row.password());
        manager.estate().add(row);
        site.sync(id);
        assertThat(site.list(id)).hasSize(37).anyMatch(one -> one.id().equals(gone.id()));
    }

    @Test
    void a_large_loss_waits_for_a_person_who_may_confirm_it() {
        var id = synced();
        manager.estate().truncate(20);
        var held = site.sync(id);

        assertThat(held.status()).isEqualTo(Run.Status.HELD);
        assertThat(held.sources().getFirst().removed()).isEqualTo(17);
        assertThat(site.list(id)).hasSize(37);
        var applied = decide(id, held, true);
        assertThat(applied.status()).isEqualTo(Run.Status.SUCCESS);
        assertThat(site.list(id)).hasSize(20);
        assertThat(site.read(id).credentials()).isEqualTo(20);
        assertThat(site.events("environment.confirm")).hasSize(1);
    }

    @Test
    void a_held_run_may_be_discarded_and_is_replaced_by_a_later_one() {
        var id = synced();
        manager.faults().add(Fault.of(FaultKind.EMPTY_LIST));
        var first = site.sync(id);
        var second = site.sync(id);
        assertThat(second.status()).isEqualTo(Run.Status.HELD);

        var refusal = catchThrowableOfType(Refusal.class, () -> decide(id, first, true));
        assertThat(refusal.problem()).isEqualTo(Problem.CONFLICT);
        assertThat(decide(id, second, false).status()).isEqualTo(Run.Status.DISCARDED);
        assertThat(site.list(id)).hasSize(37);
        manager.faults().clear();
        assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
        assertThat(site.values(id)).isEqualTo(Site.valuesOf(manager));
    }

    @Test
    void an_announced_total_that_does_not_come_removes_nothing() {
        var id = synced();
        manager.estate().remove(manager.estate().credentials().getFirst().id());
        manager.faults().add(Fault.of(FaultKind.INFLATED_TOTAL));
        var run = site.sync(id).sources().getFirst();

        assertThat(run.complete()).isFalse();
        assertThat(run.removed()).isZero();
        assertThat(site.list(id)).hasSize(37);
    }

    @Test
    void half_a_list_waits_for_a_person() {
        var id = synced();
        manager.faults().add(Fault.of(FaultKind.HALF_LIST));

        assertThat(site.sync(id).status()).isEqualTo(Run.Status.HELD);
        assertThat(site.list(id)).hasSize(37);
    }

    @Test
    void the_same_source_never_runs_twice() {
        var id = site.create(manager).id();
        manager.faults().add(Fault.of(FaultKind.HOLD).on("/v1/credentials"));
        var permit = site.may(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        var first = site.room.environments().sync(permit, id, Optional.empty());
        manager.requests()
                .await(request -> request.path().equals("/v1/credentials"), Duration.ofSeconds(5));

        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () -> site.room.environments().sync(permit, id, Optional.empty()));
        assertThat(refusal.problem()).isEqualTo(Problem.ALREADY_RUNNING);
        assertThat(refusal.params()).containsEntry("run", first.id().toString());
        manager.faults().clear();
        assertThat(site.await(id, first.id()).status()).isEqualTo(Run.Status.SUCCESS);
    }

    @Test
    void a_schedule_is_known_by_its_environment_and_source() {
        var id = site.create(manager).id();
        var status = site.jobs.statuses().getFirst();

        var about = site.jobs.about(status).orElseThrow();
        assertThat(about.title()).isEqualTo("Sync of site: SDDC Manager");
        assertThat(about.members())
                .containsOnly(
                        Map.entry("environmentId", id.toString()),
                        Map.entry("source", "SDDC_MANAGER"));
        site.room
                .environments()
                .delete(site.may(Action.MANAGE_ENVIRONMENT, Environments.resource(id)), id, "site");
        assertThat(site.jobs.about(status)).isEmpty();
    }

    @Test
    void the_schedule_runs_what_its_turn_has_come_for() {
        var id = site.create(manager).id();
        site.jobs.turn();

        holdfast.testkit.Await.until("the scheduled run", () -> site.read(id).credentials() == 37);
        assertThat(site.read(id).sddcManager().orElseThrow().status()).isEqualTo(SourceStatus.OK);
    }

    @Test
    void a_sync_is_one_event_that_names_what_it_touched() {
        var id = synced();
        var event = site.events("environment.sync").getFirst();

        assertThat(event.actorName()).isEqualTo("ada");
        site.list(id).forEach(one -> assertThat(event.body()).contains(one.id().toString()));
        assertThat(event.body()).doesNotContain(Site.valuesOf(manager).values());
    }

    @Test
    void an_installer_that_became_an_sddc_manager_is_said_to_be_one() {
        var options =
                SimulatorOptions.defaults(InstantSource.system())
                        .withAppliance(Role.INSTALLER, Version.V9_0_2);
        try (var installer = Simulator.start(options)) {
            var id =
                    site.create("site", Optional.of(Site.source(installer)), Optional.empty()).id();
            assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
            installer.addUser(new User(installer.user(), installer.password(), "ADMIN"));
            installer.becomeSddcManager();
            var run = site.sync(id);
            assertThat(run.sources().getFirst().failure().orElseThrow().status())
                    .isEqualTo(Status.WRONG_ROLE);
        }
    }

    @Test
    void both_sources_are_read_in_one_run_and_compared() {
        var options =
                SimulatorOptions.defaults(InstantSource.system())
                        .withAppliance(Role.INSTALLER, Version.V9_0_2);
        try (var installer = Simulator.start(options)) {
            var id =
                    site.create(
                                    "site",
                                    Optional.of(Site.source(installer)),
                                    Optional.of(Site.source(manager)))
                            .id();
            var run = site.sync(id);
            assertThat(run.status()).isEqualTo(Run.Status.SUCCESS);
            assertThat(run.sources()).hasSize(2);

            assertThat(site.list(id))
                    .anyMatch(one ->
                            one.username().equals("vcf")
                                    && one.drift().contains(Drift.ONLY_INSTALLER));
            assertThat(site.list(id)).anyMatch(one -> one.counterpart().isPresent());
        }
    }

    @Test
    void one_source_that_fails_does_not_hold_up_the_other() {
        var options =
                SimulatorOptions.defaults(InstantSource.system())
                        .withAppliance(Role.INSTALLER, Version.V9_0_2);
        try (var installer = Simulator.start(options)) {
            installer.faults().add(Fault.of(FaultKind.STATUS, 503));
            var id =
                    site.create(
                                    "site",
                                    Optional.of(Site.source(installer)),
                                    Optional.of(Site.source(manager)))
                            .id();

            assertThat(site.sync(id).status()).isEqualTo(Run.Status.PARTIAL);
            assertThat(site.list(id)).hasSize(37);
        }
    }

    @Test
    void every_release_and_every_open_question_is_read() {
        for (var version : Version.values()) {
            var options =
                    SimulatorOptions.defaults(InstantSource.system())
                            .withAppliance(Role.SDDC_MANAGER, version);
            try (var other = Simulator.start(options)) {
                other.switches().set(Switch.TOKEN_SHAPE, "opaque");
                other.switches().set(Switch.REFRESH_REPLY, "raw");
                var id =
                        site.create(
                                        version.text(),
                                        Optional.empty(),
                                        Optional.of(Site.source(other)))
                                .id();
                assertThat(site.sync(id).status()).as(version.text()).isEqualTo(Run.Status.SUCCESS);
                assertThat(site.values(id)).as(version.text()).isEqualTo(Site.valuesOf(other));
            }
        }
    }

    @Test
    void a_process_that_dies_during_a_sync_leaves_the_old_state() {
        var id = synced();
        var before = site.values(id);
        manager.estate().rotate(manager.estate().credentials().getFirst().id());
        manager.faults().add(Fault.of(FaultKind.HOLD).on("/v1/credentials"));
        var permit = site.may(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        var run = site.room.environments().sync(permit, id, Optional.empty());
        manager.requests()
                .await(request -> request.path().equals("/v1/credentials"), Duration.ofSeconds(5));
        site.database.write(
                site.ada.tenant(),
                tx -> { // as if the sync had got as far as staging
                    return tx.execute("UPDATE infrastructure_source SET lease_until = 1");
                });

        site.room.start(); // what the next process does first

        assertThat(site.values(id)).isEqualTo(before);
        var dead =
                site.room
                        .environments()
                        .run(
                                site.may(Action.READ_ENVIRONMENT, Environments.resource(id)),
                                id,
                                run.id());
        assertThat(dead.status()).isEqualTo(Run.Status.INTERRUPTED);
        manager.faults().clear();
        assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
        assertThat(site.values(id)).isEqualTo(Site.valuesOf(manager));
    }

    @Test
    void a_sync_that_takes_over_from_a_dead_node_ends_its_record() {
        var id = synced();
        manager.faults().add(Fault.of(FaultKind.HOLD).on("/v1/credentials"));
        var permit = site.may(Action.SYNC_ENVIRONMENT, Environments.resource(id));
        var dead = site.room.environments().sync(permit, id, Optional.empty());
        manager.requests()
                .await(request -> request.path().equals("/v1/credentials"), Duration.ofSeconds(5));
        site.database.write(
                site.ada.tenant(),
                tx -> tx.execute("UPDATE infrastructure_source SET lease_until = 1"));

        var next = site.room.environments().sync(permit, id, Optional.empty());
        manager.faults().clear();

        assertThat(site.await(id, next.id()).status()).isEqualTo(Run.Status.SUCCESS);
        assertThat(site.await(id, dead.id()).status()).isEqualTo(Run.Status.INTERRUPTED);
    }

    private Run decide(UUID id, Run run, boolean apply) {
        return site.room
                .environments()
                .decide(
                        site.may(Action.SYNC_ENVIRONMENT, Environments.resource(id)),
                        id,
                        run.id(),
                        apply);
    }

    private static CredentialQuery states(Kept.State state) {
        var all = CredentialQuery.ALL;
        return new CredentialQuery(
                all.text(),
                all.resourceTypes(),
                all.credentialTypes(),
                all.accountTypes(),
                all.domains(),
                all.sources(),
                java.util.Set.of(state),
                all.drift(),
                all.expiry(),
                all.sort(),
                false);
    }
}
