package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.browser.Visit;
import holdfast.testkit.Await;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ten thousand credentials: searched, filtered, sorted by the server, scrolled by windows.
@BrowserTest
class CredentialGridTest {
    private static final String SEARCH = "Search resource, user, domain";

    private static Grid open(Stage stage, Visit visit) {
        visit.go(stage.estates().path(Estates.LARGE));
        var grid = new Grid(visit.page());
        grid.expect("10,000 credentials");
        return grid;
    }

    @Test
    void only_what_is_looked_at_is_drawn_and_fetched(Stage stage, Visit visit) {
        var windows = new java.util.concurrent.CopyOnWriteArrayList<String>();
        visit.page()
                .onRequest(request -> {
                    if (request.url().contains("/credentials?")) {
                        windows.add(request.url().replaceAll(".*offset=(\\d+).*", "$1"));
                    }
                });
        var grid = open(stage, visit);
        assertThat(grid.grid()).hasAttribute("aria-rowcount", "10001");
        assertThat(grid.rows().count()).isLessThan(60);

        grid.grid().evaluate("(box) => box.scrollTo(0, 36 * 7000)");
        Await.until(
                "row 7,001 is drawn",
                () -> grid.grid().locator("[aria-rowindex='7002'] .clip").count() > 0);
        grid.grid().evaluate("(box) => box.scrollTo(0, box.scrollHeight)");
        Await.until(
                "the last row is drawn",
                () -> grid.grid().locator("[aria-rowindex='10001'] .clip").count() > 0);

        assertThat(grid.rows().count()).isLessThan(60);
        assertThat(windows)
                .as("windows of 200 rows")
                .hasSizeLessThan(8)
                .contains("0", "7000", "9800");
    }

    @Test
    void the_server_searches_the_whole_set(Stage stage, Visit visit) {
        var grid = open(stage, visit);
        grid.search(SEARCH, "w31-esx");

        Await.until(
                "the rows are the search's",
                () -> grid.names().stream().allMatch(name -> name.contains("w31-esx")));
        int found = total(stage, "q=w31-esx");
        assertThat(found).isPositive().isLessThan(10_000);
        assertThat(grid.grid()).hasAttribute("aria-rowcount", Integer.toString(found + 1));
        assertThat(visit.page().url()).contains("q=w31-esx");
    }

    private static int total(Stage stage, String query) {
        return stage.client("admin")
                .get("/api" + stage.estates().path(Estates.LARGE) + "/credentials?limit=1&" + query)
                .path("total")
                .asInt();
    }

    @Test
    void columns_filter_and_combine(Stage stage, Visit visit) {
        var grid = open(stage, visit);
        grid.filter("Type", "ESXi");
        Await.until(
                "only hosts", () -> grid.names().stream().allMatch(name -> name.contains("esx")));
        int hosts = total(stage, "resourceType=ESXI");
        assertThat(grid.grid()).hasAttribute("aria-rowcount", Integer.toString(hosts + 1));
        grid.filter("Expiry", "Expired");
        int expired = total(stage, "resourceType=ESXI&expiry=EXPIRED");
        assertThat(expired).isPositive().isLessThan(hosts);
        assertThat(grid.grid()).hasAttribute("aria-rowcount", Integer.toString(expired + 1));
        assertThat(grid.row("esx").getByText("Expired")).isVisible();
        new Frame(visit.page()).button("Clear filters").click();
        grid.expect("10,000 credentials");
    }

    @Test
    void a_column_sorts_both_ways(Stage stage, Visit visit) {
        var grid = open(stage, visit);
        grid.sort("Resource");
        assertThat(grid.head("Resource")).hasAttribute("aria-sort", "descending");
        Await.until("descending", () -> isSorted(grid.names(), Comparator.reverseOrder()));
        grid.sort("Resource");
        assertThat(grid.head("Resource")).hasAttribute("aria-sort", "ascending");
        Await.until("ascending", () -> isSorted(grid.names(), Comparator.naturalOrder()));
        assertThat(visit.page().url()).contains("sort=");
    }

    private static boolean isSorted(List<String> names, Comparator<String> order) {
        return names.size() > 10 && names.stream().sorted(order).toList().equals(names);
    }

    @Test
    void nothing_that_matches_is_said_with_a_way_back(Stage stage, Visit visit) {
        var grid = open(stage, visit);
        grid.search(SEARCH, "no such thing");
        assertThat(visit.page().getByText("Nothing matches")).isVisible();
        new Frame(visit.page()).button("Clear filters").last().click();
        grid.expect("10,000 credentials");
        assertThat(visit.page().getByLabel(SEARCH)).hasValue("");
    }
}
