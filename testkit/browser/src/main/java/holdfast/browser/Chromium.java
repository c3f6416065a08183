package holdfast.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The installed Chromium, without a window. One thread at a time: Playwright's objects belong to the thread that made them.
public final class Chromium implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));

    /// No network of its own, nothing that would answer slower the first time.
    private static final List<String> FLAGS =
            List.of(
                    "--headless",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /// @param root the repository; its build has made the driver's folder
    /// @throws IllegalStateException when the driver or the browser is missing; the message says what to do
    public static Chromium start(Path root) {
        var driver = root.resolve("testkit/browser/target/driver").toAbsolutePath().normalize();
        if (!Files.isExecutable(driver.resolve("node"))) {
            throw new IllegalStateException(
                    "no driver in %s: build the module testkit/browser first".formatted(driver));
        }
        System.setProperty("playwright.cli.dir", driver.toString());
        var playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var options =
                new LaunchOptions()
                        .setExecutablePath(executable())
                        .setHeadless(true)
                        .setArgs(flags());
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    private static Path executable() {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no Chromium in %s: install the package chromium"
                                        .formatted(PLACES)));
    }

    /// The sandbox needs another user than root.
    private static List<String> flags() {
        var flags = new ArrayList<>(FLAGS);
        if (System.getProperty("user.name", "").equals("root")) {
            flags.add("--no-sandbox");
        }
        return flags;
    }

    public Browser browser() {
        return browser;
    }

    public String version() {
        return browser.version();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
