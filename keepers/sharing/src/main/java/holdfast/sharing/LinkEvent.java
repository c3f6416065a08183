package holdfast.sharing;

import holdfast.ledger.Event;
import java.util.Map;
import java.util.UUID;

/// What temporary links tell the ledger; the value that one shows is an event of the vault, by the link.
sealed interface LinkEvent extends Event {
    record Made(LinkRow row) implements LinkEvent {
        @Override
        public String action() {
            return "link.create";
        }

        @Override
        public String resource() {
            return row.path();
        }

        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "link", row.id().toString(),
                    "secret", row.secret().toString(),
                    "uses", row.terms().uses(),
                    "expires", row.terms().expires().toString());
        }
    }

    record Revoked(String path, UUID link, UUID secret) implements LinkEvent {
        @Override
        public String action() {
            return "link.revoke";
        }

        @Override
        public String resource() {
            return path;
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("link", link.toString(), "secret", secret.toString());
        }
    }

    /// Somebody held the link and was not shown the value.
    ///
    /// @param reason `address`, `audience` or `over`
    record Refused(String path, UUID link, String reason) implements LinkEvent {
        @Override
        public String action() {
            return "link.refuse";
        }

        @Override
        public String resource() {
            return path;
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("link", link.toString(), "reason", reason);
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

    /// Somebody brought what opens no link.
    record Missed() implements LinkEvent {
        @Override
        public String action() {
            return "link.miss";
        }

        @Override
        public String resource() {
            return "link";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of();
        }

        @Override
        public Outcome outcome() {
            return Outcome.REFUSED;
        }
    }
}
