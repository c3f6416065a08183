package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import holdfast.demo.Client;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// Users, sessions, tokens, settings, health.
@BrowserTest
class AdministrationTest {
    private static final String SECOND = "quartz-Heron-57-meadow";

    private static void user(Page page, String name) {
        new Frame(page).button("Add user").click();
        var dialog = new Frame(page).dialog("Add user");
        dialog.getByLabel("User name").fill(name);
        dialog.getByLabel("Role").selectOption("OPERATOR");
        dialog.getByLabel("New password", new Locator.GetByLabelOptions().setExact(true))
                .fill(SECOND);
        dialog.getByLabel("Repeat the new password").fill(SECOND);
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add user"))
                .click();
        new Frame(page).said("Added " + name);
    }

    private static Locator state(Page page, String name) {
        return new Grid(page).row(name);
    }

    @Test
    void a_user_is_made_and_has_to_choose_a_password(Visit visit, @Visitor("") Visit newcomer) {
        visit.go("/users");
        user(visit.page(), "newcomer");
        newcomer.go("/users");

        new SignIn(newcomer.page()).as("newcomer", SECOND);

        assertThat(newcomer.page().getByText("Choose a password of your own")).isVisible();
        new Pictures(newcomer.page()).take("must-change-password");
        change(newcomer.page(), SECOND, "third-" + SECOND);
        new Frame(newcomer.page()).said("The password is changed");
        new Frame(newcomer.page()).to("Overview");
    }

    private static void change(Page page, String old, String fresh) {
        page.getByLabel("Current password").fill(old);
        page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true)).fill(fresh);
        page.getByLabel("Repeat the new password").fill(fresh);
        new Frame(page).button("Change password").click();
    }

    @Test
    void a_user_is_switched_off_reset_and_switched_on(Visit visit, @Visitor("") Visit other) {
        var page = visit.page();
        visit.go("/users");
        user(page, "leaver");
        new Frame(page).choose("Actions for leaver", "Disable");
        new Frame(page)
                .dialog("Disable")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Disable"))
                .click();
        assertThat(state(page, "leaver")).containsText("Off");
        other.go("/login");
        new SignIn(other.page()).as("leaver", SECOND);
        assertThat(new SignIn(other.page()).alert()).isVisible();

        new Frame(page).choose("Actions for leaver", "Reset password");
        var reset = new Frame(page).dialog("Reset password");
        reset.getByLabel("New password", new Locator.GetByLabelOptions().setExact(true))
                .fill("short");
        reset.getByLabel("Repeat the new password").fill("short");
        reset.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reset password"))
                .click();
        assertThat(reset.getByLabel("New password", new Locator.GetByLabelOptions().setExact(true)))
                .hasAttribute("aria-invalid", "true");
        reset.getByLabel("New password", new Locator.GetByLabelOptions().setExact(true))
                .fill("fourth-" + SECOND);
        reset.getByLabel("Repeat the new password").fill("fourth-" + SECOND);
        reset.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reset password"))
                .click();
        new Frame(page).said("The password of leaver is reset");
        new Frame(page).choose("Actions for leaver", "Enable");
        assertThat(state(page, "leaver")).containsText("Active");
    }

    @Test
    void a_token_is_shown_once_works_and_is_revoked(Stage stage, @Visitor("operator") Visit visit) {
        var page = visit.page();
        visit.go("/me");
        new Frame(page).button("Create token").click();
        var dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                .fill("nightly report");
        dialog.getByLabel("See environments").check();
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Create token"))
                .click();
        assertThat(dialog.getByText("It is not shown again")).isVisible();
        var secret = dialog.locator(".fingerprint").innerText().strip();
        new Pictures(page).take("token-made");
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                .last()
                .click();

        Assertions.assertThat(stage.statusWith(secret, "/api/environments")).isEqualTo(200);
        Assertions.assertThat(stage.statusWith(secret, "/api/users")).isEqualTo(403);
        Assertions.assertThat(page.content()).doesNotContain(secret);
        new Frame(page).button("Revoke nightly report").click();
        new Frame(page)
                .dialog("Revoke the token?")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke"))
                .click();
        new Frame(page).said("Revoked nightly report");
        Assertions.assertThat(stage.statusWith(secret, "/api/environments")).isEqualTo(401);
    }

    @Test
    void an_ended_session_is_signed_out(@Visitor("") Visit one, @Visitor("") Visit two) {
        for (var visit : java.util.List.of(one, two)) {
            visit.go("/me");
            new SignIn(visit.page()).as("user", Stage.PASSWORD);
            assertThat(new Frame(visit.page()).heading("My sign-in")).isVisible();
        }
        two.page().reload();
        new Frame(two.page()).button("End all others").click();
        new Frame(two.page())
                .dialog("End all others")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("End").setExact(true))
                .click();
        new Frame(two.page()).said("Ended");

        new Frame(one.page()).navigation().getByText("Infrastructure").click();

        assertThat(new SignIn(one.page()).button()).isVisible();
        new SignIn(one.page()).as("user", Stage.PASSWORD);
        assertThat(new Frame(one.page()).heading("Infrastructure")).isVisible();
    }

    @Test
    void a_setting_out_of_range_is_told_at_its_field(Stage stage, Visit visit) {
        var page = visit.page();
        visit.go("/settings");
        var days = page.getByLabel("Due soon, days before expiry");
        days.fill("4000");
        new Frame(page).button("Save").click();
        assertThat(days).hasAttribute("aria-invalid", "true");
        days.fill("31");
        new Frame(page).button("Save").click();
        new Frame(page).said("Saved");
        Client client = stage.client("admin");
        Assertions.assertThat(client.get("/api/settings").path("dueSoonDays").asInt())
                .isEqualTo(31);
    }

    @Test
    void health_speaks_in_words_without_raw_names(Visit visit) {
        visit.go("/system/health");
        var page = visit.page();
        assertThat(
                        page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName("Audit ledger")))
                .isVisible();
        assertThat(page.getByText("Healthy").first()).isVisible();
        assertThat(page.locator("main")).not().containsText("freeBytes");
    }
}
