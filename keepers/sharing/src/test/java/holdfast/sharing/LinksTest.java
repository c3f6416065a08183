package holdfast.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Role;
import holdfast.kernel.Origin;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.secret.Secret;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A link opens as often as it says, for whom it says, and no longer than its maker might.
@ParameterizedClass
@EnumSource
class LinksTest {
    private static final int AT_ONCE = 1_000;

    private final Site site;
    private final Secret secret;

    LinksTest(TestDatabase engine) {
        site = new Site(engine);
        secret = site.create("db", "four green pears");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void of_a_thousand_who_come_at_once_one_opens_a_link_for_one() throws Exception {
        var made = site.link(secret, terms(1));

        var outcomes = new HashSet<Object>();
        int opened = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all =
                    IntStream.range(0, AT_ONCE)
                            .mapToObj(_ -> (Callable<Boolean>) () -> opens(made.token(), outcomes))
                            .toList();
            for (Future<Boolean> one : threads.invokeAll(all)) {
                opened += one.get() ? 1 : 0;
            }
        }

        assertThat(opened).isEqualTo(1);
        assertThat(outcomes)
                .contains(Problem.NOT_FOUND)
                .isSubsetOf(
                        Problem.NOT_FOUND,
                        Problem.UNAVAILABLE); // who waited too long for a connection
        assertThat(shown(made).status()).isEqualTo(Link.Status.USED_UP);
        assertThat(site.events(TenantId.DEFAULT, "secret.reveal", 1))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.actor()).isEqualTo(made.link().id());
                    assertThat(event.actorKind()).isEqualTo("LINK");
                    assertThat(event.actorName()).isEqualTo("link of ada");
                    assertThat(event.address()).isEqualTo("192.0.2.7");
                });
    }

    @Test
    void where_the_rules_forbid_sharing_no_link_is_made_and_none_opens() {
        var made = site.link(secret, terms(1));
        site.sharing(false);

        assertThat(refusal(() -> open(made.token())).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(refusal(() -> site.link(secret, terms(1))).problem())
                .isEqualTo(Problem.NOT_PERMITTED);

        site.sharing(true);
        assertThat(opens(made.token(), new HashSet<>())).isTrue();
    }

    private boolean opens(String token, Set<Object> outcomes) {
        try {
            open(token);
            return true;
        } catch (Refusal refusal) {
            synchronized (outcomes) {
                outcomes.add(refusal.problem());
            }
            return false;
        }
    }

    @Test
    void what_opens_nothing_is_answered_alike_whatever_the_reason() {
        var unknown = refusal(() -> open("hfl_" + "A".repeat(43)));
        assertThat(unknown.problem()).isEqualTo(Problem.NOT_FOUND);

        var used = site.link(secret, terms(1));
        open(used.token());
        var revoked = site.link(secret, terms(1));
        site.room
                .links()
                .revoke(site.policy.scope(site.ada, Action.SHARE_SECRET), revoked.link().id());
        var elsewhere = site.link(secret, terms(1, "", List.of("10.0.0.0/8")));
        var another = site.link(secret, terms(1, "bob@example.org", List.of()));
        var expired = site.link(secret, terms(1));
        for (var one : List.of(used, revoked, elsewhere, another)) {
            assertThat(refusal(() -> open(one.token())).detail()).isEqualTo(unknown.detail());
        }
        site.clock.advance(Duration.ofHours(1));
        assertThat(refusal(() -> open(expired.token())).detail()).isEqualTo(unknown.detail());
        assertThat(site.events(TenantId.DEFAULT, "link.refuse", 5))
                .extracting(event -> event.outcome())
                .containsOnly(holdfast.ledger.Event.Outcome.REFUSED);
    }

    @Test
    void it_opens_for_its_audience_and_from_its_addresses_as_often_as_it_says() {
        var made = site.link(secret, terms(2, "Bob@Example.org", List.of("192.0.2.0/24")));

        assertThat(open(made.token(), " bob@example.ORG ")).isEqualTo("four green pears");
        assertThat(shown(made).usesLeft()).isEqualTo(1);
        assertThat(open(made.token(), "bob@example.org")).isEqualTo("four green pears");
        assertThat(refusal(() -> open(made.token(), "bob@example.org")).problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void whoever_guesses_the_audience_locks_the_link() {
        var made = site.link(secret, terms(1, "bob", List.of()));
        for (int i = 0; i < LinkRow.MOST_MISSES; i++) {
            refusal(() -> open(made.token(), "mallory"));
        }

        assertThat(refusal(() -> open(made.token(), "bob")).problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(shown(made).status()).isEqualTo(Link.Status.LOCKED);
    }

    @Test
    void it_ends_with_its_makers_right_and_is_not_used_up_by_being_refused() {
        var made = site.link(secret, terms(1));
        site.assign(site.ada, Role.READ_ONLY);
        assertThat(refusal(() -> open(made.token())).problem()).isEqualTo(Problem.NOT_FOUND);

        site.assign(site.ada, Role.USER);
        assertThat(open(made.token())).isEqualTo("four green pears");
    }

    @Test
    void a_copy_of_the_table_opens_nothing() {
        var made = site.link(secret, terms(1));
        assertThat(made.toString()).doesNotContain(made.token());

        var stored =
                site.database.readPlatform(tx ->
                        tx.createQuery("SELECT token FROM sharing_link").mapTo(byte[].class).one());
        assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(made.token())
                .hasSize(32);
        assertThat(site.ledger.ledger().after(TenantId.DEFAULT, 0, 100))
                .noneMatch(event -> event.body().contains(made.token()));
    }

    @Test
    void a_destroyed_secret_takes_its_links_with_it() {
        var made = site.link(secret, terms(5));
        site.destroy(secret);
        site.create("db", "another");

        assertThat(refusal(() -> open(made.token())).problem()).isEqualTo(Problem.NOT_FOUND);
    }

    private Links.Terms terms(int uses) {
        return terms(uses, "", List.of());
    }

    private Links.Terms terms(int uses, String audience, List<String> addresses) {
        var end = site.clock.instant().plus(Duration.ofHours(1));
        return new Links.Terms(uses, end, audience, addresses, "for the night shift");
    }

    private Link shown(Links.Made made) {
        return site
                .room
                .links()
                .ofSecret(site.permit(site.ada, Action.SHARE_SECRET, secret), secret.id())
                .stream()
                .filter(one -> one.id().equals(made.link().id()))
                .findFirst()
                .orElseThrow();
    }

    private String open(String token) {
        return open(token, "");
    }

    private String open(String token, String audience) {
        var origin = new Origin("192.0.2.7", new UUID(0, 7));
        return Site.text(site.opening.open(token, audience, origin).value());
    }

    private static Refusal refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var refusal = catchThrowableOfType(Refusal.class, call);
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
