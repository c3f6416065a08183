package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.Role;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.secret.Secret;
import holdfast.testkit.TestDatabase;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What an id tells to whom, on both databases.
@ParameterizedClass
@EnumSource
class SecretDoorTest {
    private static final UUID NEVER = UUID.fromString("0198c0de-0000-7000-8000-000000000001");

    private final Site site;
    private final Permits permits;

    SecretDoorTest(TestDatabase engine) {
        site = new Site(engine);
        permits = site.permits();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void an_id_that_may_not_be_seen_is_answered_like_one_that_never_was() {
        var secret = site.create("board", "minutes", "x");
        var grace = site.person("grace");
        site.grant(grace, Grant.Effect.ALLOW, "secrets/shop/**", Set.of(Action.REVEAL_SECRET));

        var hidden = refusal(grace, Action.REVEAL_SECRET, secret.id());
        var never = refusal(grace, Action.REVEAL_SECRET, NEVER);

        assertThat(hidden.problem()).isEqualTo(Problem.NOT_FOUND).isEqualTo(never.problem());
        assertThat(hidden.detail()).isEqualTo(never.detail());
        assertThat(hidden.params()).isEqualTo(never.params());
        assertThat(site.events("secret.miss", 2))
                .extracting(entry -> entry.outcome() + " " + entry.body())
                .containsExactly(
                        "REFUSED {\"wanted\":\"REVEAL_SECRET\"}",
                        "REFUSED {\"wanted\":\"REVEAL_SECRET\"}");
    }

    @Test
    void who_may_see_a_secret_is_told_which_right_is_missing() {
        var secret = site.create("prod", "db", "x");
        var grace = site.person("grace");
        site.grant(grace, Grant.Effect.ALLOW, "secrets/prod/**", Set.of(Action.READ_SECRET));
        site.grant(grace, Grant.Effect.ALLOW, "secrets/shop/**", Set.of(Action.REVEAL_SECRET));

        var refusal = refusal(grace, Action.REVEAL_SECRET, secret.id());

        assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
        assertThat(refusal.params()).containsEntry("action", "REVEAL_SECRET");
    }

    @Test
    void who_may_do_it_nowhere_is_refused_before_any_look() {
        var secret = site.create("prod", "db", "x");
        var alan = site.person("alan", Role.AUDITOR);

        assertThat(refusal(alan, Action.REVEAL_SECRET, secret.id()).problem())
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(refusal(alan, Action.REVEAL_SECRET, NEVER).problem())
                .isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_right_on_one_path_opens_this_one_alone() {
        var one = site.create("prod/db", "app", "mine");
        var other = site.create("prod/db", "root", "not mine");
        var grace = site.person("grace");
        site.grant(
                grace,
                Grant.Effect.ALLOW,
                "secrets/prod/db/app",
                Set.of(Action.READ_SECRET, Action.REVEAL_SECRET));

        assertThat(site.open(grace, one, java.util.Optional.empty())).isEqualTo("mine");
        assertThat(refusal(grace, Action.REVEAL_SECRET, other.id()).problem())
                .isEqualTo(Problem.NOT_FOUND);
        var listing =
                site.secrets()
                        .list(site.policy.scope(grace, Action.READ_SECRET), Site.everything());
        assertThat(listing.items()).extracting(Secret::id).containsExactly(one.id());
        assertThat(listing.total()).contains(1L);
    }

    @Test
    void a_remembered_path_opens_nothing_once_the_right_is_gone() {
        var secret = site.create("prod", "db", "x");
        var grace = site.person("grace");
        var grant =
                site.grant(
                        grace,
                        Grant.Effect.ALLOW,
                        "secrets/prod/**",
                        Set.of(Action.READ_SECRET, Action.REVEAL_SECRET));
        site.grant(grace, Grant.Effect.ALLOW, "secrets/shop/**", Set.of(Action.REVEAL_SECRET));
        permits.on(grace, Action.REVEAL_SECRET, secret.id());

        site.revoke(grant);

        assertThat(refusal(grace, Action.REVEAL_SECRET, secret.id()).problem())
                .isEqualTo(Problem.NOT_FOUND);
    }

    private Refusal refusal(Principal who, Action action, UUID id) {
        return catchThrowableOfType(Refusal.class, () -> permits.on(who, action, id));
    }
}
