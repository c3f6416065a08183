package holdfast.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How long pages take in Chromium, from navigation until a person sees what they came for, with a warm cache.
///
/// The export is taken inside the page: from asking for the CSV of 10,000 rows until it is whole.
final class PagesBenchmark implements Benchmark {
    private static final int CREDENTIALS = 10_000;
    private static final int ROUNDS = 15;

    private final Path root;

    PagesBenchmark(Path root) {
        this.root = root;
    }

    /// @param seen selector of what a person came for, through shadow roots
    /// @param aim  milliseconds, p95
    private record Page(String name, String path, String seen, double aim) {}

    @Override
    public void run(Report report) {
        try (var installation = Installation.fresh(root);
                var estate = Estate.of(installation, "seen", CREDENTIALS);
                var browser = new Browser()) {
            estate.sync();
            Reference.print(report, installation);
            var url = installation.url();
            measure(
                    report,
                    browser,
                    url,
                    new Page("sign-in", "/login", "input[type=password]", 100));
            signIn(browser);
            var pages =
                    List.of(
                            new Page("overview", "/", ".counter b", 200),
                            new Page(
                                    "credentials, 10,000 rows",
                                    "/environments/" + estate.environment(),
                                    "[aria-rowindex='2']",
                                    300));
            pages.forEach(page -> measure(report, browser, url, page));
            export(report, browser, estate);
        }
    }

    private static void measure(Report report, Browser browser, URI url, Page page) {
        var taken = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS + 2; i++) {
            browser.open(url.resolve(page.path()));
            double milliseconds =
                    browser.evaluate(SEEN.replace("SELECTOR", page.seen())).asDouble();
            if (i >= 2) { // the first two fill the cache
                taken.add(milliseconds);
            }
        }
        print(report, page.name(), taken, page.aim());
    }

    private static void export(Report report, Browser browser, Estate estate) {
        var taken = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            taken.add(
                    browser.evaluate(EXPORT.replace("PATH", estate.path("/export/csv")))
                            .asDouble());
        }
        print(report, "export of 10,000 rows", taken, 500);
    }

    private static void print(Report report, String name, List<Double> taken, double aim) {
        var figures = Figures.of(taken);
        report.line("pages", name)
                .spread(figures, "ms")
                .with("p95", figures.quantile(0.95))
                .atMost(aim, figures.quantile(0.95))
                .print();
    }

    private static void signIn(Browser browser) {
        browser.evaluate(SIGN_IN.replace("PASSWORD", Installation.PASSWORD));
    }

    private static final String SIGN_IN =
            """
            fetch('/api/auth/sign-in', {
              method: 'POST',
              headers: {'Content-Type': 'application/json'},
              body: JSON.stringify({username: 'bench', password: 'PASSWORD'}),
            }).then(one => one.status)
            """;

    /// Looks once a frame; a page that is being replaced has no document element for a moment.
    private static final String SEEN =
            """
            new Promise((done, fail) => {
              const find = root => root.querySelector("SELECTOR")
                || [...root.querySelectorAll('*')].reduce((got, one) => got || (one.shadowRoot && find(one.shadowRoot)), null);
              const look = () => {
                if (performance.now() > 20000) fail(new Error('nothing seen at ' + location.href));
                else if (find(document)) done(performance.now());
                else requestAnimationFrame(look);
              };
              look();
            })
            """;

    private static final String EXPORT =
            """
            (async () => {
              const start = performance.now();
              const answer = await fetch('PATH');
              if (!answer.ok) throw new Error('answered ' + answer.status);
              await answer.blob();
              return performance.now() - start;
            })()
            """;
}
