package holdfast.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.crypto.ProviderCrypto;
import holdfast.http.Repeats;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.seal.KeyStore;
import holdfast.seal.SealRoom;
import holdfast.seal.Unsealing;
import holdfast.storage.Database;
import holdfast.testkit.TestClock;
import holdfast.testkit.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A write under a key is done once, however often and from however many threads it comes.
@ParameterizedClass
@EnumSource
class KeptRepeatsTest {
    private static final Repeats.Outcome DONE =
            new Repeats.Outcome(201, Optional.of("/api/secrets/1"), Optional.of("\"1\""));

    @TempDir Path folder;

    private final TestDatabase engine;
    private final TestClock clock = new TestClock();
    private final Principal ada = person(1);
    private Database database;
    private KeyStore keys;
    private Repeats repeats;

    KeptRepeatsTest(TestDatabase engine) {
        this.engine = engine;
    }

    @org.junit.jupiter.api.BeforeEach
    void open() {
        database = engine.open(IdentityRoom.SCHEMA);
        keys = KeyStore.sqlite(folder);
        var seal =
                SealRoom.assemble(
                                new ProviderCrypto(new SecureRandom()),
                                keys,
                                new Unsealing.KeyFile(folder.resolve("master.key")),
                                clock)
                        .seal();
        repeats = IdentityRoom.repeats(database, seal, clock);
    }

    @AfterEach
    void close() {
        keys.close();
        database.close();
    }

    @Test
    void the_outcome_is_told_again_to_the_same_principal_for_a_day() {
        assertThat(claim(ada, "k", "POST /a")).isEmpty();
        repeats.keep(ada, "k", DONE);

        assertThat(claim(ada, "k", "POST /a")).contains(DONE);
        assertThat(claim(person(2), "k", "POST /a")).as("another's key").isEmpty();
        assertThat(refused("k", "POST /b")).isEqualTo(Problem.CONFLICT);
        clock.advance(KeptRepeats.KEPT.plus(Duration.ofSeconds(1)));
        assertThat(claim(ada, "k", "POST /b")).isEmpty();
    }

    @Test
    void what_has_no_outcome_is_never_done_again_and_what_was_refused_may_be() {
        claim(ada, "k", "POST /a");
        assertThat(refused("k", "POST /a")).isEqualTo(Problem.CONFLICT);

        repeats.release(ada, "k");
        assertThat(claim(ada, "k", "POST /b")).isEmpty();
    }

    @Test
    void of_many_at_once_one_does_it() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all =
                    IntStream.range(0, 50)
                            .mapToObj(_ ->
                                    (Callable<Boolean>)
                                            () -> {
                                                try {
                                                    return claim(ada, "k", "POST /a").isEmpty();
                                                } catch (Refusal _) {
                                                    return false;
                                                }
                                            })
                            .toList();
            int did = 0;
            for (var one : threads.invokeAll(all)) {
                did += one.get() ? 1 : 0;
            }
            assertThat(did).isEqualTo(1);
        }
    }

    private Optional<Repeats.Outcome> claim(Principal who, String key, String request) {
        try (var bytes = SecretBytes.ofUtf8(request)) {
            return repeats.claim(who, key, bytes);
        }
    }

    private Problem refused(String key, String request) {
        return catchThrowableOfType(Refusal.class, () -> claim(ada, key, request)).problem();
    }

    private static Principal person(int number) {
        return new Principal(
                new UUID(0, number),
                Principal.Kind.USER,
                "p" + number,
                TenantId.DEFAULT,
                Origin.INTERNAL);
    }
}
