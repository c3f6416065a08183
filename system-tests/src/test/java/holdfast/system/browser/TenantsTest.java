package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Tenants and their quotas, from creation to deletion, and the way between two of them.
@BrowserTest
class TenantsTest {
    @Test
    void a_tenant_is_made_limited_ruled_suspended_and_deleted_by_its_typed_name(
            Stage stage, Visit visit) {
        var page = visit.page();
        visit.go("/tenants");
        new Frame(page).button("Add tenant").click();
        var dialog = new Frame(page).dialog("Add tenant");
        dialog.getByLabel("Name").fill("Bricks!");
        press(dialog, "Add tenant");
        assertThat(dialog.getByLabel("Name")).hasAttribute("aria-invalid", "true");
        dialog.getByLabel("Name").fill("bricks");
        assertThat(dialog.locator(".form-summary")).hasCount(0); // what it spoke of is mended
        dialog.getByLabel("Tier").selectOption("FREE");
        press(dialog, "Add tenant");
        new Frame(page).said("Added bricks");

        new Grid(page).row("bricks").getByRole(AriaRole.ROWHEADER).click();
        var drawer = new Frame(page).dialog("bricks");
        assertThat(drawer.getByText("0 of 10").first()).isVisible();
        press(drawer, "Set limits");
        var limits = new Frame(page).dialog("Set limits");
        limits.getByLabel("Credentials").fill("many");
        press(limits, "Save");
        assertThat(limits.getByLabel("Credentials")).hasAttribute("aria-invalid", "true");
        limits.getByLabel("Credentials").fill("12");
        press(limits, "Save");
        assertThat(drawer.getByText("0 of 12")).isVisible();
        new Pictures(page).take("tenant-quotas");
        press(drawer, "Close");

        new Frame(page).choose("Actions for bricks", "Tier and rules");
        var rules = new Frame(page).dialog("Tier and rules of bricks");
        rules.getByLabel("May share").uncheck();
        rules.getByLabel("Its people may come from").fill("the office");
        press(rules, "Save");
        assertThat(rules.getByLabel("Its people may come from"))
                .hasAttribute("aria-invalid", "true");
        rules.getByLabel("Its people may come from").fill("10.0.0.0/8 192.168.7.0/24");
        new Pictures(page).take("tenant-rules");
        press(rules, "Save");
        assertThat(rules).isHidden();
        var kept = stage.client("admin").get("/api/tenants?q=bricks").path("items").path(0);
        Assertions.assertThat(kept.path("rules").path("sharing").asBoolean(true)).isFalse();
        Assertions.assertThat(kept.path("rules").path("caching").asBoolean()).isTrue();
        Assertions.assertThat(kept.path("rules").path("addresses"))
                .extracting(JsonNode::asString)
                .containsExactly("10.0.0.0/8", "192.168.7.0/24");

        new Frame(page).choose("Actions for bricks", "Suspend");
        press(new Frame(page).dialog("Suspend"), "Suspend");
        assertThat(new Grid(page).row("bricks")).containsText("Suspended");
        new Frame(page).choose("Actions for bricks", "Serve again");
        assertThat(new Grid(page).row("bricks")).containsText("Active");

        new Frame(page).choose("Actions for bricks", "Delete");
        var delete = new Frame(page).dialog("Delete tenant");
        assertThat(delete.getByText("unreadable for ever")).isVisible();
        new Pictures(page).take("tenant-delete");
        assertThat(action(delete, "Delete tenant")).isDisabled();
        delete.getByRole(AriaRole.TEXTBOX).fill("bricks");
        press(delete, "Delete tenant");
        var again = page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true));
        var begun = page.locator("ui-toasts").getByText("The deletion of bricks has begun");
        assertThat(again.or(begun)).isVisible();
        if (again.isVisible()) { // asked for when the sign-in is more than five minutes old
            again.fill(Stage.PASSWORD);
            again.press("Enter");
        }
        assertThat(begun).isVisible();
    }

    @Test
    void who_belongs_to_two_tenants_goes_from_one_to_the_other(Stage stage, Visit visit) {
        var admin = stage.client("admin");
        var annex =
                admin.post("/api/tenants", Map.of("name", "annex", "tier", "BASIC"))
                        .path("id")
                        .asString();
        var users = "/api/tenants/" + annex + "/users";
        var soon = Instant.now().plus(Duration.ofHours(1)).toString();
        admin.post(users, Map.of("username", "admin", "role", "ADMIN", "expires", soon));
        admin.post(
                "/api/access/roles",
                Map.of("name", "DOORKEEPER", "permissions", List.of("READ_SECRET")));
        try {
            var page = visit.page();
            visit.go("/secrets");
            assertThat(new Grid(page).rows().first()).isVisible();

            new Frame(page).choose("Tenant default", "annex");

            assertThat(new Frame(page).button("Tenant annex")).isVisible();
            new Frame(page).to("Vault");
            assertThat(page.getByText("prod/db/orders")).hasCount(0);
            new Pictures(page).take("tenant-switched");
            new Frame(page).choose("Tenant annex", "default");
            visit.go("/users");
            new Frame(page).button("Add user").click();
            new Frame(page).dialog("Add user").getByLabel("Role").selectOption("DOORKEEPER");
        } finally {
            var me = admin.get("/api/me").path("id").asString();
            admin.call("DELETE", users + "/" + me, Optional.empty());
        }
    }

    private static Locator action(Locator dialog, String name) {
        return dialog.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .last();
    }

    private static void press(Locator dialog, String name) {
        action(dialog, name).click();
    }
}
