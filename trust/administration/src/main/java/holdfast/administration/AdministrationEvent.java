package holdfast.administration;

import holdfast.ledger.Event;
import holdfast.tenancy.Settings;
import java.util.List;
import java.util.Map;

/// What administration tells the ledger.
sealed interface AdministrationEvent extends Event {
    record SettingsChanged(Settings settings) implements AdministrationEvent {
        @Override
        public String action() {
            return "settings.change";
        }

        @Override
        public String resource() {
            return "settings";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "dueSoonDays", settings.dueSoonDays(),
                    "sessionIdleMinutes", settings.sessionIdleMinutes(),
                    "sessionAbsoluteHours", settings.sessionAbsoluteHours(),
                    "removalHoldPercent", settings.removalHoldPercent(),
                    "auditRetentionDays", settings.auditRetentionDays(),
                    "accent", settings.accent().name(),
                    "version", settings.version());
        }
    }

    /// Another method unseals the root key; FAILED when the change that was announced could not be made.
    record SealMoved(String method, Outcome outcome) implements AdministrationEvent {
        @Override
        public String action() {
            return "seal.move";
        }

        @Override
        public String resource() {
            return "seal";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("method", method);
        }

        @Override
        public Severity severity() {
            return outcome == Outcome.SUCCESS ? Severity.WARNING : Severity.ERROR;
        }
    }

    /// Shares opened the root key of a server that had started sealed.
    ///
    /// @param steps who brought which share, and who forgot them, in order; no share itself
    record SealOpened(List<String> steps) implements AdministrationEvent {
        @Override
        public String action() {
            return "seal.open";
        }

        @Override
        public String resource() {
            return "seal";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("method", "shares", "steps", steps);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /// The service has a new key for a purpose; FAILED when the change that was announced could not be made.
    record ServiceKeyRotated(String purpose, Outcome outcome) implements AdministrationEvent {
        @Override
        public String action() {
            return "seal.rotate";
        }

        @Override
        public String resource() {
            return "seal";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("purpose", purpose);
        }

        @Override
        public Severity severity() {
            return outcome == Outcome.SUCCESS ? Severity.INFO : Severity.ERROR;
        }
    }

    record AuditExported(String format) implements AdministrationEvent {
        @Override
        public String action() {
            return "audit.export";
        }

        @Override
        public String resource() {
            return "audit";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("format", format);
        }
    }

    record JobStarted(String job) implements AdministrationEvent {
        @Override
        public String action() {
            return "job.run";
        }

        @Override
        public String resource() {
            return "job/" + job;
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("job", job);
        }
    }

    /// Somebody used up a limit of requests; told once a minute.
    record LimitReached(String route) implements AdministrationEvent {
        @Override
        public String action() {
            return "request.limit";
        }

        @Override
        public String resource() {
            return "";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("route", route);
        }

        @Override
        public Outcome outcome() {
            return Outcome.REFUSED;
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /// A background job failed as often as it is tried again.
    record JobFailed(String job, String instance, int failures) implements AdministrationEvent {
        @Override
        public String action() {
            return "job.fail";
        }

        @Override
        public String resource() {
            return "job/" + job;
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("job", job, "instance", instance, "failures", failures);
        }

        @Override
        public Outcome outcome() {
            return Outcome.FAILED;
        }

        @Override
        public Severity severity() {
            return Severity.ERROR;
        }
    }
}
