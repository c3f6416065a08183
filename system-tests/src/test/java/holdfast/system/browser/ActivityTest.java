package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import holdfast.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// The audit with its verdict, the jobs, and what is told without asking.
@BrowserTest
class ActivityTest {
    @Test
    void the_audit_says_how_far_it_is_verified(@Visitor("auditor") Visit visit) {
        visit.go("/audit");
        assertThat(visit.page().getByText("Verified to entry")).isVisible();
        assertThat(new Grid(visit.page()).row("signed in")).isVisible();
    }

    @Test
    void events_are_filtered_and_opened(@Visitor("auditor") Visit visit) {
        var page = visit.page();
        visit.go("/audit");
        page.getByLabel("Area").selectOption("user.");
        var grid = new Grid(page);
        Await.until(
                "only users",
                () ->
                        grid.names().size() > 3
                                && grid.grid().innerText().contains("added the user")
                                && !grid.grid().innerText().contains("synced"));
        assertThat(page.url()).contains("type=user.");

        grid.row("added the user auditor").getByRole(AriaRole.ROWHEADER).click();

        var drawer = page.getByRole(AriaRole.DIALOG);
        assertThat(drawer.getByText("user.create")).isVisible();
        page.keyboard().press("Escape");
        page.getByLabel("Result").selectOption("FAILED");
        assertThat(page.getByText("Nothing matches")).isVisible();
    }

    @Test
    void what_happens_meanwhile_is_told_and_shown_when_asked_for(
            Stage stage, @Visitor("auditor") Visit visit) {
        visit.go("/audit");
        var page = visit.page();
        assertThat(page.getByRole(AriaRole.GRID)).isVisible();
        stage.client("operator")
                .post("/api" + stage.estates().path(Estates.USUAL) + "/test", java.util.Map.of());
        page.getByText("new event").click();
        assertThat(new Grid(page).row("tested the connection")).isVisible();
    }

    @Test
    void the_audit_leaves_as_a_file(@Visitor("auditor") Visit visit) throws IOException {
        visit.go("/audit");
        var page = visit.page();
        var file = page.waitForDownload(() -> new Frame(page).choose("Export", "CSV"));
        assertThat(Files.readString(file.path())).contains("session.start");
    }

    @Test
    void a_job_runs_when_asked_and_shows_earlier_runs(Visit visit) {
        var page = visit.page();
        visit.go("/jobs");
        assertThat(
                        page.getByRole(
                                AriaRole.ROWHEADER,
                                new Page.GetByRoleOptions()
                                        .setName("Sync of San Francisco: SDDC Manager")))
                .isVisible();
        new Frame(page).button("Run Sign the ledger now").click();
        new Frame(page).said("Sign the ledger runs as soon as possible");
        new Frame(page).button("Earlier runs of Sign the ledger").click();
        var drawer = new Frame(page).dialog("Sign the ledger");
        assertThat(drawer.getByText("Success").first()).isVisible();
    }

    @Test
    void the_overview_names_what_needs_attention_with_its_remedy(Visit visit) {
        var page = visit.page();
        visit.go("/dashboard");
        var attention =
                page.getByRole(AriaRole.LISTITEM)
                        .filter(
                                new Locator.FilterOptions()
                                        .setHasText("Nothing answers at this address and port"));
        assertThat(attention.first()).isVisible();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Expired"))
                .first()
                .click();
        new Frame(page).heading("All credentials").waitFor();
        var grid = new Grid(page);
        assertThat(grid.rows().first()).containsText("Expired");
    }
}
