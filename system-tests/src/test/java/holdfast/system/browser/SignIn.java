package holdfast.system.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/// The sign-in page.
record SignIn(Page page) {
    Locator user() {
        return page.getByLabel("User name");
    }

    Locator password() {
        return page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true));
    }

    Locator button() {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"));
    }

    Locator alert() {
        return page.getByRole(AriaRole.ALERT);
    }

    void as(String name, String secret) {
        user().fill(name);
        password().fill(secret);
        button().click();
    }
}
