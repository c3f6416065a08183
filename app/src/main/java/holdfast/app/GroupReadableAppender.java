package holdfast.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Makes its files 0640: a log reader's group may read what the service's umask would hide.
final class GroupReadableAppender extends RollingFileAppender<ILoggingEvent> {
    @Override
    public void openFile(String name) throws IOException {
        super.openFile(name);
        Files.setPosixFilePermissions(Path.of(name), PosixFilePermissions.fromString("rw-r-----"));
    }
}
