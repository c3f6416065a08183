package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import holdfast.browser.Visit;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// German, dark, and a telephone.
@BrowserTest
class LookTest {
    @ParameterizedTest
    @CsvSource({
        "overview, /dashboard, Übersicht",
        "environments, /environments, Infrastruktur",
        "credentials, {San Francisco}, San Francisco",
        "settings-of-environment, {San Francisco}/settings, San Francisco",
        "audit, /audit, Protokoll",
        "jobs, /jobs, Aufgaben",
        "users, /users, Benutzer",
        "health, /system/health, Systemzustand",
        "settings, /settings, Einstellungen",
        "me, /me, Meine Anmeldung",
    })
    void a_German_browser_is_spoken_to_in_German(
            String name,
            String place,
            String heading,
            Stage stage,
            @Visitor(language = "de-DE") Visit visit) {
        visit.go(stage.estates().place(place));
        assertThat(new Frame(visit.page()).heading(heading)).isVisible();
        assertThat(visit.page().locator("html")).hasAttribute("lang", "de");
        new Pictures(visit.page()).take("german-" + name);
    }

    @Test
    void the_theme_is_chosen_and_stays(Visit visit) {
        var page = visit.page();
        visit.go("/dashboard");
        var light = background(page);
        new Frame(page).choose("Theme and density", "Dark");
        assertThat(background(page)).isNotEqualTo(light);
        var dark = background(page);
        page.reload();
        new Frame(page).expectOpen();
        assertThat(background(page)).isEqualTo(dark);
    }

    @Test
    void the_accent_of_a_tenant_is_seen_by_all_its_people_and_readable_in_every_theme(
            Visit visit, @Visitor("user") Visit other) {
        var page = visit.page();
        visit.go("/settings");
        var usual = accent(page);
        choose(page, "Violet");
        assertThat(accent(page)).as("at once").isNotEqualTo(usual);
        new Pictures(page).take("accent-settings");

        other.go("/environments");
        new Frame(other.page()).expectOpen();
        assertThat(accent(other.page())).isEqualTo(accent(page));
        new Pictures(other.page()).take("accent-environments");
        new Frame(other.page()).choose("Theme and density", "High contrast");
        assertThat(accent(other.page())).as("high contrast").isNotEqualTo(accent(page));
        assertThat(new Pictures(other.page()).findings()).isEmpty();

        choose(page, "Blue");
        assertThat(accent(page)).isEqualTo(usual);
    }

    private static void choose(Page page, String accent) {
        page.getByLabel("Accent colour").selectOption(new SelectOption().setLabel(accent));
        new Frame(page).button("Save").click();
        assertThat(page.locator("html"))
                .hasAttribute("data-accent", accent.toUpperCase(Locale.ROOT));
    }

    private static String accent(Page page) {
        return (String)
                page.evaluate(
                        "getComputedStyle(document.documentElement).getPropertyValue('--accent')");
    }

    private static String background(Page page) {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    @Test
    void on_a_telephone_a_value_is_found_and_copied(@Visitor(width = 390) Visit visit) {
        var page = visit.page();
        visit.go("/dashboard");
        new Frame(page).button("Navigation").click();
        new Pictures(page).take("navigation-drawer");
        page.setViewportSize(390, 844);
        page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Navigation"))
                .getByText("All credentials")
                .click();
        var grid = new Grid(page);
        page.getByLabel("Search resource, user, domain").fill("sfo-m01-nsx01");
        assertThat(grid.row("sfo-m01-nsx01")).isVisible();
        grid.copy("sfo-m01-nsx01").click();
        new Frame(page).said("Copied the password of");
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
    }
}
