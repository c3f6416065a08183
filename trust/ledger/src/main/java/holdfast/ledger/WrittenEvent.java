package holdfast.ledger;

import java.util.Map;

/// An event whose body is written out already, so that the writer does not wait for it.
///
/// @param json the body in canonical form
record WrittenEvent(Event event, String json) implements Event {
    /// {@return the body of any event in canonical form}
    static String body(Event event) {
        return event instanceof WrittenEvent written
                ? written.json
                : CanonicalJson.write(event.body());
    }

    @Override
    public String action() {
        return event.action();
    }

    @Override
    public String resource() {
        return event.resource();
    }

    @Override
    public Map<String, Object> body() {
        return event.body();
    }

    @Override
    public Outcome outcome() {
        return event.outcome();
    }

    @Override
    public Severity severity() {
        return event.severity();
    }
}
