package holdfast.ledger;

import java.util.Map;

/// An event of these tests.
record TestEvent(
        String action,
        String resource,
        Map<String, Object> body,
        Event.Outcome outcome,
        Event.Severity severity)
        implements Event {
    static TestEvent of(String action, String resource) {
        return new TestEvent(
                action,
                resource,
                Map.of("of", resource),
                Event.Outcome.SUCCESS,
                Event.Severity.INFO);
    }

    TestEvent refused() {
        return new TestEvent(action, resource, body, Event.Outcome.REFUSED, Event.Severity.WARNING);
    }

    TestEvent saying(Map<String, Object> other) {
        return new TestEvent(action, resource, other, outcome, severity);
    }
}
