package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import holdfast.demo.Client;
import holdfast.testkit.Await;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A value is in the page while it is looked at and no longer, in the clipboard for half a minute, in the ledger for ever.
@BrowserTest
class RevealTest {
    private static final String HOST = "sfo-m01-en01.rainpole.io";

    private static Grid open(Stage stage, Visit visit) {
        visit.go(stage.estates().path(Estates.USUAL) + "?q=" + HOST);
        var grid = new Grid(visit.page());
        assertThat(grid.row(HOST)).isVisible();
        return grid;
    }

    private static Locator shown(Page page) {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Value of"));
    }

    /// The value as the server gives it to another client.
    private static String value(Stage stage) {
        var client = stage.client("operator");
        var place = "/api" + stage.estates().path(Estates.USUAL) + "/credentials";
        var first = client.get(place + "?limit=1&q=" + HOST).path("items").get(0);
        return client.post(
                        place + "/" + first.path("id").asString() + "/reveal?purpose=view",
                        Map.of())
                .path("value")
                .asString();
    }

    private static int seen(Client client, String type) {
        return client.get("/api/audit?limit=1&type=" + type).path("total").asInt();
    }

    @Test
    void a_revealed_value_hides_after_half_a_minute(
            Stage stage, @Visitor(clock = true) Visit visit) {
        var value = value(stage);
        var grid = open(stage, visit);
        assertThat(visit.page().content()).doesNotContain(value);

        grid.reveal(HOST).click();
        assertThat(shown(visit.page()).getByText("30 s")).isVisible();
        assertThat(shown(visit.page()).locator(".value").textContent().strip()).isEqualTo(value);
        visit.page().clock().runFor(20_000);
        assertThat(shown(visit.page())).isVisible();
        visit.page().clock().runFor(11_000);

        assertThat(shown(visit.page())).hasCount(0);
        assertThat(visit.page().content()).doesNotContain(value);
    }

    @Test
    void the_countdown_can_be_paused(Stage stage, @Visitor(clock = true) Visit visit) {
        open(stage, visit).reveal(HOST).click();
        shown(visit.page()).getByText("Pause").click();
        visit.page().clock().runFor(60_000);
        assertThat(shown(visit.page())).isVisible();
        shown(visit.page()).getByText("Hide").click();
        assertThat(shown(visit.page())).hasCount(0);
    }

    @Test
    void it_hides_at_once_when_the_window_is_left_or_the_page_changes(Stage stage, Visit visit) {
        var grid = open(stage, visit);
        grid.reveal(HOST).click();
        assertThat(shown(visit.page())).isVisible();
        visit.page().evaluate("dispatchEvent(new Event('blur'))");
        assertThat(shown(visit.page())).hasCount(0);

        grid.reveal(HOST).click();
        assertThat(shown(visit.page())).isVisible();
        visit.page().keyboard().press("g");
        visit.page().keyboard().press("o");
        assertThat(new Frame(visit.page()).heading("Overview")).isVisible();
        assertThat(shown(visit.page())).hasCount(0);
    }

    @Test
    void a_copy_shows_nothing_is_recorded_and_leaves_the_clipboard(
            Stage stage, @Visitor(clock = true) Visit visit) {
        var client = stage.client("auditor");
        int before = seen(client, "credential.reveal");
        var grid = open(stage, visit);

        grid.copy(HOST).click();
        new Frame(visit.page()).said("The clipboard is emptied in 30 s");
        var copied = clipboard(visit);

        assertThat(copied).isEqualTo(value(stage));
        assertThat(visit.page().content()).doesNotContain(copied);
        assertThat(seen(client, "credential.reveal")).isGreaterThan(before);
        var event = client.get("/api/audit?limit=5&type=credential.reveal").path("items");
        assertThat(event.toString()).contains("\"purpose\":\"copy\"").doesNotContain(copied);
        visit.page().clock().runFor(31_000);
        Await.until("the clipboard is empty", () -> clipboard(visit).isEmpty());
    }

    private static String clipboard(Visit visit) {
        return (String) visit.page().evaluate("navigator.clipboard.readText()");
    }

    @Test
    void the_history_shows_every_old_value_and_who_saw_it(Stage stage, Visit visit) {
        var account =
                stage.estates().manager().estate().credentials().stream()
                        .filter(one -> one.toString().contains("esx02"))
                        .findFirst()
                        .orElseThrow();
        stage.estates().manager().estate().rotate(account.id());
        stage.client("operator")
                .post("/api" + stage.estates().path(Estates.USUAL) + "/sync?wait=60", Map.of());
        visit.go(stage.estates().path(Estates.USUAL) + "?sort=-changed");
        var page = visit.page();
        new Grid(page).filled().getByRole(AriaRole.ROWHEADER).first().click();
        var drawer = page.getByRole(AriaRole.DIALOG);

        var versions =
                drawer.getByRole(AriaRole.LISTITEM)
                        .filter(new Locator.FilterOptions().setHasText("Version"));
        assertThat(versions).hasCount(2);
        assertThat(drawer.getByText("current")).isVisible();
        drawer.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Reveal password of"))
                .last()
                .click();
        assertThat(shown(page)).isVisible();
        new Pictures(page).take("credential-history");
    }
}
