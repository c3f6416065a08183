package holdfast.ledger;

import java.util.Map;

/// Something that happened. Each room has its own sealed family; the ledger adds index, time, tenant and actor.
public interface Event {
    /// `noun.verb`, for example `credential.reveal`. Never renamed: readers filter by it.
    String action();

    /// What it happened to, as the policy names it, for example `environment/018f…`; empty when nothing.
    String resource();

    /// Details in canonical JSON form: strings, numbers, booleans, lists and maps of these. Never a secret.
    Map<String, Object> body();

    default Outcome outcome() {
        return Outcome.SUCCESS;
    }

    default Severity severity() {
        return Severity.INFO;
    }

    /// {@return the same event with its body written out: for one with many details, made before the transaction opens}
    static Event written(Event event) {
        return new WrittenEvent(event, CanonicalJson.write(event.body()));
    }

    /// How it ended.
    enum Outcome {
        SUCCESS,
        REFUSED,
        FAILED
    }

    /// How much it matters.
    enum Severity {
        INFO,
        WARNING,
        ERROR,
        CRITICAL
    }
}
