package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Simulator;
import holdfast.testkit.Await;
import org.junit.jupiter.api.Test;

/// An environment from the first test of its connection to its deletion by typed name.
@BrowserTest
class InfrastructureTest {
    private static EnvironmentForm add(Visit visit) {
        visit.go("/environments");
        new Frame(visit.page()).button("Add environment").click();
        return new EnvironmentForm(visit.page(), "Add environment");
    }

    @Test
    void a_new_environment_is_tested_trusted_saved_and_synced_before_the_eyes(Visit visit) {
        try (var appliance = Simulator.start(Estates.options(60, 21))) {
            appliance.faults().add(Fault.of(FaultKind.SLOW, 300));
            var page = visit.page();
            var form = add(visit);
            form.name("Singapore");
            form.source("SDDC Manager", appliance);
            form.test("SDDC Manager");

            var trust =
                    page.getByRole(AriaRole.DIALOG)
                            .filter(
                                    new Locator.FilterOptions()
                                            .setHasText(appliance.fingerprint()));
            assertThat(trust).isVisible();
            assertThat(appliance.requests().all())
                    .as("no request before the certificate is trusted")
                    .isEmpty();
            new Pictures(page).take("environment-trust");
            trust.getByRole(AriaRole.BUTTON).last().click();
            form.tested("Everything a sync needs works.");
            form.save();

            new Frame(page).said("Added Singapore");
            var card =
                    page.getByRole(
                            AriaRole.ARTICLE, new Page.GetByRoleOptions().setName("Singapore"));
            card.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Singapore"))
                    .click();
            assertThat(
                            page.getByRole(
                                    AriaRole.PROGRESSBAR,
                                    new Page.GetByRoleOptions().setName("Syncing")))
                    .isVisible();
            new Pictures(page).take("sync-running");
            appliance.faults().clear();
            new Grid(page).expect("60 credentials");
            assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
        }
    }

    @Test
    void a_changed_certificate_shows_the_old_and_the_new_fingerprint(Stage stage, Visit visit) {
        try (var appliance = Simulator.start(Estates.options(20, 22))) {
            var id = stage.add("Hamburg", appliance);
            var old = appliance.fingerprint();
            var fresh = appliance.changeCertificate();
            visit.go("/environments/" + id + "/settings");
            new Frame(visit.page()).button("Sync now").click();
            assertThat(visit.page().getByText("Certificate changed").first()).isVisible();
            new Frame(visit.page()).button("Edit").click();
            var form = new EnvironmentForm(visit.page(), "Edit Hamburg");

            form.test("SDDC Manager");

            var dialog =
                    visit.page()
                            .getByRole(AriaRole.DIALOG)
                            .filter(new Locator.FilterOptions().setHasText(fresh));
            assertThat(dialog).containsText(old);
            new Pictures(visit.page()).take("environment-certificate-changed");
        }
    }

    @Test
    void a_sync_that_would_remove_much_waits_for_a_person(Stage stage, Visit visit) {
        try (var appliance = Simulator.start(Estates.options(60, 23))) {
            var id = stage.add("Dublin", appliance);
            appliance.faults().add(Fault.of(FaultKind.HALF_LIST));
            visit.go("/environments/" + id);
            var page = visit.page();
            new Grid(page).expect("60 credentials");

            new Frame(page).button("Sync now").click();

            var drawer = new Frame(page).dialog("Sync run");
            assertThat(drawer.getByText("Would be gone")).isVisible();
            new Pictures(page).take("sync-held");
            drawer.getByText("Discard the run").click();
            new Frame(page).said("the list stays as it was");
            new Grid(page).expect("60 credentials");
        }
    }

    @Test
    void a_mistake_is_told_at_the_field_and_in_a_summary_that_has_the_focus(Visit visit) {
        var form = add(visit);
        form.save();
        assertThat(form.field("Name")).hasAttribute("aria-invalid", "true");
        form.name("Somewhere");
        form.field("Host").fill("https://sddc.example/");

        form.save();

        assertThat(form.field("Host")).hasAttribute("aria-invalid", "true");
        assertThat(form.dialog().getByText("without https:// and without a path").first())
                .isVisible();
        assertThat(form.dialog().locator(".form-summary")).isFocused();
        assertThat(form.dialog().getByRole(AriaRole.ALERT)).isVisible();
        new Pictures(visit.page()).take("environment-mistakes");
    }

    @Test
    void an_environment_is_edited_then_deleted_by_its_typed_name(Stage stage, Visit visit) {
        try (var appliance = Simulator.start(Estates.options(5, 24))) {
            var id = stage.add("Lyon", appliance);
            var page = visit.page();
            visit.go("/environments/" + id + "/settings");
            new Frame(page).button("Edit").click();
            var form = new EnvironmentForm(page, "Edit Lyon");
            form.name("Lyon 2");
            form.save();
            assertThat(new Frame(page).heading("Lyon 2")).isVisible();

            new Frame(page).button("Delete environment").click();
            var dialog = new Frame(page).dialog("Delete environment");
            var delete =
                    dialog.getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Delete").setExact(true));
            assertThat(delete).isDisabled();
            dialog.getByLabel("Type “Lyon 2” to confirm").fill("Lyon");
            assertThat(delete).isDisabled();
            dialog.getByLabel("Type “Lyon 2” to confirm").fill("Lyon 2");
            delete.click();

            new Frame(page).said("Deleted Lyon 2");
            assertThat(new Frame(page).heading("Infrastructure")).isVisible();
            assertThat(page.getByText("Lyon 2", new Page.GetByTextOptions().setExact(true)))
                    .hasCount(0);
            Await.until(
                    "it is gone",
                    () ->
                            stage.client("operator")
                                            .call(
                                                    "GET",
                                                    "/api/environments/" + id,
                                                    java.util.Optional.empty())
                                            .statusCode()
                                    == 404);
        }
    }

    @Test
    void environments_are_cards_or_a_list_and_the_choice_stays(Visit visit) {
        var page = visit.page();
        visit.go("/environments");
        assertThat(
                        page.getByRole(
                                AriaRole.ARTICLE,
                                new Page.GetByRoleOptions().setName(Estates.USUAL)))
                .isVisible();
        new Frame(page).button("List").click();
        assertThat(page.getByRole(AriaRole.TABLE)).isVisible();
        page.reload();
        assertThat(page.getByRole(AriaRole.TABLE)).isVisible();
        page.getByLabel("Search name, host, domain").fill("francisco");
        assertThat(
                        page.getByRole(AriaRole.STATUS)
                                .filter(new Locator.FilterOptions().setHasText("1 environment"))
                                .first())
                .isVisible();
    }
}
