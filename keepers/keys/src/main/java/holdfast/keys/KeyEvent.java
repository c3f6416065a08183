package holdfast.keys;

import holdfast.ledger.Event;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.ToIntFunction;

/// What this room tells the ledger: never what was brought, never what came of it.
public sealed interface KeyEvent extends Event {
    @Override
    default String action() {
        return switch (this) {
            case Created _ -> "key.create";
            case Changed _ -> "key.change";
            case Rotated _ -> "key.rotate";
            case Enabled _ -> "key.enable";
            case Disabled _ -> "key.disable";
            case VersionDestroyed _ -> "key.destroy-version";
            case Destroyed _ -> "key.destroy";
            case Used used ->
                    switch (used.operation()) {
                        case ENCRYPT -> "key.encrypt";
                        case DECRYPT -> "key.decrypt";
                        case REWRAP -> "key.rewrap";
                        case DATA_KEY -> "key.data-key";
                        case SIGN -> "key.sign";
                        case VERIFY -> "key.verify";
                        case HMAC -> "key.hmac";
                        case VERIFY_HMAC -> "key.verify-hmac";
                    };
        };
    }

    Subject subject();

    @Override
    default String resource() {
        return subject().path();
    }

    @Override
    default Map<String, Object> body() {
        return Map.of("key", subject().id().toString());
    }

    /// A key, as policy names it.
    record Subject(String path, UUID id) {
        Subject(KeyRow row) {
            this(row.name().resource(), row.id());
        }

        Map<String, Object> with(Map<String, Object> more) {
            var body = new TreeMap<>(more);
            body.put("key", id.toString());
            return body;
        }
    }

    record Created(Subject subject, KeyType type) implements KeyEvent {
        @Override
        public Map<String, Object> body() {
            return subject.with(Map.of("type", type.name()));
        }
    }

    /// @param changed names of what was set anew, for example `minDecryptionVersion`
    record Changed(Subject subject, List<String> changed) implements KeyEvent {
        @Override
        public Map<String, Object> body() {
            return subject.with(Map.of("changed", changed));
        }
    }

    /// @param version the new one
    record Rotated(Subject subject, int version) implements KeyEvent {
        @Override
        public Map<String, Object> body() {
            return subject.with(Map.of("version", version));
        }
    }

    record Enabled(Subject subject) implements KeyEvent {}

    record Disabled(Subject subject) implements KeyEvent {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    record VersionDestroyed(Subject subject, int version) implements KeyEvent {
        @Override
        public Map<String, Object> body() {
            return subject.with(Map.of("version", version));
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /// @param versions how many there were
    record Destroyed(Subject subject, int versions) implements KeyEvent {
        @Override
        public Map<String, Object> body() {
            return subject.with(Map.of("versions", versions));
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /// What came of the items of one call.
    ///
    /// @param versions of the key that did them
    record Tally(int done, int refused, List<Integer> versions) {
        static <B> Tally of(List<Item<B>> items, ToIntFunction<B> version) {
            var versions = new TreeSet<Integer>();
            int done = 0;
            for (var item : items) {
                if (item instanceof Item.Good<B>(var made)) {
                    versions.add(version.applyAsInt(made));
                    done++;
                }
            }
            return new Tally(done, items.size() - done, List.copyOf(versions));
        }
    }

    /// The key did something, once or for many items.
    record Used(Subject subject, Operation operation, Tally tally) implements KeyEvent {
        @Override
        public Map<String, Object> body() {
            return subject.with(
                    Map.of(
                            "count",
                            tally.done(),
                            "refused",
                            tally.refused(),
                            "versions",
                            tally.versions()));
        }

        /// What does not open is worth a look, whoever asked.
        @Override
        public Outcome outcome() {
            return tally.done() == 0 ? Outcome.FAILED : Outcome.SUCCESS;
        }

        @Override
        public Severity severity() {
            return tally.refused() == 0 ? Severity.INFO : Severity.WARNING;
        }
    }
}
