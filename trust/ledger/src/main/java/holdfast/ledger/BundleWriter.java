package holdfast.ledger;

import holdfast.kernel.TenantId;
import holdfast.merkle.Checkpoint;
import holdfast.storage.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// Writes a bundle (docs/formats/ledger.md): a line for each event, and each signed head where it was signed.
final class BundleWriter {
    static final String FORMAT = "holdfast-ledger-bundle/1";

    private static final int WINDOW = 1_000; // events

    private final Database database;
    private final EventStore events;
    private final CheckpointStore checkpoints;
    private final Predicate<TenantId> shown;

    BundleWriter(
            Database database,
            EventStore events,
            CheckpointStore checkpoints,
            Predicate<TenantId> shown) {
        this.database = database;
        this.events = events;
        this.checkpoints = checkpoints;
        this.shown = shown;
    }

    /// @param head where the bundle ends
    void write(String verifierKey, Checkpoint head, OutputStream out) {
        try {
            line(
                    out,
                    "{\"format\":\"%s\",\"key\":%s,\"size\":%d}"
                            .formatted(FORMAT, CanonicalJson.write(verifierKey), head.size()));
            long next = 0;
            for (var mark = head(1); mark.size() < head.size(); mark = head(mark.size() + 1)) {
                events(next, mark.size(), out);
                head(mark.note(), out);
                next = mark.size();
            }
            events(next, head.size(), out);
            head(head.note(), out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle could not be written", e);
        }
    }

    private CheckpointStore.Signed head(long size) {
        return database.readPlatform(tx -> checkpoints.from(tx, size, 1)).stream()
                .findFirst()
                .orElse(new CheckpointStore.Signed(Long.MAX_VALUE, ""));
    }

    private void events(long from, long to, OutputStream out) throws IOException {
        long next = from;
        while (next < to) {
            long start = next;
            int limit = (int) Math.min(WINDOW, to - next);
            var window = database.readPlatform(tx -> events.from(tx, start, limit));
            if (window.isEmpty()) {
                return; // the bundle then says that events are missing
            }
            for (var event : window) {
                line(out, line(event));
            }
            next = window.getLast().index() + 1;
        }
    }

    private String line(StoredEvent event) {
        var leaf =
                "\"index\":%d,\"leafHash\":\"%s\""
                        .formatted(event.index(), event.leafHash().toHex());
        if (!shown.test(event.draft().tenant())) {
            return "{" + leaf + "}";
        }
        return event.salt()
                .map(salt ->
                        "{%s,\"record\":%s,\"salt\":\"%s\"}"
                                .formatted(leaf, event.record(), salt.toHex()))
                .orElse("{\"gone\":true," + leaf + "}");
    }

    private static void head(String note, OutputStream out) throws IOException {
        line(out, "{\"checkpoint\":" + CanonicalJson.write(note) + "}");
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
