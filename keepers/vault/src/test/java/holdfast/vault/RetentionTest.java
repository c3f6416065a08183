package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.SecretQuery;
import holdfast.secret.Upkeep;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the room does by itself, when its time has come and no sooner, on both databases.
@ParameterizedClass
@EnumSource
class RetentionTest {
    private final Site site;

    RetentionTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void what_was_deleted_is_destroyed_after_thirty_days() {
        var secret = site.create("prod", "db", "one");
        var permit = site.policy.permit(site.ada, Action.DELETE_SECRET, Site.path(secret));
        site.secrets().delete(permit, secret.id(), 1);

        site.clock.advance(Duration.ofDays(30).minusSeconds(1));
        run();
        assertThat(list(Secret.State.DELETED)).hasSize(1);

        site.clock.advance(Duration.ofSeconds(1));
        run();
        assertThat(list(Secret.State.DELETED)).isEmpty();
        assertThat(site.events("secret.destroy"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.actorName()).isEqualTo("retention");
                    assertThat(event.body()).contains(secret.id().toString());
                });
        assertThat(site.create("prod", "db", "again").version()).isEqualTo(1);
    }

    @Test
    void what_expires_is_marked_archived_or_deleted_by_its_own_rule() {
        for (var rule : Upkeep.OnExpiry.values()) {
            site.create(
                    "prod",
                    rule.name(),
                    "x",
                    Details.NONE,
                    new Upkeep(
                            Optional.of(site.clock.instant().plus(Duration.ofDays(1))),
                            rule,
                            10,
                            Optional.empty()));
        }
        run();
        assertThat(list(Secret.State.ACTIVE)).hasSize(3).noneMatch(Secret::expired);

        site.clock.advance(Duration.ofDays(1));
        run();
        run();

        assertThat(list(Secret.State.ACTIVE))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.account()).isEqualTo("MARK");
                    assertThat(one.expired()).isTrue();
                });
        var archived = list(Secret.State.ARCHIVED).getFirst();
        assertThat(archived.account()).isEqualTo("ARCHIVE");
        assertThat(site.open(archived)).isEqualTo("x");
        assertThat(list(Secret.State.DELETED))
                .singleElement()
                .satisfies(one -> assertThat(one.account()).isEqualTo("DELETE"));
        assertThat(site.events("secret.expire", 2))
                .extracting(event -> event.body().replaceAll(".*\"done\":\"([a-z]+)\".*", "$1"))
                .containsExactlyInAnyOrder("archive", "delete");
        assertThat(site.put(archived, "y", 1).state()).isEqualTo(Secret.State.ACTIVE);
    }

    @Test
    void versions_go_after_their_days_and_the_active_one_never() {
        var upkeep = new Upkeep(Optional.empty(), Upkeep.OnExpiry.MARK, 10, Optional.of(7));
        var secret = site.create("prod", "db", "one", Details.NONE, upkeep);
        site.put(secret, "two", 1);
        site.clock.advance(Duration.ofDays(5));
        site.put(secret, "three", 2);

        site.clock.advance(Duration.ofDays(3));
        run();
        assertThat(problem(() -> site.open(secret, Optional.of(2)))).isEqualTo(Problem.NOT_FOUND);
        assertThat(site.events("secret.prune").getFirst().body()).contains("\"last\":2");

        site.clock.advance(Duration.ofDays(300));
        run();
        assertThat(site.open(secret)).isEqualTo("three");
    }

    private void run() {
        site.room.jobs().forEach(job -> job.run().run());
    }

    private List<Secret> list(Secret.State state) {
        var all = Site.everything();
        return site.secrets()
                .list(
                        site.policy.scope(site.ada, Action.READ_SECRET),
                        new SecretQuery(
                                all.text(),
                                all.under(),
                                all.tags(),
                                state,
                                all.sort(),
                                false,
                                all.after(),
                                all.limit(),
                                false))
                .items();
    }

    private static Problem problem(Runnable work) {
        return catchThrowableOfType(Refusal.class, work::run).problem();
    }
}
