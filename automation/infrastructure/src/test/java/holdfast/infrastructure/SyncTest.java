package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Role;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.Switch;
import holdfast.simulator.User;
import holdfast.simulator.Version;
import holdfast.testkit.TestDatabase;
import holdfast.vcf.Pace;
import holdfast.vcf.Status;
import holdfast.vcf.Trust;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a sync promises, whatever the appliance does, on both databases.
@ParameterizedClass
@EnumSource
class SyncTest {
    private final Site site;
    private final Simulator manager =
            Simulator.start(SimulatorOptions.defaults(InstantSource.system()));

    private final TestDatabase engine;

    SyncTest(TestDatabase engine) {
        this.engine = engine;
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        manager.close();
        paging.ifPresent(Site::close);
        site.close();
    }

    private UUID synced() {
        var id = site.create(manager).id();
        var run = site.sync(id);
        assertThat(run.status()).as(run.toString()).isEqualTo(Run.Status.SUCCESS);
        return id;
    }

    private Run failing(UUID id, Status expected) {
        var run = site.sync(id);
        assertThat(run.status()).isEqualTo(Run.Status.FAILED);
        var failure = run.sources().getFirst().failure().orElseThrow();
        assertThat(failure.status()).isEqualTo(expected);
        assertThat(failure.sentence()).isNotBlank().doesNotContain(manager.password());
        assertThat(site.read(id).sddcManager().orElseThrow().status())
                .isEqualTo(SourceStatus.of(expected));
        return run;
    }

    /// What was there before stays, whatever went wrong.
    private void unharmed(Fault fault, Status expected) {
        var id = synced();
        var before = site.values(id);
        manager.estate().rotate(manager.estate().credentials().getFirst().id());
        manager.faults().add(fault);
        failing(id, expected);
        assertThat(site.values(id)).isEqualTo(before);
        manager.faults().clear();
        site.sync(id);
        assertThat(site.values(id)).isEqualTo(Site.valuesOf(manager));
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
        var gone = site.list(id, states(Credential.State.GONE), 10).getFirst();
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
    void a_refused_login_stops_the_schedule_until_it_is_saved_again() {
        var id =
                site.create(
                                "site",
                                Optional.empty(),
                                Optional.of(Site.source(manager, "wrong", pin())))
                        .id();
        assertThat(site.jobs.plans).hasSize(1);
        failing(id, Status.LOGIN_REFUSED);

        assertThat(site.read(id).sddcManager().orElseThrow().scheduleStopped()).isTrue();
        assertThat(site.jobs.plans).isEmpty();
        assertThat(manager.requests().count("POST /v1/tokens")).isEqualTo(1);
        var draft =
                new EnvironmentDraft(
                        "site",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Site.source(manager)));
        site.room
                .environments()
                .update(
                        site.may(Action.MANAGE_ENVIRONMENT, Environments.resource(id)),
                        id,
                        draft,
                        1);
        assertThat(site.jobs.plans).hasSize(1);
        assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
    }

    @Test
    void an_account_without_the_role_is_told_so() {
        manager.addUser(new User("viewer@vsphere.local", "Viewer!2026#Pw", "VIEWER"));
        var source =
                new EnvironmentDraft.Source(
                        "localhost",
                        Optional.of(manager.port()),
                        "viewer@vsphere.local",
                        Optional.of(SecretBytes.ofUtf8("Viewer!2026#Pw")),
                        Optional.of(pin()),
                        Optional.empty());
        failing(
                site.create("site", Optional.empty(), Optional.of(source)).id(),
                Status.NOT_ALLOWED);
    }

    @Test
    void a_changed_certificate_stops_before_any_byte_of_http() {
        var id = synced();
        var old = manager.fingerprint();
        manager.changeCertificate();
        manager.requests().clear();
        var failure =
                failing(id, Status.CERTIFICATE_CHANGED)
                        .sources()
                        .getFirst()
                        .failure()
                        .orElseThrow();

        assertThat(manager.requests().all()).isEmpty();
        var certificate = failure.certificate().orElseThrow();
        assertThat(certificate.fingerprint()).isEqualTo(manager.fingerprint());
        assertThat(certificate.pinned()).contains(old);
        assertThat(site.jobs.plans).isEmpty();
    }

    @Test
    void a_certificate_that_nobody_trusts_is_shown_and_nothing_is_sent() {
        var id =
                site.create(
                                "site",
                                Optional.empty(),
                                Optional.of(Site.source(manager, manager.password(), Trust.SYSTEM)))
                        .id();
        var failure =
                failing(id, Status.CERTIFICATE_UNTRUSTED)
                        .sources()
                        .getFirst()
                        .failure()
                        .orElseThrow();

        assertThat(failure.certificate().orElseThrow().fingerprint())
                .isEqualTo(manager.fingerprint());
        assertThat(manager.requests().all()).isEmpty();
    }

    @Test
    void a_trickling_answer_ends_at_the_deadline() {
        unharmed(Fault.of(FaultKind.TRICKLE).on("/v1/credentials"), Status.TIMED_OUT);
    }

    @Test
    void an_answer_that_never_comes_ends_at_the_deadline() {
        unharmed(Fault.of(FaultKind.HOLD).on("/v1/credentials"), Status.TIMED_OUT);
    }

    @Test
    void an_endless_answer_ends() {
        var id = synced();
        manager.faults().add(Fault.of(FaultKind.ENDLESS).on("/v1/credentials"));
        var status = site.sync(id).sources().getFirst().failure().orElseThrow().status();

        assertThat(status).isIn(Status.TOO_LARGE, Status.TIMED_OUT);
        assertThat(site.list(id)).hasSize(37);
    }

