package holdfast.app;

import holdfast.http.Observer;
import holdfast.ledger.CountedRefusals;

/// What the dispatcher tells: answers to the metrics, refusals of nobody to the ledger.
record Watch(Observer metrics, CountedRefusals refusals) implements Observer {
    @Override
    public void answered(String method, String route, int status, long nanoseconds) {
        metrics.answered(method, route, status, nanoseconds);
    }

    @Override
    public void refused(String address, String reason) {
        refusals.count(address, reason);
    }
}
