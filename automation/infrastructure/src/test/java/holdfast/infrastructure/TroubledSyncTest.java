package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.comparison.Drift;
import holdfast.configuration.EnvironmentDraft;
import holdfast.estate.Run;
import holdfast.estate.SourceStatus;
import holdfast.kernel.SecretBytes;
import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.simulator.User;
import holdfast.testkit.TestDatabase;
import holdfast.vcf.Pace;
import holdfast.vcf.Status;
import holdfast.vcf.Trust;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A bad day at the appliance loses nothing, on both databases.
@ParameterizedClass
@EnumSource
class TroubledSyncTest {
    private Site site;
    private final Simulator manager =
            Simulator.start(SimulatorOptions.defaults(InstantSource.system()));

    private final TestDatabase engine;

    TroubledSyncTest(TestDatabase engine) {
        this.engine = engine;
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        manager.close();
        paging.ifPresent(Site::close);
        site.close();
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
        unanswered(Fault.of(FaultKind.TRICKLE).on("/v1/credentials"));
    }

    @Test
    void an_answer_that_never_comes_ends_at_the_deadline() {
        unanswered(Fault.of(FaultKind.HOLD).on("/v1/credentials"));
    }

    @Test
    void an_endless_answer_ends() {
        var id = synced();
        site = site.again(Site.IMPATIENT);
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
    void a_row_that_vanishes_between_pages_removes_nothing() {
        var id = paged();
        pagedSite().sync(id);
        manager.faults().add(Fault.of(FaultKind.VANISHING_ROW));
        var run = pagedSite().sync(id);

        assertThat(pagedSite().list(id)).hasSize(37);
        assertThat(run.sources().getFirst().sentence()).contains("nothing was removed");
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

    private Optional<Site> paging = Optional.empty();

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
        unharmed(synced(), fault, expected);
    }

    /// The same, of what ends by the client's deadline.
    private void unanswered(Fault fault) {
        var id = synced();
        site = site.again(Site.IMPATIENT);
        unharmed(id, fault, Status.TIMED_OUT);
    }

    private void unharmed(UUID id, Fault fault, Status expected) {
        var before = site.values(id);
        manager.estate().rotate(manager.estate().credentials().getFirst().id());
        manager.faults().add(fault);
        failing(id, expected);
        assertThat(site.values(id)).isEqualTo(before);
        manager.faults().clear();
        site = site.again(Site.FAST);
        site.sync(id);
        assertThat(site.values(id)).isEqualTo(Site.valuesOf(manager));
    }

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
}
