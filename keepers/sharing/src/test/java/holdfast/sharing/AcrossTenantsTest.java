package holdfast.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.PathPattern;
import holdfast.access.Role;
import holdfast.access.Scope;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.secret.Change;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import holdfast.tenancy.Metadata;
import holdfast.tenancy.Quota;
import holdfast.testkit.TestDatabase;
import holdfast.vault.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Each level does across tenants what it says, by the owner's rules, and nothing of a level above it.
@ParameterizedClass
@EnumSource
class AcrossTenantsTest {
    private final Site site;
    private final TenantId acme;
    private final TenantId third;
    private final Principal eve; // administrator of acme
    private final Principal tod; // administrator of the third
    private final Secret secret;

    AcrossTenantsTest(TestDatabase engine) {
        site = new Site(engine);
        acme = site.tenant("acme");
        third = site.tenant("third");
        eve = site.person(acme, "eve", Role.ADMIN);
        tod = site.person(third, "tod", Role.ADMIN);
        secret = site.create("db", "four green pears");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void whoever_may_read_sees_the_secret_and_its_values_and_nobody_of_its_owner() {
        var share = accepted(Level.READ);

        var shown = shared().read(scope(eve, Action.READ_SECRET), share.id());

        assertThat(shown.account()).isEqualTo("db");
        assertThat(shown.version()).isEqualTo(1);
        assertThat(shown.tenant().id()).isEqualTo(TenantId.DEFAULT.value());
        assertThat(shown.allows())
                .containsExactlyInAnyOrder(Action.READ_SECRET, Action.REVEAL_SECRET);
        assertThat(open(eve, share)).isEqualTo("four green pears");
        assertThat(shared().versions(scope(eve, Action.READ_SECRET), share.id())).hasSize(1);
        for (var more :
                List.<ThrowingCallable>of(
                        () -> put(eve, share, "no", 1),
                        () -> delete(eve, share),
                        () -> shared().undelete(scope(eve, Action.DELETE_SECRET), share.id()),
                        () -> shared().destroy(scope(eve, Action.DELETE_SECRET), share.id()),
                        () -> pass(eve, share, Level.READ))) {
            assertThat(refused(more)).isEqualTo(Problem.NOT_PERMITTED);
        }
        assertThat(site.events(acme, "access.refuse", 5))
                .allSatisfy(
                        event -> assertThat(event.resource()).isEqualTo(share("/secrets/prod/db")));
        assertThat(site.open(site.ada, secret)).isEqualTo("four green pears");
    }

    @Test
    void whoever_may_rotate_gives_new_values_and_details_that_count_and_stand_with_the_owner() {
        var share = accepted(Level.READ_ROTATE);
        long before = stored(TenantId.DEFAULT);

        var second = put(eve, share, "five red apples", 1);
        var tagged =
                new Change(
                        Optional.empty(),
                        Optional.of(List.of("theirs")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        var write = scope(eve, Action.WRITE_SECRET);
        var changed = shared().change(write, share.id(), tagged, second.version());
        var back = shared().rollBack(write, share.id(), 1, "", changed.version());

        assertThat(back.version()).isEqualTo(4);
        assertThat(site.open(site.ada, secret)).isEqualTo("four green pears");
        assertThat(stored(TenantId.DEFAULT)).isGreaterThan(before);
        assertThat(stored(acme)).isZero();
        assertThat(site.events(TenantId.DEFAULT, "secret.update", 2))
                .allSatisfy(event -> {
                    assertThat(event.actorName()).isEqualTo("eve");
                    assertThat(event.body()).contains("\"tenant\":\"" + acme + "\"");
                });
        assertThat(site.events(acme, "share.write", 3))
                .extracting(Entry::resource)
                .containsOnly(share("/secrets/prod/db"));
        assertThat(refused(() -> put(eve, share, "late", 1))).isEqualTo(Problem.VERSION_CONFLICT);
        assertThat(refused(() -> delete(eve, share))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(refused(() -> pass(eve, share, Level.READ))).isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_full_quota_of_the_owner_refuses_the_visitor_and_neither_ledger_tells_of_a_change() {
        var share = accepted(Level.READ_ROTATE);
        long most = stored(TenantId.DEFAULT) + 3;
        site.database.writePlatform(tx -> {
            var limits = Map.of(Quota.STORAGE_BYTES, OptionalLong.of(most));
            site.tenancy.tenants().limit(tx, TenantId.DEFAULT, limits);
            return true;
        });

        assertThat(refused(() -> put(eve, share, "four", 1))).isEqualTo(Problem.QUOTA_EXCEEDED);

        put(eve, share, "fit", 1); // three bytes
        assertThat(site.events(acme, "share.write", 1)).hasSize(1);
        assertThat(site.events(TenantId.DEFAULT, "secret.update", 1)).hasSize(1);
    }

    @Test
    void
            whoever_may_share_passes_it_to_a_third_tenant_up_to_their_level_and_as_long_as_they_hold() {
        var share = accepted(Level.READ_ROTATE_SHARE);
        assertThat(refused(() -> pass(eve, share, Level.FULL))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(
                        refused(() ->
                                shared().pass(
                                                scope(eve, Action.SHARE_SECRET),
                                                share.id(),
                                                offer(Site.user(site.ada)))))
                .as("nobody of the owner's people")
                .isEqualTo(Problem.INVALID);
        assertThat(
                        refused(() ->
                                shared().pass(
                                                scope(eve, Action.SHARE_SECRET),
                                                share.id(),
                                                offer(
                                                        new Shares.Receiver.Tenant(
                                                                TenantId.DEFAULT)))))
                .isEqualTo(Problem.INVALID);

        var passed = pass(eve, share, Level.READ_ROTATE);
        site.room.shares().answer(site.managing(tod), passed.id(), true);

        assertThat(passed.sharedBy())
                .isEqualTo(new Share.Party(Share.Kind.TENANT, Optional.of(acme.value()), ""));
        assertThat(open(tod, passed)).isEqualTo("four green pears");
        put(tod, passed, "six plums", 1);
        assertThat(site.open(site.ada, secret)).isEqualTo("six plums");
        assertThat(site.events(TenantId.DEFAULT, "share.create", 2))
                .anySatisfy(event ->
                        assertThat(event.body())
                                .contains("\"tenant\":\"" + acme + "\"", "tenant/" + third));
        assertThat(site.events(acme, "share.pass", 1)).hasSize(1);
        assertThat(given(eve)).extracting(Share::id).containsExactly(passed.id());

        site.room.shares().revoke(scope(site.ada, Action.SHARE_SECRET), share.id());
        assertThat(refused(() -> open(tod, passed))).isEqualTo(Problem.NOT_FOUND);
        assertThat(refused(() -> open(eve, share))).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void
            what_was_passed_on_is_changed_and_revoked_by_the_tenant_that_did_and_ends_with_its_owner() {
        var share = accepted(Level.READ_ROTATE_SHARE);
        var passed = pass(eve, share, Level.READ_ROTATE);
        site.room.shares().answer(site.managing(tod), passed.id(), true);
        var gus = site.person(acme, "gus", Role.USER);
        var less = new Shares.Terms(Level.READ, Optional.empty());

        var narrowed =
                site.room.shares().change(scope(gus, Action.SHARE_SECRET), passed.id(), less, 2);
        assertThat(narrowed.permission()).isEqualTo(Level.READ);
        assertThat(refused(() -> put(tod, passed, "no", 1))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(
                        refused(() ->
                                site.room
                                        .shares()
                                        .revoke(scope(tod, Action.SHARE_SECRET), passed.id())))
                .isEqualTo(Problem.NOT_FOUND);
        site.room.shares().revoke(scope(gus, Action.SHARE_SECRET), passed.id());

        assertThat(refused(() -> open(tod, passed))).isEqualTo(Problem.NOT_FOUND);
        assertThat(open(eve, share)).isEqualTo("four green pears");
        assertThat(site.events(acme, "share.pass", 3)).hasSize(3);
        assertThat(site.events(third, "share.end", 1)).hasSize(1);

        var again = pass(eve, share, Level.READ);
        site.room.shares().revoke(site.managing(site.person("root", Role.ADMIN)), again.id());
        assertThat(site.events(acme, "share.pass", 5)).hasSize(5);
    }

    @Test
    void whoever_has_all_of_it_deletes_undeletes_and_destroys_it() {
        var share = accepted(Level.FULL);

        var deleted = delete(eve, share);
        assertThat(deleted.state()).isEqualTo(Secret.State.DELETED);
        assertThat(refused(() -> site.open(site.ada, secret))).isEqualTo(Problem.NOT_FOUND);
        shared().undelete(scope(eve, Action.DELETE_SECRET), share.id());
        assertThat(site.open(site.ada, secret)).isEqualTo("four green pears");
        delete(eve, share);
        shared().destroy(scope(eve, Action.DELETE_SECRET), share.id());

        assertThat(refused(() -> open(eve, share))).isEqualTo(Problem.NOT_FOUND);
        assertThat(site.events(TenantId.DEFAULT, "secret.destroy", 1))
                .singleElement()
                .satisfies(event -> assertThat(event.actorName()).isEqualTo("eve"));
        assertThat(site.events(acme, "share.write", 4))
                .extracting(Entry::body)
                .anySatisfy(body -> assertThat(body).contains("destroy"));
    }

    @Test
    void a_share_never_allows_more_than_its_giver_may_and_ends_with_its_time() {
        var end = site.clock.instant().plus(Duration.ofHours(1));
        var share =
                answered(
                        site.share(
                                site.ada,
                                secret,
                                new Shares.Receiver.Tenant(acme),
                                new Shares.Terms(Level.FULL, Optional.of(end))));
        deny(site.ada, Action.WRITE_SECRET, "secrets/prod/**");

        assertThat(refused(() -> put(eve, share, "no", 1))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(open(eve, share)).isEqualTo("four green pears");
        site.clock.advance(Duration.ofHours(1));
        assertThat(refused(() -> open(eve, share))).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void where_the_rules_forbid_sharing_nothing_new_is_and_others_stay_out() {
        var share = accepted(Level.READ);
        site.sharing(false);

        assertThat(refused(() -> open(eve, share))).isEqualTo(Problem.NOT_FOUND);
        assertThat(
                        refused(() ->
                                site.share(
                                        site.ada,
                                        secret,
                                        new Shares.Receiver.Tenant(acme),
                                        Level.READ)))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(site.open(site.ada, secret)).isEqualTo("four green pears");

        site.sharing(true);
        assertThat(open(eve, share)).isEqualTo("four green pears");
    }

    @Test
    void the_receiving_tenant_decides_which_of_its_people_do_what() {
        var share = accepted(Level.FULL);
        var gus = site.person(acme, "gus", Role.USER);
        var rob = site.person(acme, "rob", Role.READ_ONLY);
        deny(gus, Action.DELETE_SECRET, share("/**"));

        put(gus, share, "by gus", 1);
        assertThat(refused(() -> delete(gus, share))).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(open(rob, share)).isEqualTo("by gus");
        assertThat(refused(() -> put(rob, share, "no", 2))).isEqualTo(Problem.NOT_PERMITTED);
        var tess = site.person(third, "tess", Role.ADMIN);
        assertThat(
                        Stream.<ThrowingCallable>of(
                                        () -> open(tess, share),
                                        () -> put(tess, share, "no", 2),
                                        () -> delete(tess, share),
                                        () -> pass(tess, share, Level.READ))
                                .map(AcrossTenantsTest::refused))
                .containsOnly(Problem.NOT_FOUND);
    }

    private void deny(Principal who, Action action, String pattern) {
        var denial =
                new Grant(
                        site.ids.next(),
                        new Grant.Subject.One(who.id()),
                        Grant.Effect.DENY,
                        Set.of(action),
                        new PathPattern(pattern),
                        site.clock.instant(),
                        eve.id(),
                        Optional.empty());
        site.database.write(
                who.tenant(),
                tx -> {
                    site.access.grants().add(tx, who.tenant(), denial);
                    return true;
                });
        site.access.roles().refresh(who.tenant());
    }

    /// What acme's policy calls a thing of the first tenant.
    private static String share(String rest) {
        return "shared/" + TenantId.DEFAULT + rest;
    }

    private Share accepted(Level level) {
        return answered(site.share(site.ada, secret, new Shares.Receiver.Tenant(acme), level));
    }

    private Share answered(Share offer) {
        return site.room.shares().answer(site.managing(eve), offer.id(), true);
    }

    private SharedSecrets shared() {
        return site.room.shared();
    }

    private Scope scope(Principal who, Action action) {
        return site.policy.scope(who, action);
    }

    private String open(Principal who, Share share) {
        var use = new Secrets.Use(Optional.empty(), Set.of(), Optional.empty());
        return Site.text(shared().open(scope(who, Action.REVEAL_SECRET), share.id(), use));
    }

    private SharedSecrets.Shown put(Principal who, Share share, String value, int expected) {
        var content = new Content(Content.Kind.TEXT, SecretBytes.ofUtf8(value));
        return shared().put(
                        scope(who, Action.WRITE_SECRET),
                        share.id(),
                        new Secrets.NewValue(content, ""),
                        expected);
    }

    private SharedSecrets.Shown delete(Principal who, Share share) {
        int version = shared().read(scope(who, Action.READ_SECRET), share.id()).version();
        return shared().delete(scope(who, Action.DELETE_SECRET), share.id(), version);
    }

    private Share pass(Principal who, Share share, Level level) {
        var offer =
                new Shares.Offer(
                        new Shares.Receiver.Tenant(third),
                        new Shares.Terms(level, Optional.empty()),
                        Metadata.NONE);
        return shared().pass(scope(who, Action.SHARE_SECRET), share.id(), offer);
    }

    private static Shares.Offer offer(Shares.Receiver with) {
        return new Shares.Offer(
                with, new Shares.Terms(Level.READ, Optional.empty()), Metadata.NONE);
    }

    private List<Share> given(Principal who) {
        return site.room
                .shares()
                .list(scope(who, Action.READ_SECRET), Shares.Direction.GIVEN, ShareQuery.ALL)
                .items();
    }

    private long stored(TenantId tenant) {
        return site.database.read(tenant, tx -> site.tenancy.quotas().uses(tx, tenant)).stream()
                .filter(use -> use.quota() == Quota.STORAGE_BYTES)
                .findFirst()
                .orElseThrow()
                .used();
    }

    private static Problem refused(ThrowingCallable call) {
        var refusal = catchThrowableOfType(Refusal.class, call);
        assertThat(refusal).isNotNull();
        return refusal.problem();
    }
}
