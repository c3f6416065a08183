package holdfast.exports;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Keeps the way to the reader open when a writer closes, so that a file that broke off is cut and never looks complete.
final class OpenEnded extends FilterOutputStream {
    OpenEnded(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length); // not byte by byte
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
