package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import holdfast.demo.Client;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What another tenant shares, as somebody who belongs to both sees it there.
@BrowserTest
class AcrossTenantsTest {
    private static Locator button(Locator inside, String name) {
        return inside.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    @Test
    void a_secret_is_offered_to_another_tenant_changed_there_and_shared_further(
            Stage stage, @Visitor("operator") Visit visit) {
        var admin = stage.client("admin");
        var guest = tenant(admin, "guest");
        var third = tenant(admin, "third");
        admin.post(
                "/api/tenants/" + guest + "/users",
                Map.of("username", "operator", "role", "ADMIN"));
        var keep = Map.of("service", "across", "account", "pump", "value", "ours");
        var id = stage.client("operator").post("/api/secrets", keep).path("id").asString();
        var page = visit.page();
        visit.go("/secrets?item=" + id);
        var own = new Frame(page).dialog("pump");
        button(own, "Access & shares").click();
        button(own, "Share").click();
        var offer = new Frame(page).dialog("Share across/pump");
        offer.getByLabel("Shared with").selectOption("TENANT");
        offer.getByLabel("Id of the tenant").fill(guest);
        offer.getByLabel("Level").selectOption("FULL");
        new Pictures(page).take("share-tenant");
        button(offer, "Share").click();
        assertThat(offer).hasCount(0);

        visit.go("/shares");
        new Frame(page).choose("Tenant default", "guest");
        assertThat(new Frame(page).button("Tenant guest")).isVisible();
        new Frame(page).to("Shares");
        var row = new Grid(page).row("across/pump");
        button(row, "Accept").click();
        assertThat(row).containsText("Active");
        new Pictures(page).take("shares-received");
        button(row, "Open default: across/pump").click();
        var drawer = new Frame(page).dialog("default: across/pump");
        button(drawer, "New value").click();
        var put = new Frame(page).dialog("New value of default: across/pump");
        put.getByLabel("Value").fill("theirs");
        button(put, "New value").click();
        assertThat(put).hasCount(0);
        new Pictures(page).take("shared-secret");
        assertThat(
                        stage.client("operator")
                                .get("/api/secrets/" + id + "/value")
                                .path("value")
                                .asString())
                .isEqualTo("theirs");

        button(drawer, "Share further").click();
        var further = new Frame(page).dialog("Share across/pump");
        further.getByLabel("Id of the tenant").fill(third);
        button(further, "Share").click();
        assertThat(further).hasCount(0);
        button(drawer, "Delete").click();
        assertThat(button(drawer, "Destroy")).isVisible();
        button(drawer, "Bring back").click();
        assertThat(button(drawer, "New value")).isVisible();
        button(drawer, "Close").click();
        page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("View"))
                .getByText("By me")
                .click();
        assertThat(new Grid(page).row("across/pump")).containsText("Offered");
    }

    private static String tenant(Client admin, String name) {
        return admin.post("/api/tenants", Map.of("name", name, "tier", "BASIC"))
                .path("id")
                .asString();
    }
}