    @Test
    void json_that_is_cut_off_changes_nothing() {
        unharmed(Fault.of(FaultKind.TRUNCATED_JSON).on("/v1/credentials"), Status.UNREADABLE);
    }

    @Test
    void a_body_that_is_no_json_changes_nothing() {
        unharmed(Fault.of(FaultKind.MALFORMED_JSON).on("/v1/credentials"), Status.UNREADABLE);
    }

    @Test
    void a_page_of_html_changes_nothing() {
        unharmed(Fault.of(FaultKind.HTML).on("/v1/credentials"), Status.UNREADABLE);
    }

    @Test
    void a_broken_connection_changes_nothing() {
        unharmed(Fault.of(FaultKind.CUT).on("/v1/credentials"), Status.CUT);
    }

    @Test
    void a_redirect_is_not_followed() {
        unharmed(Fault.of(FaultKind.REDIRECT).on("/v1/credentials"), Status.FAILED);
    }

    @Test
    void restarting_services_are_said_to_restart() {
        unharmed(Fault.of(FaultKind.STATUS, 503).on("/v1/credentials"), Status.RESTARTING);
    }

    @Test
    void trouble_in_passing_is_waited_out() {
        var id = site.create(manager).id();
        manager.faults().add(Fault.of(FaultKind.STATUS, 503).on("/v1/credentials").times(2));

        assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
    }

    @Test
    void too_many_requests_are_answered_with_patience() {
        var id = site.create(manager).id();
        manager.faults().add(Fault.of(FaultKind.TOO_MANY_REQUESTS).on("/v1/credentials").times(1));

        assertThat(site.sync(id).status()).isEqualTo(Run.Status.SUCCESS);
    }

    @Test
    void a_token_that_dies_between_pages_is_renewed() {
        var id = paged();
        manager.faults().add(Fault.of(FaultKind.MID_WALK_401));

        assertThat(pagedSite().sync(id).status()).isEqualTo(Run.Status.SUCCESS);
        assertThat(pagedSite().list(id)).hasSize(37);
    }

    @Test
    void a_row_that_vanishes_between_pages_removes_nothing_else() {
        var id = paged();
        pagedSite().sync(id);
        manager.faults().add(Fault.of(FaultKind.VANISHING_ROW));
        pagedSite().sync(id);

        assertThat(pagedSite().list(id)).hasSizeGreaterThanOrEqualTo(36);
    }

    @Test
    void rows_that_come_twice_are_kept_once() {
        var id = paged();
        manager.faults().add(Fault.of(FaultKind.DUPLICATES));
        pagedSite().sync(id);

        assertThat(pagedSite().list(id)).hasSize(37);
    }

    @Test
    void twins_are_two_credentials() {
        manager.faults().add(Fault.of(FaultKind.TWINS));
        var id = synced();
        int first = site.list(id).size();
        site.sync(id);

        assertThat(first).isGreaterThanOrEqualTo(37);
        assertThat(site.list(id)).hasSize(first);
    }

    @Test
    void missing_page_metadata_means_one_page() {
        manager.faults().add(Fault.of(FaultKind.NO_PAGE_METADATA));

        assertThat(site.list(synced())).hasSize(37);
    }

    @Test
    void unknown_words_are_kept_as_they_are() {
        manager.faults().add(Fault.of(FaultKind.UNKNOWN_ENUM));

        assertThat(site.list(synced())).hasSize(37);
    }

    @Test
    void a_value_that_is_masked_missing_null_or_blank_never_replaces_a_known_one() {
        var id = synced();
        var before = site.values(id);
        for (var kind :
                List.of(
                        FaultKind.MASKED_FIELD,
                        FaultKind.MISSING_FIELD,
                        FaultKind.NULL_FIELD,
                        FaultKind.EMPTY_FIELD)) {
            manager.faults().clear();
            manager.faults().add(Fault.of(kind));
            var run = site.sync(id).sources().getFirst();
            assertThat(run.withoutValue()).as(kind.text()).isEqualTo(37);
            assertThat(site.values(id)).as(kind.text()).isEqualTo(before);
            assertThat(site.list(id)).allMatch(one -> one.drift().contains(Drift.NO_VALUE));
        }
    }

    @Test
    void rows_without_domain_or_address_are_kept() {
        manager.faults().add(Fault.of(FaultKind.NULL_FIELD, "resource.domainNames"));
        manager.faults().add(Fault.of(FaultKind.MISSING_FIELD, "resource.domainName"));
        manager.faults().add(Fault.of(FaultKind.MISSING_FIELD, "resource.resourceIp"));

        assertThat(site.list(synced())).hasSize(37);
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

    private Optional<Site> paging = Optional.empty();

    /// A second site whose client asks for ten rows a page.
    private UUID paged() {
        var pace =
                new Pace(
                        Site.FAST.connect(),
                        Site.FAST.deadline(),
                        Site.FAST.pauses(),
                        Site.FAST.poll(),
                        Site.FAST.maxBody(),
                        10);
        var other = new Site(engine, pace);
        paging = Optional.of(other);
        return other.create(manager).id();
    }

    private Site pagedSite() {
        return paging.orElseThrow();
    }

    private Trust pin() {
        return new Trust(Trust.Mode.PIN, Optional.of(manager.fingerprint()), Optional.empty());
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

    private static CredentialQuery states(Credential.State state) {
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
