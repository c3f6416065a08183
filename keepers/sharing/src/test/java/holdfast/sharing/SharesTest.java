package holdfast.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Explanations;
import holdfast.access.Grant;
import holdfast.access.Role;
import holdfast.access.Scope;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.secret.Secret;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is shared holds at once, ends at once, and never exceeds its giver.
@ParameterizedClass
@EnumSource
class SharesTest {
    private final Site site;
    private final Principal bob; // of the tenant, by a role that says nothing of secrets
    private final Secret secret;

    SharesTest(TestDatabase engine) {
        site = new Site(engine);
        bob = site.person("bob", new Role("NONE", "", Set.of(), Set.of(), false));
        secret = site.create("db", "four green pears");
        site.create("other", "not shared");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void whoever_receives_a_share_finds_reads_and_explains_this_secret_and_no_other() {
        assertThat(refused(() -> site.open(bob, secret))).isEqualTo(Problem.NOT_PERMITTED);

        var share = site.share(site.ada, secret, Site.user(bob), Level.READ);

        assertThat(share.status()).isEqualTo(Share.State.ACTIVE);
        assertThat(share.allows())
                .containsExactlyInAnyOrder(Action.READ_SECRET, Action.REVEAL_SECRET);
        assertThat(site.open(bob, secret)).isEqualTo("four green pears");
        assertThat(listed(bob)).containsExactly("db");
        var why = site.access.explanations().own(bob, Action.REVEAL_SECRET, "secrets/prod/db");
        assertThat(why.sentence()).isEqualTo("A share on secrets/prod/db allows it.");
        assertThat(refused(() -> site.permit(bob, Action.WRITE_SECRET, secret)))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(site.events(TenantId.DEFAULT, "share.create", 1))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.resource()).isEqualTo("secrets/prod/db");
                    assertThat(event.body()).contains("user/" + bob.id(), share.id().toString());
                });
    }

    @Test
    void a_share_taken_back_or_expired_opens_nothing_with_the_next_request() {
        var share = site.share(site.ada, secret, Site.user(bob), Level.READ);
        var before = site.permit(bob, Action.REVEAL_SECRET, secret);
        site.room.shares().revoke(sharing(site.ada), share.id());

        assertThat(refused(() -> site.open(bob, secret))).isEqualTo(Problem.NOT_PERMITTED);
        var use = new holdfast.vault.Secrets.Use(Optional.empty(), Set.of(), Optional.empty());
        assertThat(refused(() -> site.vault.secrets().open(before, secret.id(), use)))
                .as("a permit from before")
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(one(share).status()).isEqualTo(Share.State.REVOKED);
        assertThat(one(share).revokedBy().orElseThrow().name()).isEqualTo("ada");

        var end = site.clock.instant().plus(Duration.ofHours(1));
        var short_ =
                site.share(
                        site.ada,
                        secret,
                        Site.user(bob),
                        new Shares.Terms(Level.READ, Optional.of(end)));
        assertThat(site.open(bob, secret)).isEqualTo("four green pears");
        site.clock.advance(Duration.ofHours(1));
        assertThat(refused(() -> site.open(bob, secret))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(one(short_).status()).isEqualTo(Share.State.EXPIRED);
    }

    @Test
    void nobody_shares_more_than_they_hold_and_a_share_ends_with_its_givers_right() {
        site.share(site.ada, secret, Site.user(bob), Level.READ_ROTATE_SHARE);
        var cay = site.person("cay", new Role("NONE", "", Set.of(), Set.of(), false));

        assertThat(refused(() -> site.share(bob, secret, Site.user(cay), Level.FULL)))
                .isEqualTo(Problem.NOT_PERMITTED);
        var further = site.share(bob, secret, Site.user(cay), Level.READ_ROTATE);
        assertThat(site.open(cay, secret)).isEqualTo("four green pears");

        site.assign(site.ada, Role.READ_ONLY); // may not share any more
        assertThat(refused(() -> site.open(bob, secret))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(refused(() -> site.open(cay, secret))).isEqualTo(Problem.NOT_PERMITTED);
        site.assign(site.ada, Role.USER);
        assertThat(site.open(cay, secret)).isEqualTo("four green pears");
        assertThat(further.sharedBy().name()).isEqualTo("bob");
    }

    @Test
    void a_denial_stands_above_every_share() {
        site.share(site.ada, secret, Site.user(bob), Level.READ);
        site.database.write(
                TenantId.DEFAULT,
                tx -> {
                    site.access
                            .grants()
                            .add(
                                    tx,
                                    TenantId.DEFAULT,
                                    new Grant(
                                            site.ids.next(),
                                            new Grant.Subject.One(bob.id()),
                                            Grant.Effect.DENY,
                                            Set.of(Action.REVEAL_SECRET),
                                            new holdfast.access.PathPattern("secrets/**"),
                                            site.clock.instant(),
                                            site.ada.id(),
                                            Optional.empty()));
                    return true;
                });
        site.access.roles().refresh(TenantId.DEFAULT);

        assertThat(refused(() -> site.open(bob, secret))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(listed(bob)).containsExactly("db");
    }

    @Test
    void everybody_with_a_role_receives_what_is_shared_with_it() {
        var rob = site.person("rob", Role.AUDITOR);
        site.share(site.ada, secret, new Shares.Receiver.Holders("AUDITOR"), Level.READ);

        assertThat(site.open(rob, secret)).isEqualTo("four green pears");
        assertThat(received(rob)).extracting(Share::account).containsExactly("db");
        site.assign(rob, new Role("NONE", "", Set.of(), Set.of(), false));
        assertThat(refused(() -> site.open(rob, secret))).isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_machine_without_a_role_reads_what_is_shared_with_it_until_that_is_revoked() {
        var ci = site.machine(TenantId.DEFAULT, "ci", Action.READ_SECRET, Action.REVEAL_SECRET);
        assertThat(refused(() -> site.open(ci, secret))).isEqualTo(Problem.NOT_PERMITTED);

        var share = site.share(site.ada, secret, machine("ci"), Level.FULL);

        assertThat(share.sharedWith())
                .isEqualTo(new Share.Party(Share.Kind.MACHINE, Optional.of(ci.id()), "ci"));
        assertThat(site.open(ci, secret)).isEqualTo("four green pears");
        assertThat(received(ci)).extracting(Share::account).containsExactly("db");
        site.room.shares().revoke(sharing(site.ada), share.id());
        assertThat(refused(() -> site.open(ci, secret))).isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_person_is_no_machine_a_machine_no_person_and_another_tenants_machine_is_nobody() {
        var ci = site.machine(TenantId.DEFAULT, "ci");
        site.machine(site.tenant("elsewhere"), "robot");

        for (var wrong :
                List.of(
                        machine("bob"),
                        Site.user(ci),
                        new Shares.Receiver.One(Principal.Kind.MACHINE, bob.id()),
                        machine("robot"))) {
            assertThat(refused(() -> site.share(site.ada, secret, wrong, Level.READ)))
                    .as(wrong.toString())
                    .isEqualTo(Problem.INVALID);
        }
    }

    private static Shares.Receiver machine(String name) {
        return new Shares.Receiver.Named(Principal.Kind.MACHINE, name);
    }

    @Test
    void lists_are_of_the_caller_filtered_and_counted() {
        var other = site.share(site.ada, secret, Site.user(bob), Level.READ);
        site.clock.advance(Duration.ofSeconds(1));
        site.share(
                site.ada,
                site.create("third", "x"),
                new Shares.Receiver.Named(Principal.Kind.USER, "bob"),
                Level.FULL);
        site.room.shares().revoke(sharing(site.ada), other.id());

        assertThat(given(site.ada, ShareQuery.ALL).total()).isEqualTo(2);
        assertThat(given(bob, ShareQuery.ALL).total()).isZero();
        assertThat(received(bob)).extracting(Share::account).containsExactly("third", "db");
        var full =
                new ShareQuery(
                        Optional.of("THIRD"),
                        Set.of(Level.FULL),
                        Set.of(Share.State.ACTIVE),
                        Optional.empty(),
                        1);
        assertThat(given(site.ada, full).items()).extracting(Share::account).contains("third");
        var first = given(site.ada, limited(Optional.empty()));
        var second = given(site.ada, limited(first.next().map(UUID::fromString)));
        assertThat(second.items()).extracting(Share::account).containsExactly("db");
        assertThat(second.next()).isEmpty();

        var counts = site.room.shares().statistics(reading(site.ada), Shares.Direction.GIVEN);
        assertThat(counts.permissions()).containsEntry("READ", 1L).containsEntry("FULL", 1L);
        assertThat(counts.states()).containsEntry("ACTIVE", 1L).containsEntry("REVOKED", 1L);
        assertThat(counts.receivers()).extracting(one -> one.party().name()).containsOnly("bob");
    }

    @Test
    void a_destroyed_secret_takes_its_shares_with_it_so_that_its_name_is_nobodys() {
        var share = site.share(site.ada, secret, Site.user(bob), Level.READ);
        site.destroy(secret);
        var again = site.create("db", "another");

        assertThat(refused(() -> site.open(bob, again))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(one(share).status()).isEqualTo(Share.State.REVOKED);
    }

    @Test
    void a_change_narrows_at_once_and_only_for_the_giver() {
        var share = site.share(site.ada, secret, Site.user(bob), Level.FULL);
        var less = new Shares.Terms(Level.READ, Optional.empty());
        assertThat(refused(() -> site.room.shares().change(sharing(bob), share.id(), less, 1)))
                .isEqualTo(Problem.NOT_FOUND);

        site.room.shares().change(sharing(site.ada), share.id(), less, 1);

        assertThat(refused(() -> site.permit(bob, Action.DELETE_SECRET, secret)))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(site.open(bob, secret)).isEqualTo("four green pears");
        assertThat(refused(() -> site.room.shares().change(sharing(site.ada), share.id(), less, 1)))
                .isEqualTo(Problem.VERSION_CONFLICT);
    }

    @Test
    void another_tenant_reads_what_it_accepted_by_its_own_policy_and_both_ledgers_tell() {
        var acme = site.tenant("acme");
        var eve = site.person(acme, "eve", Role.ADMIN);
        var offer = site.share(site.ada, secret, new Shares.Receiver.Tenant(acme), Level.READ);
        assertThat(offer.status()).isEqualTo(Share.State.PENDING);
        assertThat(refused(() -> visit(eve, offer))).isEqualTo(Problem.NOT_FOUND);
        assertThat(received(eve)).extracting(Share::status).containsExactly(Share.State.PENDING);

        var accepted = site.room.shares().answer(site.managing(eve), offer.id(), true);

        assertThat(accepted.status()).isEqualTo(Share.State.ACTIVE);
        assertThat(visit(eve, offer)).isEqualTo("four green pears");
        assertThat(site.events(TenantId.DEFAULT, "secret.visit", 1))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.actorName()).isEqualTo("eve");
                    assertThat(event.body()).contains(acme.toString());
                });
        assertThat(site.events(acme, "share.open", 1)).hasSize(1);
        assertThat(site.events(acme, "share.offer", 1)).hasSize(1);
        assertThat(refused(() -> site.permit(eve, Action.REVEAL_SECRET, secret)))
                .as("the id itself is still nobody's")
                .isEqualTo(Problem.NOT_FOUND);
        var mia = site.person(acme, "mia", Role.AUDITOR);
        assertThat(refused(() -> site.policy.scope(mia, Action.REVEAL_SECRET)))
                .isEqualTo(Problem.NOT_PERMITTED);

        site.room.shares().revoke(sharing(site.ada), offer.id());
        assertThat(refused(() -> visit(eve, offer))).isEqualTo(Problem.NOT_FOUND);
        assertThat(site.events(acme, "share.end", 1)).hasSize(1);
    }

    @Test
    void whoever_may_read_access_is_told_of_every_share_as_of_every_right() {
        site.share(site.ada, secret, Site.user(bob), Level.READ);
        var root = site.person("root", Role.ADMIN);
        var who =
                site.access
                        .explanations()
                        .who(
                                site.policy.permit(root, Action.READ_ACCESS, Explanations.RESOURCE),
                                Action.REVEAL_SECRET,
                                "secrets/prod/db");

        assertThat(who)
                .extracting(one -> one.principal())
                .containsExactlyInAnyOrder(root.id(), site.ada.id(), bob.id());
    }

    private String visit(Principal who, Share share) {
        var scope = site.policy.scope(who, Action.REVEAL_SECRET);
        var use = new holdfast.vault.Secrets.Use(Optional.empty(), Set.of(), Optional.empty());
        return Site.text(site.room.shared().open(scope, share.id(), use));
    }

    private List<String> listed(Principal who) {
        var query =
                new holdfast.secret.SecretQuery(
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Secret.State.ACTIVE,
                        holdfast.secret.SecretQuery.Sort.NAME,
                        false,
                        Optional.empty(),
                        100,
                        true);
        return site.vault.secrets().list(reading(who), query).items().stream()
                .map(Secret::account)
                .toList();
    }

    private Share one(Share share) {
        return given(site.ada, ShareQuery.ALL).items().stream()
                .filter(one -> one.id().equals(share.id()))
                .findFirst()
                .orElseThrow();
    }

    private Shares.Listing given(Principal who, ShareQuery query) {
        return site.room.shares().list(reading(who), Shares.Direction.GIVEN, query);
    }

    private List<Share> received(Principal who) {
        return site.room
                .shares()
                .list(reading(who), Shares.Direction.RECEIVED, ShareQuery.ALL)
                .items();
    }

    private static ShareQuery limited(Optional<UUID> after) {
        return new ShareQuery(Optional.empty(), Set.of(), Set.of(), after, 1);
    }

    private Scope reading(Principal who) {
        return site.policy.scope(who, Action.READ_SECRET);
    }

    private Scope sharing(Principal who) {
        return site.policy.scope(who, Action.SHARE_SECRET);
    }

    private static Problem refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var refusal = catchThrowableOfType(Refusal.class, call);
        assertThat(refusal).isNotNull();
        return refusal.problem();
    }
}
