package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import holdfast.browser.Visit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Files that leave by the browser: exactly the filtered rows, after the password was asked for again; and configurations.
@BrowserTest
class ExportTest {
    @Test
    void exactly_the_filtered_rows_leave_after_the_password(Stage stage, Visit visit)
            throws IOException {
        var page = visit.page();
        visit.go(stage.estates().path(Estates.USUAL) + "?resourceType=NSXT_MANAGER&q=w0");
        var grid = new Grid(page);
        assertThat(grid.row("nsx")).isVisible();
        int shown = Integer.parseInt(grid.grid().getAttribute("aria-rowcount")) - 1;
        new Frame(page).button("Export").click();
        askForPassword(page);
        var dialog = new Frame(page).dialog("Export " + shown + " credentials");
        dialog.getByLabel("Format").selectOption("csv");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Export")).click();
        new Pictures(page).take("step-up");

        var rows = csv(page.waitForDownload(() -> confirm(page)));

        assertThat(rows).hasSize(shown);
        assertThat(rows)
                .allSatisfy(row -> {
                    assertThat(row.getField("resourceName")).contains("nsx").contains("w0");
                    assertThat(row.getField("password")).isNotBlank();
                });
        new Frame(page).said("Saved ");
        var event =
                stage.client("auditor")
                        .get("/api/audit?type=credential.export&limit=1")
                        .path("items")
                        .get(0);
        assertThat(event.path("details").toString()).contains("csv");
    }

    /// A sign-in counts as a confirmation for five minutes; the first answer is the one that comes after them.
    private static void askForPassword(Page page) {
        page.route(
                "**/export/csv*",
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setStatus(403)
                                        .setContentType("application/problem+json")
                                        .setBody(
                                                "{\"code\":\"step-up-required\",\"status\":403,\"title\":\"\",\"detail\":\"\",\"instance\":\"\"}")),
                new Page.RouteOptions().setTimes(1));
    }

    private static void confirm(Page page) {
        var stepUp = new Frame(page).dialog("Confirm your password");
        stepUp.getByLabel("Password").fill("not it");
        stepUp.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Confirm"))
                .click();
        assertThat(stepUp.getByRole(AriaRole.ALERT)).isVisible();
        stepUp.getByLabel("Password").fill(Stage.PASSWORD);
        stepUp.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Confirm"))
                .click();
    }

    private static List<NamedCsvRecord> csv(Download file) throws IOException {
        assertThat(file.suggestedFilename()).endsWith(".csv");
        try (var reader = CsvReader.builder().ofNamedCsvRecord(file.path())) {
            return reader.stream().toList();
        }
    }

    @Test
    void a_configuration_leaves_and_comes_back(Stage stage, @Visitor("operator") Visit visit)
            throws IOException {
        var page = visit.page();
        visit.go("/environments");
        new Frame(page).choose("More actions", "Export configuration");
        var export = new Frame(page).dialog("Export configuration");
        var file =
                page.waitForDownload(() ->
                        export.getByRole(
                                        AriaRole.BUTTON,
                                        new Locator.GetByRoleOptions().setName("Export"))
                                .click());
        var text = Files.readString(file.path());
        assertThat(text)
                .contains(Estates.USUAL, Estates.LARGE)
                .doesNotContain(stage.estates().manager().password());

        new Frame(page).choose("More actions", "Import configuration");
        var dialog = new Frame(page).dialog("Import configuration");
        choose(dialog, text.replace(Estates.USUAL, "Santiago").replace(Estates.LARGE, "Fukuoka"));
        dialog.getByLabel("When a name exists already").selectOption("skip");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Check")).click();
        assertThat(dialog.getByText("This would happen:")).isVisible();
        assertThat(dialog.getByText("Santiago").first()).isVisible();
        new Pictures(page).take("configuration-rehearsed");
        dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Import").setExact(true))
                .click();

        new Frame(page).said("Imported 2 environments");
        assertThat(
                        page.getByRole(
                                AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Santiago")))
                .isVisible();
    }

    @Test
    void a_file_that_is_no_configuration_is_refused_with_a_reason(
            @Visitor("operator") Visit visit) {
        var page = visit.page();
        visit.go("/environments");
        new Frame(page).choose("More actions", "Import configuration");
        var dialog = new Frame(page).dialog("Import configuration");
        choose(dialog, "{\"environments\": 7");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Check")).click();
        assertThat(dialog.getByRole(AriaRole.ALERT)).isVisible();
        assertThat(
                        dialog.getByRole(
                                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Check")))
                .isEnabled();
    }

    private static void choose(Locator dialog, String text) {
        dialog.getByLabel("File (JSON or YAML)")
                .setInputFiles(
                        new FilePayload(
                                "environments.json",
                                "application/json",
                                text.getBytes(StandardCharsets.UTF_8)));
    }
}
