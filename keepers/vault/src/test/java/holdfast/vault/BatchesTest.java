package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Role;
import holdfast.access.Scope;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.Upkeep;
import holdfast.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What many secrets in one call promise, on both databases.
@ParameterizedClass
@EnumSource
class BatchesTest {
    private final Site site;

    BatchesTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_thousand_are_made_read_changed_and_deleted_with_one_event_each_time() {
        var drafts = new ArrayList<Batches.Item<Secrets.Draft>>();
        for (int i = 0; i < 1_000; i++) {
            drafts.add(draft("many/" + i % 7, "n" + i, "value " + i));
        }
        var made = batches().create(scope(Action.WRITE_SECRET), drafts, true);
        assertThat(made).hasSize(1_000).allMatch(one -> one.status() == 201);

        var read = batches().read(scope(Action.REVEAL_SECRET), targets(made), true);
        for (int i = 0; i < 1_000; i++) {
            try (var content = read.get(i).content().orElseThrow()) {
                assertThat(content.bytes().revealUtf8()).isEqualTo("value " + i);
            }
        }

        var updates = new ArrayList<Batches.Item<Batches.NewValueOf>>();
        for (var one : made) {
            updates.add(update(one, "next", 1));
        }
        assertThat(batches().update(scope(Action.WRITE_SECRET), updates, false))
                .allMatch(one -> one.status() == 200 && one.version().equals(Optional.of(2)));

        var ends = new ArrayList<Batches.Item<Batches.VersionOf>>();
        made.forEach(
                one -> ends.add(new Batches.Item.Good<>(new Batches.VersionOf(target(one), 2))));
        assertThat(batches().delete(scope(Action.DELETE_SECRET), ends, true))
                .allMatch(one -> one.status() == 200);

        var events = site.events("secret.batch", 4);
        assertThat(events)
                .allSatisfy(event ->
                        assertThat(event.body())
                                .contains(
                                        "\"count\":1000",
                                        made.getLast().id().orElseThrow().toString()));
    }

    @Test
    void each_item_has_an_answer_of_its_own() {
        site.create("prod", "db", "x");
        var answers =
                batches()
                        .create(
                                scope(Action.WRITE_SECRET),
                                List.of(
                                        draft("prod", "new", "1"),
                                        draft("prod", "db", "taken"),
                                        new Batches.Item.Bad<>(Problem.MALFORMED.because("no")),
                                        draft("prod", "new", "twice")),
                                false);

        assertThat(answers).extracting(Batches.Answer::status).containsExactly(201, 409, 400, 409);
        assertThat(site.events("secret.batch").getFirst().body())
                .contains("\"count\":1", "\"refused\":3");
    }

    @Test
    void all_or_nothing_leaves_nothing_behind_when_one_is_refused() {
        var taken = site.create("prod", "db", "x");
        var refusal =
                catchThrowableOfType(
                        Refusal.class,
                        () ->
                                batches()
                                        .create(
                                                scope(Action.WRITE_SECRET),
                                                List.of(
                                                        draft("prod", "one", "1"),
                                                        draft("prod", "two", "2"),
                                                        draft("prod", "db", "taken")),
                                                true));

        assertThat(refusal.problem()).isEqualTo(Problem.CONFLICT);
        assertThat(refusal.params()).containsEntry("item", "2");
        assertThat(site.secrets().list(scope(Action.READ_SECRET), Site.everything()).items())
                .extracting(Secret::id)
                .containsExactly(taken.id());
        assertThat(site.events()).noneMatch(event -> event.action().equals("secret.batch"));
    }

    @Test
    void the_same_secret_twice_in_one_call_is_changed_once() {
        var made =
                batches()
                        .create(
                                scope(Action.WRITE_SECRET),
                                List.of(draft("prod", "db", "1")),
                                false)
                        .getFirst();

        assertThat(
                        batches()
                                .update(
                                        scope(Action.WRITE_SECRET),
                                        List.of(update(made, "a", 1), update(made, "b", 1)),
                                        false))
                .extracting(Batches.Answer::status)
                .containsExactly(200, 412);
    }

