package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Role;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.secret.Change;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Differences;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.Upkeep;
import holdfast.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the room promises of one secret, on both databases.
@ParameterizedClass
@EnumSource
class SecretsTest {
    private final Site site;

    SecretsTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_stored_value_opens_again_and_every_opening_is_an_event() {
        var secret = site.create("prod/db", "app", "höchst geheim");

        assertThat(site.open(secret)).isEqualTo("höchst geheim");
        assertThat(site.open(secret)).isEqualTo("höchst geheim");

        assertThat(site.events("secret.create"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.resource()).isEqualTo("secrets/prod/db/app");
                    assertThat(event.body()).contains(secret.id().toString(), "\"version\":1");
                });
        assertThat(site.events("secret.read", 2))
                .hasSize(2)
                .noneMatch(event -> event.body().contains("geheim"));
        assertThat(site.room.cache().hits()).isEqualTo(1);
        assertThat(site.room.cache().misses()).isEqualTo(1);
    }

    @Test
    void bytes_come_back_as_they_were() {
        var bytes = new byte[1024 * 1024];
        new java.util.Random(7).nextBytes(bytes);
        var name = new SecretName("files", "key.bin");
        var secret =
                site.secrets()
                        .create(
                                site.policy.permit(site.ada, Action.WRITE_SECRET, name.resource()),
                                new Secrets.Draft(
                                        name,
                                        new Content(
                                                Content.Kind.BINARY,
                                                SecretBytes.owning(bytes.clone())),
                                        Details.NONE,
                                        Upkeep.USUAL));

        var permit = site.policy.permit(site.ada, Action.REVEAL_SECRET, name.resource());
        var use = new Secrets.Use(Optional.empty(), Set.of(), Optional.empty());
        var opened = (Secrets.Opened.Value) site.secrets().open(permit, secret.id(), use);

        assertThat(opened.content().kind()).isEqualTo(Content.Kind.BINARY);
        byte[] back = opened.content().bytes().use(byte[]::clone);
        assertThat(back).isEqualTo(bytes);
    }

    @Test
    void a_value_above_a_megabyte_is_refused() {
        var refusal =
                catchThrowableOfType(
                        Refusal.class, () -> site.create("a", "b", "x".repeat(1024 * 1024 + 1)));

        assertThat(refusal.problem()).isEqualTo(Problem.TOO_LARGE);
    }

    @Test
    void a_name_is_taken_once_also_by_what_is_deleted() {
        var first = site.create("prod", "db", "one");
        assertThat(problem(() -> site.create("prod", "db", "two"))).isEqualTo(Problem.CONFLICT);

        delete(first, 1);
        assertThat(problem(() -> site.create("prod", "db", "two"))).isEqualTo(Problem.CONFLICT);

        destroy(first.id(), first);
        assertThat(site.open(site.create("prod", "db", "two"))).isEqualTo("two");
    }

    @Test
    void a_write_names_the_version_it_was_made_from() {
        var secret = site.create("prod", "db", "one");
        assertThat(site.put(secret, "two", 1).version()).isEqualTo(2);

        var refusal = catchThrowableOfType(Refusal.class, () -> site.put(secret, "three", 1));

        assertThat(refusal.problem()).isEqualTo(Problem.VERSION_CONFLICT);
        assertThat(refusal.params()).containsEntry("version", "2");
        assertThat(site.open(secret)).isEqualTo("two");
        assertThat(site.open(secret, Optional.of(1))).isEqualTo("one");
    }

    @Test
    void of_racing_writers_from_one_version_exactly_one_wins() throws Exception {
        var secret = site.create("prod", "db", "one");
        var writers = new ArrayList<Callable<Object>>();
        var start = new CyclicBarrier(16);
        for (int i = 0; i < 16; i++) {
            var value = "value " + i;
            writers.add(() -> {
                start.await();
                try {
                    return site.put(secret, value, 1).version();
                } catch (Refusal refusal) {
                    return refusal.problem();
                }
            });
        }
        var outcomes = new ArrayList<Object>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(writers)) {
                outcomes.add(future.get());
            }
        }

        assertThat(outcomes).hasSize(16);
        assertThat(outcomes).filteredOn(outcome -> outcome.equals(2)).hasSize(1);
        assertThat(outcomes).filteredOn(Problem.VERSION_CONFLICT::equals).hasSize(15);
        assertThat(site.events("secret.update")).hasSize(1);
        assertThat(versions(secret)).hasSize(2);
    }

    @Test
    void rolling_back_makes_a_new_version_with_the_old_value_and_details() {
        var secret =
                site.create(
                        "prod",
                        "db",
                        "one",
                        Site.details(List.of("old"), Map.of("owner", "ada")),
                        Upkeep.USUAL);
        site.put(secret, "two", 1);
        change(secret, 2, "grace");

        var permit = site.policy.permit(site.ada, Action.WRITE_SECRET, Site.path(secret));
        var back = site.secrets().rollBack(permit, secret.id(), 1, "it broke", 3);

        assertThat(back.version()).isEqualTo(4);
        assertThat(back.metadata()).containsEntry("owner", "ada");
        assertThat(site.open(secret)).isEqualTo("one");
        assertThat(versions(secret).getFirst())
                .satisfies(version -> {
                    assertThat(version.origin()).isEqualTo(Secret.Origin.ROLLBACK);
                    assertThat(version.source()).contains(1);
                    assertThat(version.change()).isEqualTo("it broke");
                    assertThat(version.active()).isTrue();
                });
        assertThat(site.events("secret.rollback").getFirst().body()).contains("\"source\":1");
    }

    @Test
    void notes_tags_and_metadata_change_without_the_value() {
        var secret = site.create("prod", "db", "one");

        var changed = change(secret, 1, "grace");

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.metadata()).containsEntry("owner", "grace");
        assertThat(site.open(secret)).isEqualTo("one");
        assertThat(versions(secret).getFirst().sameValueAsBefore()).isTrue();
        assertThat(site.events("secret.update").getFirst().body()).contains("[\"metadata\"]");
    }

    @Test
    void no_more_versions_are_kept_than_asked_for_and_the_active_one_always() {
        var upkeep = new Upkeep(Optional.empty(), Upkeep.OnExpiry.MARK, 3, Optional.empty());
        var secret = site.create("prod", "db", "v1", Details.NONE, upkeep);
        for (int version = 1; version < 7; version++) {
            site.put(secret, "v" + (version + 1), version);
        }

        assertThat(versions(secret)).extracting(Secret.Version::version).containsExactly(7, 6, 5);
        assertThat(site.open(secret, Optional.of(5))).isEqualTo("v5");
        assertThat(problem(() -> site.open(secret, Optional.of(4)))).isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void a_deleted_secret_opens_no_more_and_can_come_back_until_it_is_destroyed() {
        var secret = site.create("prod", "db", "one");
        assertThat(problem(() -> destroy(secret.id(), secret))).isEqualTo(Problem.CONFLICT);

        var deleted = delete(secret, 1);

        assertThat(deleted.state()).isEqualTo(Secret.State.DELETED);
        assertThat(deleted.destroys()).contains(site.clock.instant().plus(Duration.ofDays(30)));
        assertThat(problem(() -> site.open(secret))).isEqualTo(Problem.NOT_FOUND);
        assertThat(problem(() -> site.put(secret, "two", 1))).isEqualTo(Problem.NOT_FOUND);
        assertThat(list()).isEmpty();

        var permit = site.policy.permit(site.ada, Action.DELETE_SECRET, Site.path(secret));
        site.secrets().undelete(permit, secret.id());
        assertThat(site.open(secret)).isEqualTo("one");
        assertThat(list()).hasSize(1);

        delete(secret, 1);
        destroy(secret.id(), secret);
        assertThat(problem(() -> site.open(secret))).isEqualTo(Problem.NOT_FOUND);
        assertThat(site.events("secret.destroy")).hasSize(1);
        assertThat(rows("vault_secret") + rows("vault_version") + rows("vault_term")).isZero();
    }

    @Test
    void a_right_that_is_taken_away_opens_nothing_with_a_permit_from_before() {
        var secret = site.create("prod", "db", "one");
        var rita = site.person("rita", Role.READ_ONLY);
        var permit = site.policy.permit(rita, Action.REVEAL_SECRET, Site.path(secret));
        site.grant(
                rita,
                holdfast.access.Grant.Effect.DENY,
                "secrets/prod/**",
                Set.of(Action.REVEAL_SECRET));

        var use = new Secrets.Use(Optional.empty(), Set.of(), Optional.empty());

        assertThat(problem(() -> site.secrets().open(permit, secret.id(), use)))
                .isEqualTo(Problem.NOT_PERMITTED);
        assertThat(site.events()).noneMatch(event -> event.action().equals("secret.read"));
    }

    @Test
    void a_ciphertext_opens_in_its_own_place_only() {
        var one = site.create("prod", "one", "first");
        var two = site.create("prod", "two", "second");
        site.database.write(
                one.id().equals(two.id()) ? holdfast.kernel.TenantId.PLATFORM : site.ada.tenant(),
                tx ->
                        tx.execute(
                                "UPDATE vault_version SET value = (SELECT value FROM vault_version"
                                        + " WHERE secret_id = ?) WHERE secret_id = ?",
                                bound(one.id()),
                                bound(two.id())));

        assertThat(catchThrowableOfType(RuntimeException.class, () -> site.open(two)))
                .isInstanceOf(holdfast.crypto.Tampered.class);
    }

    private Object bound(UUID id) {
        return site.database.engine() == holdfast.storage.Database.Engine.SQLITE
                ? id.toString()
                : id;
    }

    @Test
    void versions_are_compared_by_member_and_the_values_only_with_the_right() {
        var secret = site.create("prod", "db", "{\"user\":\"app\",\"password\":\"old\"}");
        site.put(secret, "{\"user\":\"app\",\"password\":\"new\",\"port\":5432}", 1);
        var read = site.policy.permit(site.ada, Action.READ_SECRET, Site.path(secret));
        var reveal = site.policy.permit(site.ada, Action.REVEAL_SECRET, Site.path(secret));

        var closed = site.secrets().compare(read, Optional.empty(), secret.id(), 1, 2);
        var open = site.secrets().compare(read, Optional.of(reveal), secret.id(), 1, 2);

        assertThat(closed.sameValue()).isFalse();
        assertThat(closed.values()).isEmpty();
        assertThat(open.values().orElseThrow())
                .extracting(
                        Differences.OfValue::at,
                        one -> one.from().map(SecretBytes::revealUtf8),
                        one -> one.to().map(SecretBytes::revealUtf8))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "/password", Optional.of("old"), Optional.of("new")),
                        org.assertj.core.groups.Tuple.tuple(
                                "/port", Optional.empty(), Optional.of("5432")));
        assertThat(site.events("secret.compare")).hasSize(1);
    }

    @Test
    void a_version_that_is_known_is_not_sent_again_and_its_use_is_written_down() {
        var secret = site.create("prod", "db", "one");
        var permit = site.policy.permit(site.ada, Action.REVEAL_SECRET, Site.path(secret));
        var use = new Secrets.Use(Optional.empty(), Set.of(1L), Optional.empty());

        assertThat(site.secrets().open(permit, secret.id(), use))
                .isEqualTo(new Secrets.Opened.Unchanged(1));
        assertThat(site.events("secret.read").getFirst().body()).contains("\"unchanged\":true");
    }

    @Test
    void the_ledger_says_who_reads_which_version_and_what_nobody_uses_any_more() {
        var secret = site.create("prod", "db", "one");
        var rita = site.person("rita", Role.READ_ONLY);
        site.open(rita, secret, Optional.empty());
        site.open(secret);
        site.put(secret, "two", 1);
        site.clock.advance(Duration.ofHours(1));
        site.open(secret);
        site.events("secret.update");

        var usage =
                holdfast.testkit.Await.value(
                        "the last read",
                        () ->
                                Optional.of(usage(secret))
                                        .filter(one ->
                                                one.readers().size() == 2
                                                        && one.readers().getFirst().reads() == 2));

        assertThat(usage.readers())
                .extracting(one -> one.reader().name(), Secrets.Reader::version)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ada", 2),
                        org.assertj.core.groups.Tuple.tuple("rita", 1));
        assertThat(usage.versions())
                .extracting(Secrets.OfVersion::version, Secrets.OfVersion::safeToRevoke)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, false),
                        org.assertj.core.groups.Tuple.tuple(1, false));
    }

    private Secrets.Usage usage(Secret secret) {
        var permit = site.policy.permit(site.ada, Action.READ_SECRET, Site.path(secret));
        return site.secrets().usage(permit, secret.id());
    }

    private Secret change(Secret secret, int expected, String owner) {
        var permit = site.policy.permit(site.ada, Action.WRITE_SECRET, Site.path(secret));
        var change =
                new Change(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Map.of("owner", owner)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return site.secrets().change(permit, secret.id(), change, expected);
    }

    private Secret delete(Secret secret, int expected) {
        var permit = site.policy.permit(site.ada, Action.DELETE_SECRET, Site.path(secret));
        return site.secrets().delete(permit, secret.id(), expected);
    }

    private void destroy(UUID id, Secret secret) {
        site.secrets()
                .destroy(site.policy.permit(site.ada, Action.DELETE_SECRET, Site.path(secret)), id);
    }

    private List<Secret.Version> versions(Secret secret) {
        var permit = site.policy.permit(site.ada, Action.READ_SECRET, Site.path(secret));
        return site.secrets().versions(permit, secret.id());
    }

    private List<Secret> list() {
        return site.secrets()
                .list(site.policy.scope(site.ada, Action.READ_SECRET), Site.everything())
                .items();
    }

    private long rows(String table) {
        return site.database.read(
                site.ada.tenant(),
                tx -> tx.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
    }

    private static Problem problem(Runnable work) {
        return catchThrowableOfType(Refusal.class, work::run).problem();
    }
}
