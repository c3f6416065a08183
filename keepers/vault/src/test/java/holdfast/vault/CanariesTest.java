package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Explanations;
import holdfast.access.Permit;
import holdfast.access.Role;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.ledger.Event;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import holdfast.testkit.TestDatabase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Reading a canary works, raises the alarm, and shows nothing of it to whoever reads.
@ParameterizedClass
@EnumSource
class CanariesTest {
    private final Site site;
    private final Principal uma;
    private final Secret canary;

    CanariesTest(TestDatabase engine) {
        site = new Site(engine);
        uma = site.person("uma", Role.USER);
        canary = site.create("prod", "root", "a plausible fake");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void reading_one_answers_the_fake_and_raises_a_critical_event_that_is_not_the_readers() {
        site.room.canaries().mark(managing(), canary.id(), false);

        assertThat(site.open(uma, canary, Optional.empty())).isEqualTo("a plausible fake");
        var target = new Batches.Target(Optional.of(canary.id()), Optional.empty());
        site.room
                .batches()
                .read(
                        site.policy.scope(uma, Action.REVEAL_SECRET),
                        List.of(new Batches.Item.Good<>(target)),
                        false)
                .forEach(one -> one.content().ifPresent(Content::close));

        assertThat(site.events("secret.canary", 2))
                .hasSize(2)
                .allSatisfy(event -> {
                    assertThat(event.severity()).isEqualTo(Event.Severity.CRITICAL);
                    assertThat(event.actorName()).isEqualTo("canary");
                    assertThat(event.body()).contains(uma.id().toString(), "\"locked\":false");
                });
        var shown =
                site.secrets()
                        .read(
                                site.policy.permit(uma, Action.READ_SECRET, Site.path(canary)),
                                canary.id());
        assertThat(shown).isEqualTo(canary);
        assertThat(site.open(uma, canary, Optional.empty())).isEqualTo("a plausible fake");
    }

    @Test
    void one_that_locks_denies_its_reader_everything_from_the_next_request_on() {
        var other = site.create("prod", "db", "real");
        site.room.canaries().mark(managing(), canary.id(), true);

        assertThat(site.open(uma, canary, Optional.empty())).isEqualTo("a plausible fake");

        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () -> site.open(uma, other, Optional.empty()))
                                .problem())
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(site.events("secret.canary").getFirst().body()).contains("\"locked\":true");
        assertThat(site.open(site.ada, other, Optional.empty())).isEqualTo("real");
    }

    @Test
    void the_last_who_could_mend_it_is_told_of_and_not_locked_out() {
        site.room.canaries().mark(managing(), canary.id(), true);

        site.open(site.ada, canary, Optional.empty());

        assertThat(site.open(site.ada, canary, Optional.empty())).isEqualTo("a plausible fake");
        assertThat(site.events("secret.canary").getFirst().body()).contains("\"locked\":false");
    }

    @Test
    void an_ordinary_secret_again_raises_nothing() {
        site.room.canaries().mark(managing(), canary.id(), false);
        assertThat(site.room.canaries().all(managing()))
                .extracting(one -> one.account())
                .containsExactly("root");
        site.room.canaries().unmark(managing(), canary.id());

        site.open(uma, canary, Optional.empty());

        assertThat(site.room.canaries().all(managing())).isEmpty();
        assertThat(site.events("secret.read")).hasSize(1);
        assertThat(site.events()).noneMatch(event -> event.action().equals("secret.canary"));
    }

    private Permit managing() {
        return site.policy.permit(site.ada, Action.MANAGE_ACCESS, Explanations.RESOURCE);
    }
}