    @Test
    void no_items_and_more_than_a_thousand_are_refused() {
        for (int size : List.of(0, 1_001)) {
            var items = new ArrayList<Batches.Item<Batches.Target>>();
            for (int i = 0; i < size; i++) {
                items.add(new Batches.Item.Bad<>(Problem.MALFORMED.because("no")));
            }
            assertThat(
                            catchThrowableOfType(
                                            Refusal.class,
                                            () ->
                                                    batches()
                                                            .read(
                                                                    scope(Action.REVEAL_SECRET),
                                                                    items,
                                                                    false))
                                    .problem())
                    .isEqualTo(Problem.INVALID);
        }
    }

    @Test
    void one_call_reads_changes_deletes_and_makes_each_with_its_own_right_and_one_event() {
        var kept = site.create("mixed", "kept", "as it was");
        var gone = site.create("mixed", "gone", "for the last time");
        var items =
                List.<Batches.Item<Batches.Operation>>of(
                        new Batches.Item.Good<>(new Batches.Operation.Read(byId(kept))),
                        new Batches.Item.Good<>(
                                new Batches.Operation.Update(
                                        new Batches.NewValueOf(
                                                byId(kept),
                                                new Secrets.NewValue(Site.text("as it is"), ""),
                                                1))),
                        new Batches.Item.Good<>(
                                new Batches.Operation.Delete(new Batches.VersionOf(byId(gone), 1))),
                        new Batches.Item.Good<>(
                                new Batches.Operation.Create(
                                        new Secrets.Draft(
                                                new SecretName("mixed", "new"),
                                                Site.text("fresh"),
                                                Details.NONE,
                                                Upkeep.USUAL))));

        var answers = batches().mixed(scope(Action.READ_SECRET), items, true);

        assertThat(answers).extracting(Batches.Answer::status).containsExactly(200, 200, 200, 201);
        try (var content = answers.getFirst().content().orElseThrow()) {
            assertThat(content.bytes().revealUtf8()).isEqualTo("as it was");
        }
        assertThat(site.open(kept)).isEqualTo("as it is");
        var event = site.events("secret.batch").getLast();
        assertThat(event.body())
                .contains("\"operation\":\"mixed\"", "\"read\":{\"%s\":1}".formatted(kept.id()));

        var reader = site.person("reader", Role.READ_ONLY);
        var refused = batches().mixed(site.policy.scope(reader, Action.READ_SECRET), items, false);
        assertThat(refused).extracting(Batches.Answer::status).containsExactly(200, 403, 403, 403);
        refused.forEach(one -> one.content().ifPresent(Content::close));
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () ->
                                                batches()
                                                        .mixed(
                                                                scope(Action.READ_SECRET),
                                                                items,
                                                                true))
                                .params())
                .as("all or nothing: the first that comes to nothing is named")
                .containsEntry("item", "1");
    }

    private static Batches.Target byId(Secret secret) {
        return new Batches.Target(Optional.of(secret.id()), Optional.empty());
    }

    private Batches batches() {
        return site.room.batches();
    }

    private Scope scope(Action action) {
        return site.policy.scope(site.ada, action);
    }

    private static Batches.Item<Secrets.Draft> draft(String service, String account, String value) {
        return new Batches.Item.Good<>(
                new Secrets.Draft(
                        new SecretName(service, account),
                        Site.text(value),
                        Details.NONE,
                        Upkeep.USUAL));
    }

    private static Batches.Item<Batches.NewValueOf> update(
            Batches.Answer made, String value, int expected) {
        return new Batches.Item.Good<>(
                new Batches.NewValueOf(
                        target(made), new Secrets.NewValue(Site.text(value), ""), expected));
    }

    private static List<Batches.Item<Batches.Target>> targets(List<Batches.Answer> made) {
        return made.stream()
                .<Batches.Item<Batches.Target>>map(one -> new Batches.Item.Good<>(target(one)))
                .toList();
    }

    private static Batches.Target target(Batches.Answer made) {
        return new Batches.Target(made.id(), Optional.empty());
    }
}
