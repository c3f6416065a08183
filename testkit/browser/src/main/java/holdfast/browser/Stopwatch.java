package holdfast.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;

/// Measures what a person waits for, in the page and by its own clock: until the frame after the awaited thing is painted.
public final class Stopwatch {
    private static final String PAINTED =
            """
            (ready) => new Promise((resolve) => {
              const look = () => document.querySelector(ready)
                ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
                : requestAnimationFrame(look);
              look();
            })
            """;
    private static final String CLICKED =
            """
            async (element, ready) => {
              const painted = %s;
              const from = performance.now();
              element.click();
              return (await painted(ready)) - from;
            }
            """
                    .formatted(PAINTED);

    private final Page page;

    public Stopwatch(Page page) {
        this.page = page;
    }

    /// Opens an address anew.
    ///
    /// @param ready a CSS selector of what has to be there
    /// @return milliseconds since the navigation began
    public double open(String path, String ready) {
        page.navigate(path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        return ((Number) page.evaluate(PAINTED, ready)).doubleValue();
    }

    /// Clicks.
    ///
    /// @param ready a CSS selector of what has to be there, and was not before
    /// @return milliseconds since the click
    public double click(Locator what, String ready) {
        return ((Number) what.evaluate(CLICKED, ready)).doubleValue();
    }
}
