package holdfast.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Writes the body of an answer to a file, as it comes. What is incomplete does not stay.
record Download(Api api, Surroundings around) {
    void to(Composed.Request request, String output) {
        if (output.equals("-")) {
            api.download(request.method(), request.path(), request.body(), around.out());
            return;
        }
        var file = Path.of(output);
        try (var to = Files.create(file)) {
            fill(request, file, to);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void fill(Composed.Request request, Path file, OutputStream to) {
        boolean whole = false;
        try {
            api.download(request.method(), request.path(), request.body(), to);
            whole = true;
        } finally {
            if (!whole) {
                Files.delete(file);
            }
        }
    }
}
