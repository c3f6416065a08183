package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Named keys: made, tried, rotated, switched off and destroyed; and secrets that are canaries.
@BrowserTest
class KeysTest {
    private static void press(Locator inside, String name) {
        inside.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    @Test
    void a_key_is_made_tried_rotated_and_destroyed_by_its_typed_name(Stage stage, Visit visit) {
        var page = visit.page();
        visit.go("/keys");
        new Pictures(page).take("keys-none");
        new Frame(page).button("Make a key").first().click();
        var dialog = new Frame(page).dialog("Make a key");
        dialog.getByLabel("Name").fill("of no key!");
        press(dialog, "Make a key");
        assertThat(dialog.getByLabel("Name")).hasAttribute("aria-invalid", "true");
        dialog.getByLabel("Name").fill("payments");
        new Pictures(page).take("key-add");
        press(dialog, "Make a key");

        var drawer = new Frame(page).dialog("payments");
        drawer.getByLabel("Text").fill("Grüße, 4 green pears");
        press(drawer, "Encrypt");
        assertThat(drawer.getByLabel("Encrypted"))
                .hasValue(java.util.regex.Pattern.compile("^hfkc1:1:.*"));
        press(drawer, "Decrypt");
        assertThat(drawer.getByText("Decrypted: Grüße, 4 green pears")).isVisible();
        press(drawer, "Rotate");
        assertThat(drawer.getByText("Version 2")).isVisible();
        assertThat(drawer.getByText("Opens what it made")).isVisible();
        new Pictures(page).take("key");

        new Frame(page).choose("More actions", "Settings");
        var settings = new Frame(page).dialog("Settings of payments");
        settings.getByLabel("Oldest version that opens").fill("2");
        settings.getByLabel("Destroying").selectOption("true");
        press(settings, "Save");
        assertThat(drawer.getByText("Set aside")).isVisible();
        press(drawer, "Decrypt");
        assertThat(drawer.getByRole(AriaRole.ALERT)).isVisible();
        new Frame(page).choose("More actions", "Disable");
        assertThat(drawer.getByText("Disabled")).isVisible();
        press(drawer, "Close");
        assertThat(new Grid(page).row("payments")).containsText("Disabled");
        new Pictures(page).take("keys");
        new Grid(page).row("payments").getByRole(AriaRole.ROWHEADER).click();
        new Frame(page).choose("More actions", "Destroy key");
        var destroy = new Frame(page).dialog("Destroy key");
        destroy.getByRole(AriaRole.TEXTBOX).fill("payments");
        press(destroy, "Destroy key");
        var again = page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true));
        var none = page.getByText("No keys yet");
        assertThat(again.or(none)).isVisible();
        if (again.isVisible()) { // asked for when the sign-in is more than five minutes old
            again.fill(Stage.PASSWORD);
            again.press("Enter");
        }
        assertThat(none).isVisible();
        assertThat(stage.client("admin").get("/api/keys").path("items").size()).isZero();
    }

    @Test
    void a_secret_becomes_a_canary_and_the_list_tells_who_touched_it(Stage stage, Visit visit) {
        var admin = stage.client("admin");
        var bait = Map.of("service", "bait", "account", "root", "value", "a plausible fake");
        var id = admin.post("/api/secrets", bait).path("id").asString();
        var page = visit.page();
        visit.go("/secrets?item=" + id);
        var drawer = new Frame(page).dialog("root");
        press(drawer, "Access & shares");
        press(drawer, "Make it a canary");
        var dialog = new Frame(page).dialog("Make bait/root a canary");
        new Pictures(page).take("canary-mark");
        press(dialog, "Make it a canary");
        assertThat(drawer.getByText("This is a canary.")).isVisible();

        stage.client("operator").get("/api/secrets/" + id + "/value");
        press(drawer, "All canaries");
        var list = new Frame(page).dialog("All canaries");
        assertThat(list.getByText("Last touched by operator")).isVisible();
        new Pictures(page).take("canaries");
        press(list, "Close");
        press(drawer, "No longer a canary");
        press(new Frame(page).dialog("No longer a canary"), "No longer a canary");
        assertThat(drawer.getByText("This is a canary.")).hasCount(0);
        assertThat(admin.get("/api/canaries").path("total").asInt()).isZero();
    }
}
