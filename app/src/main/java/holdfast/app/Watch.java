package holdfast.app;

import holdfast.http.Observer;
import holdfast.kernel.Principal;
import holdfast.ledger.CountedRefusals;

/// What the dispatcher tells: answers and limits to administration, refusals of nobody to the ledger.
record Watch(Observer administration, CountedRefusals refusals) implements Observer {
    @Override
    public void answered(String method, String route, int status, long nanoseconds) {
        administration.answered(method, route, status, nanoseconds);
    }

    @Override
    public void open(int now) {
        administration.open(now);
    }

    @Override
    public void limited(Principal who, String route) {
        administration.limited(who, route);
    }

    @Override
    public void refused(String address, String reason) {
        refusals.count(address, reason);
    }
}
