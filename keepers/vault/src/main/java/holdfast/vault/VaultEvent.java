package holdfast.vault;

import holdfast.ledger.Event;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// What this room tells the ledger. One user action is one event, which names every secret and version it touched.
public sealed interface VaultEvent extends Event {
    @Override
    default String action() {
        return switch (this) {
            case Created _ -> "secret.create";
            case Updated _ -> "secret.update";
            case RolledBack _ -> "secret.rollback";
            case Deleted _ -> "secret.delete";
            case Undeleted _ -> "secret.undelete";
            case Destroyed _ -> "secret.destroy";
            case Read _ -> "secret.read";
            case Revealed _ -> "secret.reveal";
            case Visited _ -> "secret.visit";
            case ByVisitor(var event, _) -> event.action();
            case Compared _ -> "secret.compare";
            case Batched _ -> "secret.batch";
            case Alarmed _ -> "secret.canary";
            case Marked _ -> "canary.mark";
            case Unmarked _ -> "canary.unmark";
            case Exported _ -> "secret.export";
            case Missed _ -> "secret.miss";
            case Expired _ -> "secret.expire";
            case Pruned _ -> "secret.prune";
        };
    }

    /// One state of one secret.
    ///
    /// @param path as policy names it
    record Subject(String path, UUID secret, int version) {
        Map<String, Object> body() {
            return Map.of("secret", secret.toString(), "version", version);
        }

        Map<String, Object> with(String name, Object value) {
            return Map.of("secret", secret.toString(), "version", version, name, value);
        }
    }

    /// About one secret.
    sealed interface OfOne extends VaultEvent {
        Subject subject();

        @Override
        default String resource() {
            return subject().path();
        }

        @Override
        default Map<String, Object> body() {
            return subject().body();
        }
    }

    record Created(Subject subject) implements OfOne {}

    /// @param changed names of what was set anew, for example `value`
    record Updated(Subject subject, List<String> changed) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("changed", changed);
        }
    }

    /// @param source the version whose value and details came back
    record RolledBack(Subject subject, int source) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("source", source);
        }
    }

    /// @param destroys when it goes for good, ISO 8601
    record Deleted(Subject subject, String destroys) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("destroys", destroys);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    record Undeleted(Subject subject) implements OfOne {}

    record Destroyed(Subject subject) implements OfOne {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /// A program took the value.
    ///
    /// @param unchanged it knew this version already, so nothing left
    record Read(Subject subject, boolean unchanged) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("unchanged", unchanged);
        }
    }

    /// A person saw the value.
    ///
    /// @param purpose `view` or `copy`
    record Revealed(Subject subject, String purpose) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("purpose", purpose);
        }
    }

    /// Somebody of another tenant, to which the secret was lent, took the value.
    ///
    /// @param tenant theirs
    record Visited(Subject subject, UUID tenant) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("tenant", tenant.toString());
        }
    }

    /// Somebody of another tenant, to which the secret was lent, did it.
    ///
    /// @param tenant theirs
    record ByVisitor(OfOne event, UUID tenant) implements VaultEvent {
        @Override
        public String resource() {
            return event.resource();
        }

        @Override
        public Map<String, Object> body() {
            var body = new TreeMap<>(event.body());
            body.put("tenant", tenant.toString());
            return body;
        }

        @Override
        public Severity severity() {
            return event.severity();
        }
    }

    /// The values of two versions were shown side by side.
    ///
    /// @param subject at the later version
    record Compared(Subject subject, int with) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("with", with);
        }
    }

    /// @param done what became of it, by its own rule: `archive` or `delete`
    record Expired(Subject subject, String done) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("done", done);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /// Old versions went, by the secret's own rule.
    ///
    /// @param last the newest that went
    record Pruned(Subject subject, int last) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("last", last);
        }
    }

    /// Many secrets in one call.
    ///
    /// @param operation `create`, `read`, `update`, `delete` or `mixed`
    /// @param secrets   id → version of everything that was done
    /// @param read      of a mixed one: id → version of what was read, apart from the rest
    /// @param refused   items that came to nothing
    record Batched(
            String operation,
            boolean atomic,
            SortedMap<String, Object> secrets,
            SortedMap<String, Object> read,
            int refused)
            implements VaultEvent {
        @Override
        public String resource() {
            return "secrets";
        }

        @Override
        public Map<String, Object> body() {
            var body =
                    Map.<String, Object>of(
                            "operation",
                            operation,
                            "atomic",
                            atomic,
                            "count",
                            secrets.size() + read.size(),
                            "refused",
                            refused,
                            "secrets",
                            secrets);
            if (read.isEmpty()) {
                return body;
            }
            var more = new TreeMap<>(body);
            more.put("read", read);
            return more;
        }
    }

    /// Somebody opened a canary.
    ///
    /// @param locked whether they are denied everything from now on
    record Alarmed(Subject subject, UUID reader, String kind, String name, boolean locked)
            implements OfOne {
        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "secret",
                    subject.secret().toString(),
                    "version",
                    subject.version(),
                    "reader",
                    reader.toString(),
                    "kind",
                    kind,
                    "name",
                    name,
                    "locked",
                    locked);
        }

        @Override
        public Severity severity() {
            return Severity.CRITICAL;
        }
    }

    record Marked(Subject subject, boolean locks) implements OfOne {
        @Override
        public Map<String, Object> body() {
            return subject.with("locks", locks);
        }
    }

    record Unmarked(Subject subject) implements OfOne {}

    /// Values left as a file.
    ///
    /// @param secrets id → version of each
    record Exported(String format, Map<String, Object> filter, SortedMap<String, Object> secrets)
            implements VaultEvent {
        @Override
        public String resource() {
            return "secrets";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "format", format,
                    "filter", filter,
                    "count", secrets.size(),
                    "secrets", secrets);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /// Somebody named an id that is not there for them: it never was, or they may not see it.
    record Missed(UUID id, String wanted) implements VaultEvent {
        @Override
        public String resource() {
            return "secret/" + id;
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("wanted", wanted);
        }

        @Override
        public Outcome outcome() {
            return Outcome.REFUSED;
        }
    }
}
