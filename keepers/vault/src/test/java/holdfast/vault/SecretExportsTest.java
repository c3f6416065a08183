package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.Role;
import holdfast.access.Scope;
import holdfast.exports.Format;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.secret.Content;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.SecretQuery;
import holdfast.secret.Upkeep;
import holdfast.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A file holds what was filtered and may be exported, and the ledger names it before it leaves.
@ParameterizedClass
@EnumSource
class SecretExportsTest {
    private final Site site;

    SecretExportsTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_file_holds_what_is_filtered_and_chosen_with_values_and_is_one_event() throws Exception {
        var db = site.create("prod", "db", "four \"green\" pears");
        site.create("dev", "db", "not of this folder");
        var key =
                site.secrets()
                        .create(
                                site.policy.permit(
                                        site.ada, Action.WRITE_SECRET, "secrets/prod/key"),
                                new Secrets.Draft(
                                        new SecretName("prod", "key"),
                                        new Content(
                                                Content.Kind.BINARY,
                                                SecretBytes.owning(new byte[] {0, 1, 2})),
                                        Site.details(List.of("t"), Map.of("n", 1)),
                                        Upkeep.USUAL));

        var export = export(site.policy.scope(site.ada, Action.EXPORT_SECRET), List.of());

        var event = site.events("secret.export");
        assertThat(event).hasSize(1);
        assertThat(event.getFirst().body())
                .contains(db.id().toString(), key.id().toString(), "\"service\":\"prod\"")
                .doesNotContain("pears");
        assertThat(csv(export))
                .contains("prod,db,\"four \"\"green\"\" pears\",TEXT")
                .contains("prod,key,AAEC,BINARY")
                .doesNotContain("not of this folder");
        var chosen = export(site.policy.scope(site.ada, Action.EXPORT_SECRET), List.of(key.id()));
        assertThat(csv(chosen)).contains("AAEC").doesNotContain("pears");
    }

    @Test
    void what_may_not_be_exported_or_seen_is_left_out_item_by_item() throws Exception {
        site.create("prod", "open", "for everybody");
        site.create("prod", "hidden", "for nobody else");
        var olga = site.person("olga", Role.OPERATOR);
        site.grant(olga, Grant.Effect.DENY, "secrets/prod/hidden", Set.of(Action.REVEAL_SECRET));

        var file = csv(export(site.policy.scope(olga, Action.EXPORT_SECRET), List.of()));

        assertThat(file).contains("for everybody").doesNotContain("hidden", "for nobody else");
    }

    @Test
    void it_asks_for_a_fresh_password_and_never_takes_deleted_ones() {
        var scope = site.policy.scope(site.ada, Action.EXPORT_SECRET);
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () ->
                                                site.room
                                                        .exports()
                                                        .export(
                                                                scope,
                                                                query(Secret.State.DELETED),
                                                                List.of(),
                                                                "csv"))
                                .problem())
                .isEqualTo(Problem.INVALID);
        site.clock.advance(Duration.ofMinutes(5));
        assertThat(
                        catchThrowableOfType(
                                        Refusal.class,
                                        () -> site.policy.scope(site.ada, Action.EXPORT_SECRET))
                                .problem())
                .isEqualTo(Problem.STEP_UP_REQUIRED);
    }

    private SecretExports.Export export(Scope scope, List<UUID> chosen) {
        return site.room.exports().export(scope, query(Secret.State.ACTIVE), chosen, "csv");
    }

    private static SecretQuery query(Secret.State state) {
        return new SecretQuery(
                Optional.empty(),
                Optional.of("prod"),
                Set.of(),
                state,
                SecretQuery.Sort.NAME,
                false,
                Optional.empty(),
                100,
                false);
    }

    private static String csv(SecretExports.Export export) throws IOException {
        var out = new ByteArrayOutputStream();
        Format.csv(false).write(new ExportedSecrets(export), out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
