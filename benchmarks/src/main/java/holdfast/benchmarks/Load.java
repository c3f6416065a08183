package holdfast.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// Many kept connections that send ready-made requests, one after the other: so plain that it leaves the cores to the server.
final class Load {
    private final Installation installation;
    private final SSLContext trust;
    private final int connections;

    Load(Installation installation, int connections) {
        this.installation = installation;
        this.connections = connections;
        this.trust = Api.believing(installation.state().resolve("tls/cert.pem"));
    }

    /// What came of one run.
    ///
    /// @param cpuMicros of the server, for each request
    record Result(double perSecond, Figures milliseconds, double cpuMicros) {}

    /// @param requests for each connection, what to send next; empty ends the connection's part
    Result run(double seconds, IntFunction<Supplier<Optional<byte[]>>> requests) {
        double before = installation.figures().processorSeconds();
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        var all = new ArrayList<Double>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var parts = new ArrayList<Future<List<Double>>>();
            for (int i = 0; i < connections; i++) {
                var next = requests.apply(i);
                parts.add(threads.submit(() -> part(next, end)));
            }
            for (var part : parts) {
                all.addAll(part.get());
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a connection failed", failure.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted");
        }
        double took = (System.nanoTime() - began) / 1e9;
        double cpu = installation.figures().processorSeconds() - before;
        return new Result(all.size() / took, Figures.of(all), cpu * 1e6 / all.size());
    }

    private List<Double> part(Supplier<Optional<byte[]>> requests, long end) throws IOException {
        var taken = new ArrayList<Double>();
        var url = installation.url();
        try (var socket = trust.getSocketFactory().createSocket(url.getHost(), url.getPort());
                var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024)) {
            socket.setTcpNoDelay(true);
            while (System.nanoTime() < end) {
                var request = requests.get();
                if (request.isEmpty()) {
                    break;
                }
                long start = System.nanoTime();
                socket.getOutputStream().write(request.get());
                answer(in);
                taken.add((System.nanoTime() - start) / 1e6);
            }
        }
        return taken;
    }

    /// Reads one answer to its end.
    private static void answer(InputStream in) throws IOException {
        var status = line(in);
        long length = 0;
        boolean chunked = false;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
        }
        if (chunked) {
            for (long size = size(in); size > 0; size = size(in)) {
                in.skipNBytes(size + 2);
            }
            in.skipNBytes(2);
        } else if (!status.startsWith("HTTP/1.1 2")) {
            throw new IOException(
                    status + " " + new String(in.readNBytes((int) length), StandardCharsets.UTF_8));
        } else {
            in.skipNBytes(length);
        }
    }

    private static long size(InputStream in) throws IOException {
        return Long.parseLong(line(in).strip(), 16);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
