package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import holdfast.demo.Client;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Secrets: found in folders, added with a generated value, changed, compared, rolled back, deleted and brought back.
@BrowserTest
class VaultTest {
    private static void keep(Client client, String service, String account, String value) {
        client.post(
                "/api/secrets",
                Map.of(
                        "service",
                        service,
                        "account",
                        account,
                        "value",
                        value,
                        "tags",
                        List.of("kept")));
    }

    private static Locator drawer(Page page) {
        return page.getByRole(AriaRole.DIALOG).first();
    }

    private static Locator button(Locator inside, String name) {
        return inside.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void open(Page page, String account) {
        new Grid(page).row(account).getByRole(AriaRole.ROWHEADER).click();
        assertThat(drawer(page).getByRole(AriaRole.HEADING).first()).hasText(account);
    }

    @Test
    void a_secret_is_added_with_a_generated_value_and_found_in_its_folder(
            Stage stage, @Visitor("operator") Visit visit) {
        var page = visit.page();
        visit.go("/secrets");
        new Frame(page).button("Add secret").first().click();
        var dialog = new Frame(page).dialog("Add secret");
        dialog.getByLabel("Service").fill("folders/deep/ledger");
        dialog.getByLabel("Account").fill("robot");
        button(dialog, "Generate").click();
        button(dialog.locator("secret-generator"), "Generate").click();
        assertThat(dialog.getByText("bits of entropy")).isVisible();
        button(dialog, "Add secret").click();
        assertThat(drawer(page).getByRole(AriaRole.HEADING).first()).hasText("robot");
        page.keyboard().press("Escape");

        var folders = page.getByRole(AriaRole.NAVIGATION, named("Folders"));
        folders.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open folders"))
                .click();
        folders.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("deep")).click();
        assertThat(new Grid(page).row("ledger/robot")).isVisible();
        var found =
                stage.client("operator")
                        .get("/api/secrets/by-name?service=folders/deep/ledger&account=robot");
        var value =
                stage.client("operator")
                        .get("/api/secrets/" + found.path("id").asString() + "/value")
                        .path("value")
                        .asString();
        assertThat(value).hasSize(24);
        assertThat(page.content()).doesNotContain(value);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    @Test
    void versions_are_compared_and_rolled_back(Stage stage, @Visitor("operator") Visit visit) {
        keep(stage.client("operator"), "compare", "twice", "first-value");
        var page = visit.page();
        visit.go("/secrets?service=compare");
        open(page, "twice");
        button(drawer(page), "New value").click();
        var put = new Frame(page).dialog("New value of compare/twice");
        put.getByLabel("Value").fill("second-value");
        button(put, "New value").click();
        assertThat(put).hasCount(0);

        button(drawer(page), "Versions").click();
        button(drawer(page), "Compare").click();
        var comparison = new Frame(page).dialog("compare/twice: version 1 and 2");
        assertThat(comparison.getByText("The values differ.")).isVisible();
        assertThat(comparison.getByText("first-value")).hasCount(0);
        comparison
                .getByRole(
                        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Show the values"))
                .click();
        assertThat(comparison.getByText("first-value")).isVisible();
        assertThat(comparison.getByText("second-value")).isVisible();
        page.keyboard().press("Escape");

        button(drawer(page), "Roll back").click();
        button(new Frame(page).dialog("Roll back"), "Roll back").click();
        assertThat(drawer(page).getByText("rolled back to version 1")).isVisible();
        var found =
                stage.client("operator").get("/api/secrets/by-name?service=compare&account=twice");
        assertThat(found.path("version").asInt()).isEqualTo(3);
    }

    @Test
    void a_deleted_secret_comes_back_by_undo_and_is_destroyed_by_its_typed_name(
            Stage stage, @Visitor("operator") Visit visit) {
        keep(stage.client("operator"), "gone", "soon", "value-of-a-day");
        var page = visit.page();
        visit.go("/secrets?service=gone");
        open(page, "soon");
        new Frame(page).choose("More actions", "Delete");
        assertThat(new Grid(page).row("soon")).hasCount(0);
        page.locator("ui-toasts").getByText("Undo").click();
        assertThat(new Grid(page).row("soon")).isVisible();

        open(page, "soon");
        new Frame(page).choose("More actions", "Delete");
        visit.go("/secrets?service=gone&state=DELETED");
        open(page, "soon");
        button(drawer(page), "Destroy").click();
        var confirm = new Frame(page).dialog("Destroy");
        confirm.getByLabel("Type").fill("soon");
        button(confirm, "Destroy").click();
        assertThat(page.getByText("Nothing matches")).isVisible();
    }

    @Test
    void a_secret_is_shared_found_by_its_receiver_and_taken_back(
            Stage stage, @Visitor("operator") Visit giver, @Visitor("auditor") Visit receiver) {
        keep(stage.client("operator"), "lent", "pump", "value-for-the-auditor");
        var page = giver.page();
        giver.go("/secrets?service=lent");
        open(page, "pump");
        button(drawer(page), "Access & shares").click();
        button(drawer(page), "Share").click();
        var dialog = new Frame(page).dialog("Share lent/pump");
        dialog.getByLabel("User name").fill("auditor");
        button(dialog, "Share").click();
        assertThat(drawer(page).getByText("Read · operator")).isVisible();

        receiver.go("/shares");
        assertThat(new Grid(receiver.page()).row("lent/pump")).isVisible();
        receiver.go("/secrets?service=lent");
        var reveal = "Reveal value of lent/pump";
        assertThat(new Frame(receiver.page()).button(reveal)).isVisible();
        receiver.go("/secrets?service=lent");
        open(receiver.page(), "pump");
        button(drawer(receiver.page()), "Access & shares").click();
        assertThat(drawer(receiver.page()).getByText("Shared on secrets/lent/pump by operator."))
                .isVisible();

        giver.go("/shares?direction=given&q=pump");
        new Grid(page).row("lent/pump").getByText("Revoke").click();
        button(new Frame(page).dialog("Revoke share"), "Revoke").click();
        assertThat(new Grid(page).row("lent/pump").getByText("Revoked")).isVisible();
        receiver.go("/shares?status=ACTIVE");
        assertThat(receiver.page().getByText("Nothing shared here")).isVisible();
    }

    @Test
    void a_link_opens_once_when_somebody_presses_and_is_in_no_address(
            Stage stage, @Visitor("operator") Visit maker, @Visitor("") Visit stranger) {
        keep(stage.client("operator"), "linked", "gate", "value-behind-a-link");
        var page = maker.page();
        maker.go("/secrets?service=linked");
        open(page, "gate");
        button(drawer(page), "Access & shares").click();
        button(drawer(page), "Make link").click();
        button(new Frame(page).dialog("Temporary link to linked/gate"), "Make link").click();
        var made = new Frame(page).dialog("Link made");
        var address = made.locator(".fingerprint").textContent();
        button(made.locator("footer"), "Close").click();

        stranger.go(address.substring(address.indexOf("/link")));
        assertThat(stranger.page().getByText("Somebody shares a secret")).isVisible();
        assertThat(stranger.page().url()).endsWith("/link");
        assertThat(drawer(page).getByText("Opened 0 of 1 times")).isVisible();
        new Pictures(stranger.page()).take("link");
        new Frame(stranger.page()).button("Show the secret").click();
        assertThat(stranger.page().getByText("value-behind-a-link")).isVisible();

        stranger.go("/link?again#" + address.substring(address.indexOf('#') + 1));
        new Frame(stranger.page()).button("Show the secret").click();
        assertThat(stranger.page().getByText("opens nothing")).isVisible();
        maker.go("/secrets?service=linked");
        open(page, "gate");
        button(drawer(page), "Access & shares").click();
        assertThat(drawer(page).getByText("Opened 1 of 1 times")).isVisible();
    }

    @Test
    void a_reader_reads_and_an_auditor_sees_no_value(
            Stage stage, @Visitor("read_only") Visit reader, @Visitor("auditor") Visit auditor) {
        keep(stage.client("operator"), "roles", "shared", "value-for-readers");
        for (var visit : List.of(reader, auditor)) {
            visit.go("/secrets?service=roles");
            assertThat(new Grid(visit.page()).row("shared")).isVisible();
            assertThat(new Frame(visit.page()).button("Add secret")).hasCount(0);
        }
        assertThat(reader.page().getByText("Reveal value of roles/shared")).hasCount(0);
        var reveal = "Reveal value of roles/shared";
        assertThat(new Frame(reader.page()).button(reveal)).isVisible();
        assertThat(new Frame(auditor.page()).button(reveal)).hasCount(0);
    }
}
