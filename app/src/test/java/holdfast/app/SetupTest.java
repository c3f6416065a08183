package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.app.Person.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first administrator is one.
class SetupTest {
    private static final List<String> RIVALS = List.of("ada", "eve");

    @TempDir Path folder;
    private LiveServer server;

    @BeforeEach
    void start() throws Exception {
        server = LiveServer.start(folder, "--rate-sign-in", "1000");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void of_two_at_once_exactly_one_wins_and_the_code_works_once() throws Exception {
        var code = server.holdfast().setupCode().orElseThrow();
        var replies = new ArrayList<Reply>();
        var together = new CyclicBarrier(RIVALS.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Reply>>();
            for (var name : RIVALS) {
                running.add(
                        threads.submit(() -> {
                            together.await();
                            return setUp(name, code);
                        }));
            }
            for (var one : running) {
                replies.add(one.get());
            }
        }

        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(201, 409);
        var winner = RIVALS.get(replies.getFirst().status() == 201 ? 0 : 1);
        for (var late : List.of("mallory", "ada", "eve")) {
            assertThat(setUp(late, code).code()).isEqualTo("conflict");
        }
        var admin = server.nobody();
        admin.signIn(winner, Person.PASSWORD).requireStatus(200);
        var users = admin.get("/api/users").requireStatus(200).json();
        assertThat(users.path("total").asInt()).isEqualTo(1);
        var done = admin.get("/api/audit?type=setup.complete").requireStatus(200).json();
        assertThat(done.path("items").size()).isEqualTo(1);
    }

    @Test
    void another_code_makes_nobody() throws Exception {
        assertThat(setUp("eve", "AAAA-AAAA-AAAA-AAAA-AAAA").code()).isEqualTo("sign-in-refused");

        server.setUp();
    }

    private Reply setUp(String name, String code) throws Exception {
        return server.nobody()
                .post(
                        "/api/setup",
                        Map.of("code", code, "username", name, "password", Person.PASSWORD));
    }
}
