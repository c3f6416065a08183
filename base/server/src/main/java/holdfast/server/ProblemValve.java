package holdfast.server;

import holdfast.kernel.Ids;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/// Gives what Tomcat refuses by itself the same form and headers as every other answer.
final class ProblemValve extends ErrorReportValve {
    private final Ids ids;
    private final Sender sender = new Sender(new Streams(java.time.Duration.ofDays(1)));

    ProblemValve(Ids ids) {
        this.ids = ids;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        var id = ids.next();
        var problem = Problems.of(response.getStatus(), id);
        try {
            var line = new AccessLog.Line();
            sender.send(
                    problem,
                    request.getMethod() != null && request.getMethod().equals("HEAD"),
                    id,
                    facade(response),
                    sent -> line.bytes = sent);
            AccessLog.write(id, request.getRemoteAddr(), "-", problem.status(), 0, line);
            response.finishResponse();
        } catch (IOException | IllegalStateException _) {
            // the client is gone
        }
    }

    private static HttpServletResponse facade(Response response) {
        return response.getResponse();
    }
}
