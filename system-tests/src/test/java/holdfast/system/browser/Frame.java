package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/// What stands around every page once somebody has signed in.
record Frame(Page page) {
    void expectOpen() {
        assertThat(navigation()).isVisible();
    }

    Locator navigation() {
        return page.getByRole(
                AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Navigation"));
    }

    Locator heading(String text) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(text).setLevel(1));
    }

    /// Goes to a page by its entry and waits for its heading.
    void to(String entry) {
        navigation()
                .getByRole(
                        AriaRole.LINK, new Locator.GetByRoleOptions().setName(entry).setExact(true))
                .click();
        assertThat(heading(entry)).isVisible();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator dialog(String name) {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(name));
    }

    /// Opens a menu by its name and chooses.
    void choose(String menu, String item) {
        button(menu).click();
        page.getByRole(AriaRole.MENU, new Page.GetByRoleOptions().setName(menu))
                .getByText(item, new Locator.GetByTextOptions().setExact(true))
                .click();
    }

    /// Waits for a short message.
    void said(String text) {
        assertThat(page.locator("ui-toasts").getByText(text)).isVisible();
    }
}
