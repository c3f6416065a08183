package holdfast.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Explanations;
import holdfast.access.Role;
import holdfast.kernel.Origin;
import holdfast.tenancy.Metadata;
import holdfast.testkit.Statements;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// No statement of this room walks through all shares or links, on both databases; only counting looks at each it counts.
@ParameterizedClass
@EnumSource
class SharingPlanTest {
    private static final Set<String> GROWING = Set.of("sharing_share", "sharing_link");

    private final Statements statements = new Statements();
    private final Site site;

    SharingPlanTest(TestDatabase engine) {
        site = new Site(engine, statements::around);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void every_statement_finds_its_rows_by_an_index() {
        shares();
        links();

        var found = statements.walks(site.database, GROWING);

        assertThat(found.walks()).filteredOn(walk -> !walk.contains("COUNT(*)")).isEmpty();
        assertThat(found.looked()).isGreaterThan(15);
    }

    /// The check can fail: a condition that no index begins with is found out.
    @Test
    void a_statement_without_an_index_is_found_out() {
        site.database.readPlatform(tx ->
                tx.createQuery("SELECT path FROM sharing_share WHERE service = 'x'")
                        .mapTo(String.class)
                        .list());

        assertThat(statements.walks(site.database, GROWING).walks()).isNotEmpty();
    }

    private void shares() {
        var secret = site.create("db", "x");
        var bob = site.person("bob", Role.USER);
        var shares = site.room.shares();
        var shared = site.share(site.ada, secret, Site.user(bob), Level.READ);
        site.share(site.ada, secret, new Shares.Receiver.Holders("OPERATOR"), Level.READ);
        site.open(bob, secret);
        var lending = site.policy.scope(site.ada, Action.SHARE_SECRET);
        var terms = new Shares.Terms(Level.READ, Optional.of(end()));
        shares.change(lending, shared.id(), terms, shared.version());
        var permit = site.permit(site.ada, Action.SHARE_SECRET, secret);
        var keeper = site.person("keeper", Role.ADMIN);
        var reading = site.policy.permit(keeper, Action.READ_ACCESS, Explanations.RESOURCE);
        for (var query : queries()) {
            shares.ofSecret(permit, secret.id(), query);
            shares.all(reading, query);
            for (var who : List.of(site.ada, bob)) {
                for (var direction : Shares.Direction.values()) {
                    shares.list(site.policy.scope(who, Action.READ_SECRET), direction, query);
                }
            }
        }
        shares.statistics(site.policy.scope(bob, Action.READ_SECRET), Shares.Direction.RECEIVED);
        shares.revoke(lending, shared.id());
        abroad();
        site.destroy(secret);
    }

    private void abroad() {
        var shop = site.tenant("shop");
        var eve = site.person(shop, "eve", Role.ADMIN);
        var secret = site.create("abroad", "x");
        var shares = site.room.shares();
        var offered = site.share(site.ada, secret, new Shares.Receiver.Tenant(shop), Level.FULL);
        shares.answer(site.managing(eve), offered.id(), true);
        var use = new holdfast.vault.Secrets.Use(Optional.empty(), Set.of(), Optional.empty());
        Site.text(
                site.room
                        .shared()
                        .open(site.policy.scope(eve, Action.REVEAL_SECRET), offered.id(), use));
        var cafe = site.tenant("cafe");
        var terms = new Shares.Terms(Level.READ, Optional.of(end()));
        var further = new Shares.Offer(new Shares.Receiver.Tenant(cafe), terms, Metadata.NONE);
        var lending = site.policy.scope(eve, Action.SHARE_SECRET);
        var passed = site.room.shared().pass(lending, offered.id(), further);
        var reading = site.policy.scope(eve, Action.READ_SECRET);
        shares.list(reading, Shares.Direction.GIVEN, ShareQuery.ALL);
        shares.list(reading, Shares.Direction.RECEIVED, ShareQuery.ALL);
        shares.revoke(lending, passed.id());
        shares.revoke(site.managing(site.person("keeper", Role.ADMIN)), offered.id());
    }

    private static List<ShareQuery> queries() {
        var after = Optional.of(UUID.randomUUID());
        return List.of(
                ShareQuery.ALL,
                new ShareQuery(
                        Optional.of("db"),
                        EnumSet.allOf(Level.class),
                        EnumSet.allOf(Share.State.class),
                        after,
                        10));
    }

    private void links() {
        var secret = site.create("linked", "x");
        var origin = new Origin("192.0.2.7", UUID.randomUUID());
        var terms = new Links.Terms(2, end(), "bob", List.of(), "");
        var made = site.link(secret, terms);
        site.opening.open(made.token(), "bob", origin).value().content().close();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> site.opening.open(made.token(), "mallory", origin))
                .isInstanceOf(holdfast.kernel.Refusal.class);
        var links = site.room.links();
        links.ofSecret(site.permit(site.ada, Action.SHARE_SECRET, secret), secret.id());
        links.revoke(site.policy.scope(site.ada, Action.SHARE_SECRET), made.link().id());
        site.destroy(secret);
    }

    private java.time.Instant end() {
        return site.clock.instant().plus(Duration.ofHours(1));
    }
}
