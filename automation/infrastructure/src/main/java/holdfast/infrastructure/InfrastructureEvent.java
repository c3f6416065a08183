package holdfast.infrastructure;

import holdfast.estate.Run;
import holdfast.ledger.Event;
import holdfast.vcf.Status;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/// What this room tells the ledger. One user action is one event, which names every item and version it touched.
public sealed interface InfrastructureEvent extends Event {
    /// The environment it is about.
    UUID environment();

    @Override
    default String resource() {
        return "environment/" + environment();
    }

    @Override
    default String action() {
        return switch (this) {
            case Created _ -> "environment.create";
            case Updated _ -> "environment.update";
            case Deleted _ -> "environment.delete";
            case Tested _ -> "environment.test";
            case Synced _ -> "environment.sync";
            case Decided decided ->
                    decided.applied() ? "environment.confirm" : "environment.discard";
            case Configured configured ->
                    configured.imported() ? "environment.import" : "environment.export";
            case Revealed _ -> "credential.reveal";
            case Exported _ -> "credential.export";
        };
    }

    /// @param trustOff whether some source believes any certificate
    record Created(UUID environment, String name, List<String> sources, boolean trustOff)
            implements InfrastructureEvent {
        @Override
        public Map<String, Object> body() {
            return Map.of("name", name, "sources", sources, "trustOff", trustOff);
        }

        @Override
        public Severity severity() {
            return trustOff ? Severity.WARNING : Severity.INFO;
        }
    }

    /// @param changed names of what was set anew, for example `sddcManager.password`
    record Updated(
            UUID environment, String name, int version, List<String> changed, boolean trustOff)
            implements InfrastructureEvent {
        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "name", name, "version", version, "changed", changed, "trustOff", trustOff);
        }

        @Override
        public Severity severity() {
            return trustOff ? Severity.WARNING : Severity.INFO;
        }
    }

    record Deleted(UUID environment, String name, int credentials) implements InfrastructureEvent {
        @Override
        public Map<String, Object> body() {
            return Map.of("name", name, "credentials", credentials);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /// @param target host and port that were tried
    record Tested(UUID environment, String target, Status status) implements InfrastructureEvent {
        @Override
        public Map<String, Object> body() {
            return Map.of("target", target, "status", status.name());
        }

        @Override
        public Outcome outcome() {
            return status == Status.OK ? Outcome.SUCCESS : Outcome.FAILED;
        }
    }

    /// The end of a run.
    record Synced(UUID environment, Run run, Publication.Touched touched)
            implements InfrastructureEvent {
        @Override
        public Map<String, Object> body() {
            var sources = new TreeMap<String, Object>();
            for (var source : run.sources()) {
                sources.put(
                        source.kind().name(),
                        Map.of(
                                "status", source.status().name(),
                                "fetched", source.fetched(),
                                "added", source.added(),
                                "changed", source.changed(),
                                "removed", source.removed(),
                                "failure",
                                        source.failure()
                                                .map(failure -> failure.status().name())
                                                .orElse("")));
            }
            return Map.of(
                    "run", run.id().toString(),
                    "status", run.status().name(),
                    "trigger", run.trigger().name(),
                    "startedBy", run.startedBy(),
                    "sources", sources,
                    "credentials", touched.versions(),
                    "removed", touched.removed());
        }

        @Override
        public Outcome outcome() {
            return switch (run.status()) {
                case FAILED, INTERRUPTED -> Outcome.FAILED;
                case RUNNING, SUCCESS, PARTIAL, EMPTY, HELD, DISCARDED -> Outcome.SUCCESS;
            };
        }

        @Override
        public Severity severity() {
            return switch (run.status()) {
                case FAILED -> Severity.ERROR;
                case PARTIAL, HELD, INTERRUPTED -> Severity.WARNING;
                case RUNNING, SUCCESS, EMPTY, DISCARDED -> Severity.INFO;
            };
        }
    }

    /// A person decided about a run that was held.
    record Decided(UUID environment, UUID run, boolean applied, Publication.Touched touched)
            implements InfrastructureEvent {
        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "run", run.toString(),
                    "credentials", touched.versions(),
                    "removed", touched.removed());
        }

        @Override
        public Severity severity() {
            return applied ? Severity.WARNING : Severity.INFO;
        }
    }

    /// Configuration of several environments left or came as a file.
    ///
    /// @param environments names
    /// @param trustOff     whether some source that came believes any certificate
    record Configured(
            boolean imported, List<String> environments, boolean withPasswords, boolean trustOff)
            implements InfrastructureEvent {
        private static final UUID NONE = new UUID(0, 0);

        @Override
        public UUID environment() {
            return NONE;
        }

        @Override
        public String resource() {
            return "environment";
        }

        @Override
        public Map<String, Object> body() {
            return imported
                    ? Map.of(
                            "environments", environments,
                            "withPasswords", withPasswords,
                            "trustOff", trustOff)
                    : Map.of("environments", environments, "withPasswords", withPasswords);
        }

        @Override
        public Severity severity() {
            return withPasswords || trustOff ? Severity.WARNING : Severity.INFO;
        }
    }

    /// Somebody saw one value.
    ///
    /// @param purpose `view` or `copy`
    record Revealed(UUID environment, UUID credential, int version, String purpose, String account)
            implements InfrastructureEvent {
        @Override
        public String resource() {
            return "environment/" + environment + "/credential/" + credential;
        }

        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "credential",
                    credential.toString(),
                    "version",
                    version,
                    "purpose",
                    purpose,
                    "account",
                    account);
        }
    }

    /// Somebody took many values along.
    ///
    /// @param credentials id → version of every value in the file
    record Exported(
            UUID environment, String format, String filter, SortedMap<String, Object> credentials)
            implements InfrastructureEvent {
        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "format",
                    format,
                    "filter",
                    filter,
                    "count",
                    credentials.size(),
                    "credentials",
                    credentials);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }
}
