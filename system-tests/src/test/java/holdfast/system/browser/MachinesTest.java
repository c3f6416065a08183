package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// Machines: made with a token that is shown once, given a secret, shown as machines everywhere, and shut out.
@BrowserTest
class MachinesTest {
    private static Locator button(Locator inside, String name) {
        return inside.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator drawer(Page page) {
        return page.getByRole(AriaRole.DIALOG).first();
    }

    /// {@return the secret of a token that may read values}
    private static String add(Page page, String name) {
        new Frame(page).button("Add machine").click();
        var dialog = new Frame(page).dialog("Add machine");
        dialog.getByLabel("Name").fill(name);
        dialog.getByLabel("Description").fill("Nightly builds of the web shop");
        new Pictures(page).take("machine-add");
        button(dialog, "Add machine").click();
        new Frame(page).said("Added " + name);
        return token(page);
    }

    private static String token(Page page) {
        button(drawer(page), "Create token").click();
        var dialog = new Frame(page).dialog("Create token");
        dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill("nightly");
        dialog.getByLabel("See secrets").check();
        dialog.getByLabel("Reveal secrets").check();
        button(dialog, "Create token").click();
        var made = new Frame(page).dialog("The token is made");
        assertThat(made.getByText("It is not shown again")).isVisible();
        var secret = made.locator(".fingerprint").innerText().strip();
        button(made, "Close").last().click();
        assertThat(made).isHidden();
        Assertions.assertThat(page.content()).doesNotContain(secret);
        return secret;
    }

    @Test
    void a_machine_reads_what_is_shared_with_it_until_that_is_revoked(Stage stage, Visit visit) {
        var kept =
                stage.client("operator")
                        .post(
                                "/api/secrets",
                                Map.of(
                                        "service", "lent/shop",
                                        "account", "deploy",
                                        "value", "value-for-the-machine"))
                        .path("id")
                        .asString();
        var page = visit.page();
        visit.go("/users");
        new Frame(page).button("Machines").click();
        var secret = add(page, "shop-deploy");
        new Pictures(page).take("machine");
        page.keyboard().press("Escape");
        assertThat(new Grid(page).row("shop-deploy")).containsText("No role");
        assertThat(page.locator(".toolbar [role=status]"))
                .hasText(Pattern.compile("[1-9][0-9]* machines?"));
        new Pictures(page).take("machines");
        Assertions.assertThat(stage.statusWith(secret, "/api/secrets/" + kept)).isEqualTo(403);

        visit.go("/secrets?service=lent/shop");
        new Grid(page).row("deploy").getByRole(AriaRole.ROWHEADER).click();
        button(drawer(page), "Access & shares").click();
        button(drawer(page), "Share").click();
        var dialog = new Frame(page).dialog("Share lent/shop/deploy");
        dialog.getByLabel("Shared with").selectOption("MACHINE");
        dialog.getByLabel("Name of the machine").fill("shop-deploy");
        new Pictures(page).take("share-with-machine");
        button(dialog, "Share").click();
        assertThat(drawer(page).getByText("shop-deploy (machine)").first()).isVisible();
        new Pictures(page).take("shared-with-machine");
        Assertions.assertThat(stage.statusWith(secret, "/api/secrets/" + kept)).isEqualTo(200);

        visit.go("/audit?q=shop-deploy");
        assertThat(page.getByText("shop-deploy/nightly (machine)").first()).isVisible();

        visit.go("/shares?direction=given&q=deploy");
        new Grid(page).row("lent/shop/deploy").getByText("Revoke").click();
        button(new Frame(page).dialog("Revoke share"), "Revoke").click();
        assertThat(new Grid(page).row("lent/shop/deploy").getByText("Revoked")).isVisible();
        Assertions.assertThat(stage.statusWith(secret, "/api/secrets/" + kept)).isEqualTo(403);
    }

    @Test
    void a_machine_is_switched_off_on_and_deleted(Stage stage, Visit visit) {
        var page = visit.page();
        visit.go("/users?view=machines");
        var secret = add(page, "leaving-robot");
        page.keyboard().press("Escape");
        Assertions.assertThat(stage.statusWith(secret, "/api/me")).isEqualTo(200);

        new Frame(page).choose("Actions for leaving-robot", "Disable");
        button(new Frame(page).dialog("Disable"), "Disable").click();
        assertThat(new Grid(page).row("leaving-robot")).containsText("Off");
        Assertions.assertThat(stage.statusWith(secret, "/api/me")).isEqualTo(401);

        new Frame(page).choose("Actions for leaving-robot", "Enable");
        assertThat(new Grid(page).row("leaving-robot")).containsText("Active");
        Assertions.assertThat(stage.statusWith(secret, "/api/me")).isEqualTo(200);

        new Frame(page).choose("Actions for leaving-robot", "Delete");
        button(new Frame(page).dialog("Delete"), "Delete").click();
        assertThat(new Grid(page).row("leaving-robot")).hasCount(0);
        Assertions.assertThat(stage.statusWith(secret, "/api/me")).isEqualTo(401);
    }
}
