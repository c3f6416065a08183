package holdfast.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Lets another process control a [Simulator] by plain HTTP on 127.0.0.1; the calls are in [ControlCommands].
final class ControlPort implements AutoCloseable {
    private final HttpServer server;
    private final ControlCommands commands;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ControlPort(int port, Simulator simulator) {
        this.commands = new ControlCommands(simulator);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException("port " + port + " cannot be bound", failure);
        }
    }

    void start() {
        server.setExecutor(threads);
        server.createContext("/", this::exchange);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            var reply = answer(exchange);
            var body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var uri = exchange.getRequestURI();
        Map<String, String> headers = new HashMap<>();
        headers.put("content-type", "application/json");
        var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        try {
            return commands.answer(
                    new Request(
                            exchange.getRequestMethod(), uri.getPath(), query, headers, body, ""));
        } catch (Refused refused) {
            return refused.reply();
        } catch (IllegalArgumentException | NoSuchElementException mistake) {
            return Reply.json(
                    400, Json.object().put("error", String.valueOf(mistake.getMessage())));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        threads.close();
    }
}
