package holdfast.process;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TriggeringPolicyBase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes its files 0640: a log reader's group may read what the service's umask would hide.
final class GroupReadableAppender extends RollingFileAppender<ILoggingEvent> {
    private static final long GATHER = 200; // milliseconds

    private final long most;
    private long
            length; // of the file, in bytes: asking the file system takes as long as writing a line
    private @Nullable ScheduledFuture<?> flushing;

    /// @param most     bytes of a file, after which another follows
    /// @param gathered whether lines may be written together, up to a fifth of a second late: for what has a line for
    ///                 every request
    GroupReadableAppender(long most, boolean gathered) {
        this.most = most;
        setImmediateFlush(!gathered);
        var full = new Full();
        full.start();
        setTriggeringPolicy(full);
    }

    @Override
    public void start() {
        super.start();
        if (!isImmediateFlush()) {
            flushing =
                    getContext()
                            .getScheduledExecutorService()
                            .scheduleWithFixedDelay(
                                    this::flush, GATHER, GATHER, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        if (flushing != null) {
            flushing.cancel(false);
        }
        super.stop();
    }

    @Override
    public void openFile(String name) throws IOException {
        super.openFile(name);
        var file = Path.of(name);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        length = Files.size(file);
    }

    @Override
    protected void updateByteCount(byte[] bytes) {
        length += bytes.length; // under the lock of the stream
    }

    private void flush() {
        streamWriteLock.lock();
        try {
            getOutputStream().flush();
        } catch (IOException failure) {
            addError("lines not written", failure);
        } finally {
            streamWriteLock.unlock();
        }
    }

    private final class Full extends TriggeringPolicyBase<ILoggingEvent> {
        @Override
        public boolean isTriggeringEvent(File file, ILoggingEvent event) {
            return length >= most;
        }
    }
}
