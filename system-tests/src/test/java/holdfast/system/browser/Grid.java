package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;

/// A grid with its search box and chips, for credentials and for everything else in rows.
record Grid(Page page) {
    Locator grid() {
        return page.getByRole(AriaRole.GRID);
    }

    /// The grid once its rows are there: until then it draws empty ones, which nothing opens.
    Locator filled() {
        assertThat(grid()).hasAttribute("aria-busy", "false");
        return grid();
    }

    /// The rows that are drawn, without the head.
    Locator rows() {
        return grid().getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHas(page.getByRole(AriaRole.ROWHEADER)));
    }

    Locator row(String text) {
        return rows().filter(new Locator.FilterOptions().setHasText(text)).first();
    }

    /// First cells of the drawn rows.
    List<String> names() {
        return grid().getByRole(AriaRole.ROWHEADER).allInnerTexts().stream()
                .map(String::strip)
                .toList();
    }

    void search(String label, String text) {
        page.getByLabel(label).fill(text);
    }

    /// Waits for the line that counts the whole set.
    void expect(String count) {
        assertThat(
                        page.getByRole(AriaRole.STATUS)
                                .filter(new Locator.FilterOptions().setHasText(count))
                                .first())
                .isVisible();
        assertThat(grid()).hasAttribute("aria-busy", "false");
    }

    /// Ticks a value of a chip.
    void filter(String chip, String value) {
        var button =
                page.locator("ui-filter")
                        .getByRole(
                                AriaRole.BUTTON,
                                new Locator.GetByRoleOptions().setName(Pattern.compile("^" + chip)))
                        .first();
        button.click();
        page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName(chip).setExact(true))
                .getByLabel(Pattern.compile("^" + value + "\\b"))
                .check();
        page.keyboard().press("Escape");
    }

    void sort(String column) {
        head(column).getByRole(AriaRole.BUTTON).click();
    }

    Locator head(String column) {
        return grid().getByRole(
                        AriaRole.COLUMNHEADER,
                        new Locator.GetByRoleOptions().setName(column).setExact(true));
    }

    Locator reveal(String row) {
        return row(row).getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Reveal password of"));
    }

    Locator copy(String row) {
        return row(row).getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Copy password of"));
    }
}
