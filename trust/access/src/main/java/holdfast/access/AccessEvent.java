package holdfast.access;

import holdfast.ledger.Event;
import java.util.Map;

/// What policy tells the ledger.
public sealed interface AccessEvent extends Event {
    /// Somebody asked for what they may not do.
    record Refused(Action wanted, String resource, String reason) implements AccessEvent {
        @Override
        public String action() {
            return "access.refuse";
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("wanted", wanted.name(), "reason", reason);
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
}
