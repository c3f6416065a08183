package holdfast.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// One person at one window of Holdfast, with cookies of its own.
///
/// Everything the Content Security Policy refused and every script that failed is kept: see [#complaints].
public final class Visit implements AutoCloseable {
    private static final double PATIENCE = 20_000; // milliseconds

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    private Visit(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout(PATIENCE);
        context.exposeBinding(
                "policyRefused",
                (source, arguments) -> complaints.add("policy refused " + arguments[0]));
        context.addInitScript(
                """
                document.addEventListener('securitypolicyviolation', (event) =>
                  policyRefused(`${event.violatedDirective} ${event.blockedURI} ${event.sample} in ${event.sourceFile}:${event.lineNumber}`));
                """);
        this.page = context.newPage();
        page.onPageError(error -> complaints.add("script failed: " + error));
    }

    /// Opens a window; the server's own certificate is believed, the clipboard may be used.
    ///
    /// @param look size, language, colours, cookies
    public static Visit open(Browser browser, URI server, NewContextOptions look) {
        var context =
                browser.newContext(look.setBaseURL(server.toString()).setIgnoreHTTPSErrors(true));
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        return new Visit(context);
    }

    public Page page() {
        return page;
    }

    public BrowserContext context() {
        return context;
    }

    public Visit go(String path) {
        page.navigate(path);
        return this;
    }

    /// Cookies as text, for another visit of the same person.
    public String cookies() {
        return context.storageState();
    }

    /// What the policy refused and which scripts failed; empty when all is well.
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        context.close();
    }
}
