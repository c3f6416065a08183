package holdfast.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Sets logging up in code: reading an XML file would cost a tenth of a second at every start.
///
/// Files, each 10 MB × 10: `holdfast.log` (all), `holdfast-errors.log` (errors), `access.log` (requests),
/// `server.log` (what the HTTP server says). The console carries all but requests.
public final class Logs {
    private static final String PATTERN =
            "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\", UTC} %holdfastLevel %logger{0} %msg %kvp"
                    + " %mdc{request:-}%n%ex{full}";
    private static final long SIZE = 10 * FileSize.MB_COEFFICIENT;
    private static final int FILES = 10;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Style style;
    private final Path folder;

    /// @param level DEBUG, INFO, WARNING, ERROR or CRITICAL
    /// @param json  one object a line instead of text
    public record Style(String level, boolean json) {}

    private Logs(Style style, Path folder) {
        this.style = style;
        this.folder = folder;
    }

    /// @param folder made with mode 0750 when it is not there
    public static void start(Style style, Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        }
        new Logs(style, folder).start();
    }

    /// For commands other than `serve`: errors only, and to where no answer of a command goes.
    public static void quiet() {
        var logs = new Logs(new Style("ERROR", false), Path.of(""));
        logs.context.reset();
        var root = logs.context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.ERROR);
        var console = logs.console();
        console.setTarget("System.err");
        console.start();
        root.addAppender(console);
    }

    /// Writes out what was gathered, and ends logging.
    public static void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private void start() {
        context.reset();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level());
        var console = console();
        console.start();
        root.addAppender(console);
        root.addAppender(file("holdfast.log", false));
        var errors = file("holdfast-errors.log", false);
        var threshold = new ThresholdFilter();
        threshold.setLevel("ERROR");
        threshold.start();
        errors.addFilter(threshold);
        root.addAppender(errors);
        alone("access", "access.log", true);
        alone("org.apache", "server.log", false).addAppender(errors);
        quieten("org.apache.hc", "org.flywaydb", "com.zaxxer.hikari", "com.github.kagkarlsson");
        // what does not start is told in one sentence by whoever started it
        context.getLogger("org.apache.catalina.util.LifecycleBase").setLevel(Level.OFF);
        if (style.level().equals(LevelWord.CRITICAL)) {
            context.addTurboFilter(LevelWord.onlyCritical());
        }
    }

    private Level level() {
        return switch (style.level()) {
            case "WARNING" -> Level.WARN;
            case LevelWord.CRITICAL -> Level.ERROR;
            default -> Level.valueOf(style.level());
        };
    }

    /// At DEBUG these print statements, headers or bodies of others: never below INFO.
    private void quieten(String... names) {
        for (var name : names) {
            context.getLogger(name).setLevel(Level.WARN);
        }
    }

    private Logger alone(String name, String file, boolean gathered) {
        var logger = context.getLogger(name);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
        logger.addAppender(file(file, gathered));
        return logger;
    }

    private ConsoleAppender<ILoggingEvent> console() {
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setEncoder(encoder());
        return appender;
    }

    private Appender<ILoggingEvent> file(String name, boolean gathered) {
        var appender = new GroupReadableAppender(SIZE, gathered);
        appender.setContext(context);
        appender.setFile(folder.resolve(name).toString());
        appender.setEncoder(encoder());
        var window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(folder.resolve(name) + ".%i");
        window.setMinIndex(1);
        window.setMaxIndex(FILES - 1);
        window.start();
        appender.setRollingPolicy(window);
        appender.start();
        return appender;
    }

    private Encoder<ILoggingEvent> encoder() {
        if (style.json()) {
            var json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.getInstanceConverterMap().put("holdfastLevel", LevelWord::new);
        layout.setPattern(PATTERN);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }
}
