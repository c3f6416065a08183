package holdfast.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import holdfast.simulator.Simulator;

/// The dialog that adds or edits an environment.
record EnvironmentForm(Page page, String title) {
    Locator dialog() {
        return new Frame(page).dialog(title);
    }

    Locator field(String label) {
        return dialog().getByLabel(label, new Locator.GetByLabelOptions().setExact(true)).first();
    }

    void name(String name) {
        field("Name").fill(name);
    }

    private Locator group(String source) {
        return dialog().getByRole(AriaRole.GROUP, new Locator.GetByRoleOptions().setName(source));
    }

    void source(String kind, Simulator appliance) {
        var group = group(kind);
        group.getByLabel("Host").fill("localhost");
        group.getByLabel("Port").fill(Integer.toString(appliance.port()));
        group.getByLabel("User name").fill(appliance.user());
        group.getByLabel("Password").fill(appliance.password());
    }

    void test(String kind) {
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Test the connection to " + kind))
                .click();
    }

    void tested(String sentence) {
        assertThat(dialog().getByText(sentence)).isVisible();
    }

    void save() {
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save")).click();
    }
}
