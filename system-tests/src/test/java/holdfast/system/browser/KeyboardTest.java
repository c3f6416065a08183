package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.browser.Visit;
import holdfast.testkit.Await;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// The whole main path without a mouse; the focus is always seen and always comes back.
@BrowserTest
class KeyboardTest {
    private static final String FOCUSED =
            "() => { const at = document.activeElement; return at === document.body ? '' :"
                    + " at.getAttribute('aria-label') ?? at.textContent.trim(); }";

    /// The body has the focus for one step between the end of the page and its beginning.
    private static final String FOCUS_IS_SEEN =
            "() => { const at = document.activeElement, style = getComputedStyle(at); return at ==="
                    + " document.body || style.outlineStyle !== 'none' &&"
                    + " parseFloat(style.outlineWidth) >= 2; }";

    private static String focused(Page page) {
        return (String) page.evaluate(FOCUSED);
    }

    /// Presses Tab until the focus is there, and checks on the way that it can be seen.
    private static void tabTo(Page page, Predicate<String> there) {
        for (int pressed = 0; pressed < 60; pressed++) {
            if (there.test(focused(page))) {
                return;
            }
            page.keyboard().press("Tab");
            assertThat((Boolean) page.evaluate(FOCUS_IS_SEEN))
                    .as("focus on '%s' is seen", focused(page))
                    .isTrue();
        }
        throw new AssertionError("never reached; the focus is on " + focused(page));
    }

    @Test
    void signing_in_searching_revealing_and_signing_out(Stage stage, @Visitor("") Visit visit) {
        var page = visit.page();
        visit.go(stage.estates().path(Estates.USUAL));
        assertThat(new SignIn(page).user()).isFocused();
        page.keyboard().type("operator");
        page.keyboard().press("Tab");
        page.keyboard().type(Stage.PASSWORD);
        page.keyboard().press("Enter");
        var grid = new Grid(page);
        assertThat(grid.rows().first()).isVisible();

        tabTo(page, name -> name.equals("Search resource, user, domain"));
        page.keyboard().type("nsx01");
        Await.until(
                "found",
                () ->
                        !grid.names().isEmpty()
                                && grid.names().stream().allMatch(name -> name.contains("nsx01")));
        tabTo(page, name -> name.contains("nsx01"));
        page.keyboard().press("ArrowDown");
        for (int right = 0; right < 12 && !focused(page).startsWith("Reveal"); right++) {
            page.keyboard().press("ArrowRight");
        }
        assertThat(focused(page)).startsWith("Reveal password of");
        var button = focused(page);
        page.keyboard().press("Enter");
        var value =
                page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Value of"));
        assertThat(value).isVisible();
        page.keyboard().press("Escape");
        assertThat(value).hasCount(0);
        Await.until("the focus is back", () -> focused(page).equals(button));

        tabTo(page, name -> name.equals("Signed in as operator"));
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.MENUITEM).first()).isFocused();
        page.keyboard().press("End");
        page.keyboard().press("Enter");
        assertThat(new SignIn(page).button()).isVisible();
    }

    @Test
    void the_grid_moves_by_page_and_to_its_ends_and_opens_a_row(Stage stage, Visit visit) {
        var page = visit.page();
        visit.go(stage.estates().path(Estates.LARGE));
        new Grid(page).filled().getByRole(AriaRole.ROWHEADER).first().focus();
        page.keyboard().press("PageDown");
        Await.until("a page further", () -> row(page) > 5);
        page.keyboard().press("Control+End");
        Await.until("the last row", () -> row(page) == 10_001);
        page.keyboard().press("Control+Home");
        Await.until("the first row", () -> row(page) == 2);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        var drawer = page.getByRole(AriaRole.DIALOG);
        assertThat(drawer).isVisible();
        var first = drawer.getByRole(AriaRole.HEADING).first().innerText();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(drawer.getByRole(AriaRole.HEADING).first()).not().hasText(first);
        page.keyboard().press("Escape");
        assertThat(drawer).hasCount(0);
        Await.until("the focus is back in the grid", () -> row(page) == 3);
    }

    private static int row(Page page) {
        return ((Number)
                        page.evaluate(
                                "() =>"
                                        + " Number(document.activeElement.closest('[role=row]')?.ariaRowIndex"
                                        + " ?? -1)"))
                .intValue();
    }

    @Test
    void one_key_leads_anywhere_and_the_focus_returns_after_a_dialog(Visit visit) {
        var page = visit.page();
        visit.go("/dashboard");
        new Frame(page).expectOpen();
        page.keyboard().press("g");
        page.keyboard().press("i");
        assertThat(new Frame(page).heading("Infrastructure")).isFocused();
        assertThat(new Frame(page).button("Add environment")).isVisible();
        page.keyboard().press("n");
        assertThat(new Frame(page).dialog("Add environment")).isVisible();
        page.keyboard().press("Escape");
        assertThat(new Frame(page).dialog("Add environment")).hasCount(0);
        page.keyboard().press("/");
        assertThat(page.getByRole(AriaRole.COMBOBOX)).isFocused();
        page.keyboard().type("audit");
        page.keyboard().press("Enter");
        assertThat(new Frame(page).heading("Audit")).isFocused();
        page.keyboard().press("?");
        assertThat(new Frame(page).dialog("Keyboard shortcuts")).isVisible();
    }

    @Test
    void the_first_stop_skips_to_the_content(Visit visit) {
        var page = visit.page();
        visit.go("/jobs");
        assertThat(page.getByRole(AriaRole.TABLE)).isVisible();
        page.keyboard().press("Tab");
        assertThat(focused(page)).isEqualTo("Skip to content");
        page.keyboard().press("Enter");
        assertThat(page.locator("main")).isFocused();
    }
}
