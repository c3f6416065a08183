package holdfast.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/// The level as operators know it: WARNING, and CRITICAL for an error with that marker.
final class LevelWord extends ClassicConverter {
    static final String CRITICAL = "CRITICAL";
    private static final Marker MARKER = MarkerFactory.getMarker(CRITICAL);

    @Override
    public String convert(ILoggingEvent event) {
        return isCritical(event.getMarkerList())
                ? CRITICAL
                : event.getLevel() == Level.WARN ? "WARNING" : event.getLevel().toString();
    }

    private static boolean isCritical(@Nullable List<Marker> markers) {
        return markers != null && markers.contains(MARKER);
    }

    /// {@return what lets pass only errors with the marker, and requests}
    static TurboFilter onlyCritical() {
        return new TurboFilter() {
            @Override
            public FilterReply decide(
                    @Nullable Marker marker,
                    Logger logger,
                    Level level,
                    @Nullable String format,
                    Object @Nullable [] parameters,
                    @Nullable Throwable failure) {
                return MARKER.equals(marker) || logger.getName().equals("access")
                        ? FilterReply.NEUTRAL
                        : FilterReply.DENY;
            }
        };
    }
}
