package holdfast.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Takes a screen in light and dark, wide and narrow, into `target/screens/`, and looks for what a picture does not show:
/// findings of axe, and anything that sticks out at the side.
record Pictures(Page page) {
    private static final Path FOLDER = House.root().resolve("target/screens");
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final int WIDE = 1280;
    private static final List<Integer> NARROW = List.of(390, 360);

    /// Whatever is still on its way has a busy mark, a skeleton or a ghost.
    private static final String SETTLED =
            "() => !document.querySelector('.skeleton, [role=grid][aria-busy=true], .ghost') &&"
                    + " document.fonts.status === 'loaded'";

    private static final double PLACED = 5_000; // milliseconds: menus follow a change of size

    /// Names what reaches beyond the window, apart from what lies in a box that scrolls sideways.
    private static final String STICKING_OUT =
            """
            () => [...document.querySelectorAll('body *')].filter((one) => {
              const { left, right, width } = one.getBoundingClientRect();
              if (width === 0 || (right <= innerWidth + 1 && left >= -1) || one.closest('.visually-hidden, .skip, [popover]:not(:popover-open)')) return false;
              for (let box = one.parentElement; box; box = box.parentElement) {
                if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(box).overflowX) && box !== document.documentElement && box.tagName !== 'MAIN') return false;
              }
              return true;
            }).map((one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`).slice(0, 5)
            """;

    void take(String name) {
        for (var theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(theme));
            size(WIDE);
            page.waitForFunction(SETTLED);
            shoot(name, theme, WIDE);
            assertThat(findings()).as("%s, %s, wide", name, theme).isEmpty();
            for (int width : NARROW) {
                size(width);
                page.waitForFunction(SETTLED);
                assertThat(stickingOut()).as("%s sticks out at %d px", name, width).isEmpty();
            }
            size(NARROW.getFirst());
            shoot(name, theme, NARROW.getFirst());
            if (theme == ColorScheme.LIGHT) { // colours are the same at every width
                assertThat(findings()).as("%s, %s, narrow", name, theme).isEmpty();
            }
        }
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        size(WIDE);
    }

    /// {@return what is wider than the window once all has found its place after a change of size}
    private List<?> stickingOut() {
        try {
            page.waitForFunction(
                    "() => (%s)().length === 0".formatted(STICKING_OUT.strip()),
                    null,
                    new Page.WaitForFunctionOptions().setTimeout(PLACED));
            return List.of();
        } catch (TimeoutError _) {
            return (List<?>) page.evaluate(STICKING_OUT);
        }
    }

    private void size(int width) {
        page.setViewportSize(width, width == WIDE ? 800 : 844);
    }

    private void shoot(String name, ColorScheme theme, int width) {
        var file =
                "%s-%d-%s.png"
                        .formatted(name, width, theme.name().toLowerCase(java.util.Locale.ROOT));
        page.screenshot(
                new ScreenshotOptions()
                        .setPath(FOLDER.resolve(file))
                        .setAnimations(ScreenshotAnimations.DISABLED));
    }

    /// What axe has against the page, one line a rule.
    List<String> findings() {
        var lines = new ArrayList<String>();
        for (var rule :
                new AxeBuilder(page)
                        .setLegacyMode(true)
                        .withTags(RULES)
                        .analyze()
                        .getViolations()) {
            lines.add(
                    "%s: %s"
                            .formatted(
                                    rule.getId(),
                                    rule.getNodes().stream()
                                            .map(node -> node.getTarget() + " " + node.getHtml())
                                            .limit(3)
                                            .toList()));
        }
        return lines;
    }
}
