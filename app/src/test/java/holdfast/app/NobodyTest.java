package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.kernel.TenantId;
import holdfast.ledger.Entry;
import holdfast.ledger.LedgerRoom;
import holdfast.storage.Storage;
import holdfast.storage.StorageConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Who cannot sign in neither fills the ledger nor stops the vault.
class NobodyTest {
    private static final int REQUESTS = 10_000;
    private static final int AT_ONCE = 50;

    @TempDir Path folder;

    @Test
    void ten_thousand_refused_requests_make_a_handful_of_events_that_count_them_all()
            throws Exception {
        var state =
                Files.createDirectory(
                        folder.resolve("state"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
        var flags =
                List.of("--state-dir", state.toString(), "--port", "0", "--address", "127.0.0.1");
        try (var holdfast = Holdfast.start(Config.from(flags, Map.of(), folder));
                var client =
                        HttpClient.newBuilder()
                                .sslContext(ContractTest.believing(holdfast.certificate()))
                                .build()) {
            var url = "https://localhost:" + holdfast.port();
            var request = HttpRequest.newBuilder(URI.create(url + "/api/environments")).build();
            for (int i = 0; i < REQUESTS; i += AT_ONCE) {
                var some = new ArrayList<CompletableFuture<Integer>>();
                for (int j = 0; j < AT_ONCE; j++) {
                    some.add(
                            client.sendAsync(request, BodyHandlers.discarding())
                                    .thenApply(answer -> answer.statusCode()));
                }
                assertThat(some).extracting(CompletableFuture::join).containsOnly(401);
            }
            var ready = HttpRequest.newBuilder(URI.create(url + "/health/live")).build();
            assertThat(client.send(ready, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        }

        var events = refusals(state);
        assertThat(events).hasSizeBetween(1, 10);
        assertThat(events.stream().mapToLong(NobodyTest::count).sum()).isEqualTo(REQUESTS);
        assertThat(events)
                .allSatisfy(event -> {
                    assertThat(event.address()).isEqualTo("127.0.0.1");
                    assertThat(event.actorKind()).isEqualTo("ANONYMOUS");
                    assertThat(event.body()).contains("\"reason\":\"unauthenticated\"");
                });
    }

    private static List<Entry> refusals(Path state) {
        try (var database =
                        Storage.open(
                                StorageConfig.sqlite(state),
                                Version.text(),
                                List.of(LedgerRoom.schema()));
                var ledger =
                        LedgerRoom.assemble(
                                database, Chance.crypto(), Chance.ids(), Chance.CLOCK)) {
            return ledger.ledger().after(TenantId.DEFAULT, 0, 1_000).stream()
                    .filter(entry -> entry.action().equals("nobody.refuse"))
                    .toList();
        }
    }

    private static long count(Entry entry) {
        return JsonMapper.shared().readTree(entry.body()).path("count").asLong();
    }
}
