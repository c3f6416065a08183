package holdfast.administration;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.access.Grant;
import holdfast.access.PathPattern;
import holdfast.administration.Office.Did;
import holdfast.http.Content;
import holdfast.http.SignIn;
import holdfast.kernel.Principal;
import holdfast.kernel.Refusal;
import holdfast.ledger.Event;
import holdfast.testkit.Await;
import holdfast.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the live stream promises, on both databases.
@ParameterizedClass
@EnumSource
class EventStreamTest {
    private final Office office;
    private final EventStream stream;

    EventStreamTest(TestDatabase engine) {
        office = new Office(engine);
        SignIn everybody = asked -> asked.signedIn().map(who -> new SignIn.Proved(who, "session"));
        stream = new EventStream(office.access.policy(), everybody, office.ledger.ledger());
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void a_stream_that_was_cut_goes_on_after_the_last_event_it_showed() {
        office.record(office.operator, did("1"), did("2"));
        var first = new Sink();
        try (var _ = listen(office.admin, first, Optional.of("0"), "vm.")) {
            Await.until("both are told", () -> first.told.size() == 2);
        }
        office.record(office.operator, did("3"), did("4"));
        var second = new Sink();
        try (var _ = listen(office.admin, second, Optional.of(first.told.getLast().id()), "vm.")) {
            Await.until("the rest is told", () -> second.told.size() == 2);
            office.record(office.operator, did("5"));
            Await.until("the live one too", () -> second.told.size() == 3);
        }

        assertThat(second.told).extracting(Told::type).containsOnly("vm.start");
        assertThat(second.told.getFirst().data())
                .contains("\"service/3\"")
                .doesNotContain("detailsGone");
        assertThat(second.told.getLast().data()).contains("\"service/5\"");
    }

    @Test
    void who_may_see_own_actions_only_is_told_of_nothing_else() {
        var sink = new Sink();
        try (var _ = listen(office.reader, sink, Optional.empty(), "")) {
            office.record(office.operator, did("theirs"));
            office.record(office.reader, did("own"));
            Await.until("the own one is told", () -> !sink.told.isEmpty());
        }

        assertThat(sink.told).hasSize(1);
        assertThat(sink.told.getFirst().data()).contains("service/own");
    }

    @Test
    void a_stream_ends_with_the_right_it_was_opened_by() {
        var sink = new Sink();
        try (var running = listen(office.auditor, sink, Optional.empty(), "")) {
            office.assign(office.auditor, Set.of());
            Await.until("it ends", () -> !running.thread().isAlive());
        }
    }

    @Test
    void a_stream_ends_with_a_denial() {
        var sink = new Sink();
        try (var running = listen(office.auditor, sink, Optional.empty(), "")) {
            office.database.write(
                    office.admin.tenant(),
                    tx -> {
                        office.access
                                .grants()
                                .add(
                                        tx,
                                        office.admin.tenant(),
                                        new Grant(
                                                new UUID(3, 3),
                                                new Grant.Subject.One(office.auditor.id()),
                                                Grant.Effect.DENY,
                                                Set.of(Action.READ_AUDIT),
                                                new PathPattern("**"),
                                                office.clock.instant(),
                                                office.admin.id(),
                                                Optional.empty()));
                        return true;
                    });
            office.access.roles().refresh(office.admin.tenant());
            Await.until("it ends", () -> !running.thread().isAlive());
        }
    }

    @Test
    void filters_by_alias_service_and_outcome_tell_nothing_else() {
        var made = new Sink();
        var refused = new Sink();
        try (var _ = listen(office.admin, made, "type=CREDENTIAL_CREATED&service=prod/shop");
                var _ = listen(office.admin, refused, "outcome=REFUSED&q=nosy")) {
            office.record(
                    office.operator,
                    Did.of("secret.create", "secrets/prod/shopping/db", Map.of()),
                    Did.of("secret.update", "secrets/prod/shop/db", Map.of()),
                    Did.of("secret.create", "secrets/prod/shop/db", Map.of()),
                    Did.of("secret.create", "secrets/prod/shop/eu/db", Map.of()),
                    Did.of("secret.batch", "secrets", Map.of("operation", "create")),
                    Did.of("secret.batch", "secrets", Map.of("operation", "read")),
                    refused("nosy"),
                    refused("other"));
            Await.until("all three are told", () -> made.told.size() == 3);
            Await.until("the refusal is told", () -> refused.told.size() == 1);
        }

        assertThat(made.told)
                .allSatisfy(
                        one -> assertThat(one.data()).contains("\"alias\":\"CREDENTIAL_CREATED\""));
        assertThat(refused.told.getFirst().data()).contains("nosy");
    }

    @Test
    void every_alias_is_in_the_contract_and_none_else() throws IOException {
        var described = new TreeMap<String, String>();
        Pattern.compile("^ +([a-z.]+): \\{ alias: ([A-Z_]+),", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../../openapi.yaml")))
                .results()
                .forEach(found -> described.put(found.group(1), found.group(2)));

        assertThat(described).isEqualTo(EventAlias.BY_TYPE);
    }

    @Test
    void who_was_away_for_too_long_is_told_to_fetch_again_and_who_insists_is_told_all() {
        many();
        var away = new Sink();
        try (var _ = listen(office.admin, away, Optional.of("0"), "")) {
            Await.until("the gap is told", () -> !away.told.isEmpty());
        }
        var sink = new Sink();
        try (var _ = listen(office.admin, sink, "after=0&type=vm.stop")) {
            office.record(office.operator, Did.of("vm.stop", "service/x", Map.of()));
            Await.until("the last is told", () -> !sink.told.isEmpty());
        }

        assertThat(away.told.getFirst().type()).isEqualTo("gap");
        assertThat(Integer.parseInt(away.told.getFirst().id())).isGreaterThan(10_000);
        assertThat(sink.told.getFirst().type()).isEqualTo("vm.stop");
        assertThat(sink.positions).hasSizeGreaterThanOrEqualTo(10).doesNotHaveDuplicates();
    }

    private static Did refused(String name) {
        return new Did(
                "vm.start",
                "service/" + name,
                Map.of(),
                Event.Outcome.REFUSED,
                Event.Severity.WARNING);
    }

    private void many() {
        office.database.write(
                office.admin.tenant(),
                tx -> {
                    for (int i = 0; i < 10_001; i++) {
                        office.ledger.ledger().append(tx, office.operator, did("x"));
                    }
                    return true;
                });
        office.settle();
    }

    private Running listen(Principal by, Sink sink, Optional<String> last, String type) {
        var asked = Asked.of(by, "GET", "/api/events?type=" + type);
        return listen(sink, last.map(id -> asked.header("Last-Event-ID", id)).orElse(asked));
    }

    private Running listen(Principal by, Sink sink, String query) {
        return listen(sink, Asked.of(by, "GET", "/api/events?" + query));
    }

    private Running listen(Sink sink, Asked request) {
        var events =
                (Content.Events) stream.routes().getFirst().handler().handle(request).content();
        var thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                events.source().feed(sink);
                            } catch (Refusal _) {
                                // the right has ended
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        return new Running(sink, thread);
    }

    private static Did did(String name) {
        return Did.of("vm.start", "service/" + name, Map.of());
    }

    private record Told(String id, String type, String data) {}

    private record Running(Sink sink, Thread thread) implements AutoCloseable {
        @Override
        public void close() {
            sink.closing = true;
            Await.until("the stream ends", () -> !thread.isAlive());
        }
    }

    /// What one subscriber was told.
    private static final class Sink implements Content.EventSink {
        private final List<Told> told = new CopyOnWriteArrayList<>();
        private final List<String> positions = new CopyOnWriteArrayList<>();
        private volatile boolean closing;

        @Override
        public void event(String id, String type, String data) {
            told.add(new Told(id, type, data));
        }

        @Override
        public void position(String id) {
            positions.add(id);
        }

        @Override
        public void keepAlive() {}

        @Override
        public boolean isClosing() {
            return closing;
        }
    }
}
