package holdfast.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.Role;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.testkit.TestDatabase;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is remembered between reads never outlives a revocation, on both databases.
@ParameterizedClass
@EnumSource
class RevokedAtOnceTest {
    private final Site site;

    RevokedAtOnceTest(TestDatabase engine) {
        site = new Site(engine);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_permit_from_before_the_revocation_opens_nothing_after_it() {
        var secret = site.create("prod/db", "root", "hunter2");
        var bob = site.person("bob");
        var grant =
                site.grant(
                        bob,
                        Grant.Effect.ALLOW,
                        "secrets/prod/**",
                        Set.of(Action.READ_SECRET, Action.REVEAL_SECRET));
        var permit = site.policy.permit(bob, Action.REVEAL_SECRET, Site.path(secret));
        var use = new Secrets.Use(Optional.empty(), Set.of(), Optional.empty());
        refused(_ -> {}); // what was remembered before the grant is forgotten
        for (int i = 0; i < 3; i++) {
            ((Secrets.Opened.Value) site.secrets().open(permit, secret.id(), use))
                    .content()
                    .close();
        }

        // as another node would: only the transaction tells
        site.database.write(
                TenantId.DEFAULT,
                tx -> {
                    site.access.grants().remove(tx, TenantId.DEFAULT, grant);
                    return true;
                });

        var refusal =
                catchThrowableOfType(
                        Refusal.class, () -> site.secrets().open(permit, secret.id(), use));
        assertThat(refusal.problem()).isEqualTo(Problem.NOT_PERMITTED);
    }

    @Test
    void a_revocation_that_was_taken_back_takes_nothing() {
        var secret = site.create("prod/db", "root", "hunter2");
        var bob = site.person("bob", Role.USER);
        assertThat(site.open(bob, secret, Optional.empty())).isEqualTo("hunter2");

        refused(tx -> site.access.roles().leave(tx, TenantId.DEFAULT, bob.id()));

        assertThat(site.open(bob, secret, Optional.empty())).isEqualTo("hunter2");
    }

    @Test
    void events_after_a_refused_write_go_on_where_the_last_one_stood() {
        var secret = site.create("prod/db", "root", "hunter2");
        var permit = site.policy.permit(site.ada, Action.REVEAL_SECRET, Site.path(secret));
        for (int i = 0; i < 3; i++) {
            site.open(secret);
            refused(tx ->
                    site.ledger
                            .ledger()
                            .append(
                                    tx,
                                    permit.principal(),
                                    new VaultEvent.Missed(secret.id(), "none")));
        }
        site.open(secret);

        site.events("secret.read", 4); // on PostgreSQL they get their place a moment later
        var events = site.events();
        assertThat(events).extracting(Entry::action).doesNotContain("secret.miss");
        assertThat(events)
                .extracting(Entry::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
    }

    /// A write that is taken back as a whole.
    private void refused(Consumer<Handle> work) {
        assertThatThrownBy(() ->
                        site.database.write(
                                TenantId.DEFAULT,
                                tx -> {
                                    work.accept(tx);
                                    throw Problem.CONFLICT.because("it comes to nothing");
                                }))
                .isInstanceOf(Refusal.class);
    }
}
