package holdfast.server;

import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/// Stands before Tomcat's own adapter, which answers `OPTIONS *` with a bare 200 that no valve gets to see.
///
/// Under another method the same target is refused as a bad request, and then takes the way of every refusal.
record AsteriskAdapter(Adapter next) implements Adapter {
    @Override
    public void service(Request request, Response response) throws Exception {
        if (request.requestURI().equals("*")) {
            request.setMethod("REFUSED");
        }
        next.service(request, response);
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return next.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent status)
            throws Exception {
        return next.asyncDispatch(request, response, status);
    }

    @Override
    public void log(Request request, Response response, long time) {
        next.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        next.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return next.getDomain();
    }
}
