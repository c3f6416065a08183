package holdfast.system.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.options.ColorScheme;
import holdfast.browser.Visit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the stage and their visits. Afterwards a failed test leaves a picture and a trace in `target/`, and a test
/// in whose pages the policy refused anything or a script broke has failed.
final class Visits implements ParameterResolver, AfterEachCallback {
    private static final Namespace HERE = Namespace.create(Visits.class);
    private static final Path FAILURES = Path.of("target", "browser-failures");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        return type == Stage.class || type == Visit.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var stage = stage(test);
        if (parameter.getParameter().getType() == Stage.class) {
            return stage;
        }
        var visit = open(stage, parameter.findAnnotation(Visitor.class).orElseGet(Usual::visitor));
        open(test).add(visit);
        return visit;
    }

    private static Stage stage(ExtensionContext test) {
        return test.getRoot()
                .getStore(HERE)
                .computeIfAbsent(Opening.class, _ -> new Opening(), Opening.class)
                .stage();
    }

    /// Opened once; when that failed, every test fails at once with the same reason.
    private static final class Opening implements AutoCloseable {
        private @Nullable Stage stage;
        private @Nullable RuntimeException failure;

        Opening() {
            try {
                stage = Stage.open();
            } catch (RuntimeException failed) {
                failure = failed;
            }
        }

        Stage stage() {
            if (stage == null) {
                throw new IllegalStateException("the stage did not open", failure);
            }
            return stage;
        }

        @Override
        public void close() {
            if (stage != null) {
                stage.close();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Visit> open(ExtensionContext test) {
        return (List<Visit>)
                test.getStore(HERE).computeIfAbsent("visits", _ -> new ArrayList<Visit>());
    }

    static Visit open(Stage stage, Visitor who) {
        var look =
                new NewContextOptions()
                        .setLocale(who.language())
                        .setTimezoneId("Europe/Berlin")
                        .setViewportSize(who.width(), 800)
                        .setColorScheme(who.dark() ? ColorScheme.DARK : ColorScheme.LIGHT);
        if (!who.value().isEmpty()) {
            look.setStorageState(stage.cookiesOf(who.value()));
        }
        var visit = Visit.open(stage.browser(), stage.url(), look);
        visit.context().tracing().start(new Tracing.StartOptions());
        if (who.clock()) {
            visit.page().clock().install();
        }
        return visit;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        var complaints = new ArrayList<String>();
        var name = test.getRequiredTestClass().getSimpleName() + "." + test.getDisplayName();
        for (var visit : open(test)) {
            complaints.addAll(visit.complaints());
            if (test.getExecutionException().isPresent() || !complaints.isEmpty()) {
                keep(visit, name.replaceAll("[^A-Za-z0-9._-]", "_"));
            }
            visit.close();
        }
        Assertions.assertThat(complaints)
                .as("what the policy refused and scripts that broke")
                .isEmpty();
    }

    private static void keep(Visit visit, String name) {
        visit.page()
                .screenshot(new Page.ScreenshotOptions().setPath(FAILURES.resolve(name + ".png")));
        visit.context()
                .tracing()
                .stop(new Tracing.StopOptions().setPath(FAILURES.resolve(name + ".zip")));
    }

    /// Carries the defaults of [Visitor].
    private static final class Usual {
        @SuppressWarnings("unused")
        private static void visit(@Visitor Visit visit) {}

        static Visitor visitor() {
            try {
                return Usual.class
                        .getDeclaredMethod("visit", Visit.class)
                        .getParameters()[0]
                        .getAnnotation(Visitor.class);
            } catch (NoSuchMethodException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
